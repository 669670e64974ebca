// What is mutated, and which tests answer for it.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.ts';

/** The rules of every actor. */
const SOURCES = ['src/machines/*/**/*.ts'];

/** Encodings and prices: the golden vectors and the tests of the codec hold them. */
const NO_RULES = /\/(?:errors|gas|index|limits|messages|reads|record)\.ts$/;

const TESTS = [
  'test/unit/{comparators,machines}/**/*.test.ts',
  'test/properties/{comparators,disputes,machines,selection}/**/*.test.ts',
  'test/vectors/vectors.test.ts',
];

const filesOf = (patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: ROOT }).toSorted();

/** The sources in scope, of those that match one of the patterns, if there are any. */
export const sourcesOf = (patterns: readonly string[]): readonly string[] => {
  const all = filesOf(SOURCES).filter((path) => !NO_RULES.test(path));
  if (patterns.length === 0) return all;
  const wanted = new Set(filesOf(patterns));
  return all.filter((path) => wanted.has(path));
};

const says = (path: string, pattern: RegExp): boolean =>
  pattern.test(readFileSync(join(ROOT, path), 'utf8'));

/** One that replaces modules cannot share them with others. */
const testFiles = (patterns: readonly string[]): readonly string[] =>
  filesOf(patterns).filter((path) => path.endsWith('.test.ts') && !says(path, /\bvi\.mock\(/));

export const testsOf = (patterns: readonly string[]): readonly string[] =>
  testFiles(patterns.length === 0 ? TESTS : patterns);

/** Do its tests leave something to those after them, so that none of them may be skipped? */
export const isWhole = (test: string): boolean => says(test, /^(?: {2})?let /m);

/** Seeded faults may be anywhere, so the kernel's own tests answer for them, too. */
export const faultTests = (): readonly string[] => [
  ...testFiles(TESTS),
  ...testFiles(['test/{unit,properties}/actors/**/*.test.ts']),
];
