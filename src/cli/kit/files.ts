import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync } from 'node:fs';
import { renameSync, rmSync, writeSync } from 'node:fs';
import { causeOf, stop } from './stop.ts';

/** Files that are read into memory whole: payloads, outputs, genesis. */
export const MAX_FILE_BYTES = 67_108_864;

const PRIVATE_MODE = 0o600;
const GROUP_AND_OTHERS = 0o077;

const cause = (error: unknown): string => causeOf(error).replace(/^[A-Z]+: /, '');

/** The bytes of a file, `-` for standard input. */
export const readBytes = (file: string, limit = MAX_FILE_BYTES): Uint8Array => {
  try {
    if (file !== '-' && statSync(file).size > limit) {
      return stop('cli/file-too-large', { file, limit: String(limit) });
    }
    const bytes = readFileSync(file === '-' ? 0 : file);
    if (bytes.length > limit) stop('cli/file-too-large', { file, limit: String(limit) });
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (error instanceof Error && error.name === 'Stop') throw error;
    return stop('cli/file-unreadable', { file, cause: cause(error) });
  }
};

export const readText = (file: string, limit = MAX_FILE_BYTES): string =>
  new TextDecoder().decode(readBytes(file, limit));

/** The JSON value of a file; what it means is judged by whoever reads it. */
export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readText(file)) as unknown;
  } catch (error) {
    if (error instanceof Error && error.name === 'Stop') throw error;
    return stop('cli/file-not-json', { file, cause: cause(error) });
  }
};

/** Whether others than the owner may read it. Windows has no such modes. */
export const isWide = (file: string): boolean =>
  process.platform !== 'win32' && (statSync(file).mode & GROUP_AND_OTHERS) !== 0;

const writeSynced = (file: string, text: string, mode: number): void => {
  const handle = openSync(file, 'wx', mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

export interface WriteOptions {
  readonly mode?: number;
  /** An existing file is left alone and the command ends, unless told. */
  readonly overwrite?: boolean;
}

/** Writes a file whole or not at all, by default readable by its owner only. */
export const writeWhole = (file: string, text: string, options: WriteOptions = {}): void => {
  const { mode = PRIVATE_MODE, overwrite = false } = options;
  if (!overwrite && existsSync(file)) stop('cli/file-exists', { file });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeSynced(temporary, text, mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    stop('cli/file-unwritable', { file, cause: cause(error) });
  }
};
