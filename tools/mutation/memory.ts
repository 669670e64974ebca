// What test files reach, kept between runs: a first run of all tests takes minutes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { observe, reachOf, type Known, type Reach } from './reach.ts';
import { listFiles, ROOT } from './workspace.ts';

const digestOf = (...texts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length} ${text}`);
  return hash.digest('hex').slice(0, 32);
};

/** What a test may run besides its own file, and what tells which mutants it reaches. */
const MATTERS =
  /^(?:src|test|tools\/mutation\/(?:hooks|mutants|operators|syntax)\.ts)(?:\/.*(?<!\.test)\.ts)?$/;

/** No test of the rules runs these. */
const APART = /^src\/(?:cli|simulation)\//;

const digestOfRest = (): string =>
  digestOf(
    ...listFiles()
      .filter((path) => MATTERS.test(path) && !APART.test(path))
      .flatMap((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
  );

/**
 * What the test files reach; only those that have changed, or of which something has changed that
 * they may use, run once more.
 * @param about tells apart the runs whose sources are instrumented differently
 */
export const findReach = async (
  root: string,
  files: readonly string[],
  options: { readonly workers: number; readonly folder: string; readonly about: string },
): Promise<Reach> => {
  const { workers, folder, about } = options;
  mkdirSync(folder, { recursive: true });
  const rest = digestOfRest();
  const placeOf = (file: string): string => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return join(folder, `${digestOf(rest, about, file, text)}.json`);
  };
  const isKnown = (file: string): boolean => existsSync(placeOf(file));
  const known = files
    .filter(isKnown)
    .map((file) => JSON.parse(readFileSync(placeOf(file), 'utf8')) as Known);
  const seen = await observe(
    root,
    files.filter((file) => !isKnown(file)),
    workers,
  );
  for (const each of seen) writeFileSync(placeOf(each.file), JSON.stringify(each));
  return reachOf([...known, ...seen]);
};
