// The files of the repository, as git sees them: tracked, or new and not ignored.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const BINARY = /\.(?:bin|dat|der|png|jpg|gz|wasm)$/;
const GENERATED = new Set(['package-lock.json']);

const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
  { cwd: ROOT, encoding: 'utf8' },
);

/** Paths relative to the root, with forward slashes, sorted. */
export const FILES: readonly string[] = listed
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)))
  .toSorted();

export const TEXT_FILES = FILES.filter((path) => !BINARY.test(path) && !GENERATED.has(path));

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const readJson = (path: string): unknown => JSON.parse(read(path));

/** Each line that matches, as `path:line: text`, so that a failure says where to look. */
export const linesMatching = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
