import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../codec/failure.ts';
import { keystoreFail } from './errors.ts';
import { MAX_KEY_FILE_BYTES } from './file.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const GROUP_AND_OTHERS = 0o077;
const EXTENSION = '.json';
/** Windows keeps no such modes; there the profile folder's access list protects the keys. */
const HAS_MODES = process.platform !== 'win32';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const statOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

const checkMode = (path: string, stats: Stats, chmod: string): Result<void> =>
  HAS_MODES && (stats.mode & GROUP_AND_OTHERS) !== 0
    ? keystoreFail('keystore/wide-mode', { path, todo: `chmod ${chmod} ${path}` })
    : ok(undefined);

/** Files of a folder that only its owner may open; a file is there whole or not at all. */
export class KeyFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  fileOf(name: string): string {
    return join(this.path, name + EXTENSION);
  }

  /** Is the folder there, as it has to be? `false` if there is none yet. */
  check(): Result<boolean> {
    const stats = statOf(this.path);
    if (stats === undefined) return ok(false);
    if (!stats.isDirectory()) return keystoreFail('keystore/not-a-directory', { path: this.path });
    const mode = checkMode(this.path, stats, '700');
    return mode.ok ? ok(true) : mode;
  }

  /** Names of the keys, sorted. */
  names(): Result<readonly string[]> {
    const checked = this.check();
    if (!checked.ok) return checked;
    if (!checked.value) return ok([]);
    try {
      const files = readdirSync(this.path).filter(
        (file) => file.endsWith(EXTENSION) && !file.startsWith('.'),
      );
      return ok(files.map((file) => file.slice(0, -EXTENSION.length)).sort());
    } catch (error) {
      return keystoreFail('keystore/unreadable', { path: this.path, cause: codeOf(error) });
    }
  }

  read(name: string): Result<string> {
    const checked = this.check();
    if (!checked.ok) return checked;
    const path = this.fileOf(name);
    const stats = statOf(path);
    if (stats === undefined) return keystoreFail('keystore/unknown-name', { name });
    const mode = checkMode(path, stats, '600');
    if (!mode.ok) return mode;
    if (stats.size > MAX_KEY_FILE_BYTES) {
      return keystoreFail('keystore/damaged', { path, cause: 'it is too long' });
    }
    try {
      return ok(readFileSync(path, 'utf8'));
    } catch (error) {
      return keystoreFail('keystore/unreadable', { path, cause: codeOf(error) });
    }
  }

  /**
   * Writes a new file and gives its path. It is written aside, synced, and linked under its name:
   * linking fails if the name is taken, so two processes cannot overwrite one another.
   */
  write(name: string, text: string): Result<string> {
    const path = this.fileOf(name);
    const aside = join(this.path, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      mkdirSync(this.path, { recursive: true, mode: FOLDER_MODE });
      const checked = this.check();
      if (!checked.ok) return checked;
      const handle = openSync(aside, 'wx', FILE_MODE);
      try {
        writeSync(handle, text);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      linkSync(aside, path);
      this.#sync();
      return ok(path);
    } catch (error) {
      const cause = codeOf(error);
      if (cause === 'EEXIST') return keystoreFail('keystore/name-taken', { name });
      return keystoreFail('keystore/unwritable', { path: this.path, cause });
    } finally {
      rmSync(aside, { force: true });
    }
  }

  remove(name: string): Result<void> {
    const path = this.fileOf(name);
    if (statOf(path) === undefined) return keystoreFail('keystore/unknown-name', { name });
    try {
      rmSync(path);
      this.#sync();
      return ok(undefined);
    } catch (error) {
      return keystoreFail('keystore/unwritable', { path, cause: codeOf(error) });
    }
  }

  /** A file's name is on disk when its folder is; Windows cannot open folders. */
  #sync(): void {
    if (process.platform === 'win32') return;
    const handle = openSync(this.path, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
