// A private copy of the tree, in which sources may be broken without anybody noticing.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Test data that is read from beside the checkout. */
const SHARED = 'shared';

export interface Workspace {
  /** The root of the copy. */
  readonly root: string;
  readonly remove: () => void;
}

/** Files of the repository as git sees them: tracked, or new and not ignored. */
export const listFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .toSorted();

/** Copies the tree; packages and shared test data are linked. */
export const makeWorkspace = (): Workspace => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-mutation-'));
  const root = join(folder, 'tree');
  for (const path of listFiles()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(join(ROOT, path), join(root, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const shared = join(ROOT, '..', SHARED);
  if (existsSync(shared)) symlinkSync(shared, join(folder, SHARED));
  return { root, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
