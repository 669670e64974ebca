// Which tests reach which mutants, and in what order a mutant meets them.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT, type Chosen, type Reached } from './environment.ts';
import { isWhole } from './scope.ts';
import { ISOLATED, runTests, UNTIL_FAILURE, type TestFile } from './tests.ts';

/** Far more than all tests take on a busy machine. */
const FIRST_RUN_MS = 1_800_000;

/** The tests of one file that reach a mutant. */
export interface Reaching {
  readonly file: string;
  readonly tests: readonly string[];
  readonly ms: number;
}

export type Reach = ReadonlyMap<string, readonly Reaching[]>;

const whyFailed = (files: readonly TestFile[]): string =>
  files
    .map(({ file, failed, unloaded }) => ({ file, why: failed ?? unloaded }))
    .flatMap(({ file, why }) => (why === undefined ? [] : [`${file}: ${why}`]))
    .join('\n');

/** The tests of a file that have to run for each mutant. */
const invert = ({ file, loading, tests }: Reached): ReadonlyMap<string, readonly string[]> => {
  const names = Object.keys(tests);
  const whole = new Set(isWhole(file) ? [...loading, ...Object.values(tests).flat()] : loading);
  const found = new Map<string, string[]>(Array.from(whole, (key) => [key, names]));
  for (const [name, keys] of Object.entries(tests)) {
    for (const key of keys.filter((each) => !whole.has(each))) {
      const known = found.get(key);
      if (known === undefined) found.set(key, [name]);
      else known.push(name);
    }
  }
  return found;
};

/**
 * Runs all tests with every mutant off, each file by itself and all of them together as they will
 * run with the mutants; they have to pass both times.
 */
export const findReach = async (
  root: string,
  files: readonly string[],
  workers: number,
): Promise<Reach> => {
  const folder = join(root, '.reached');
  mkdirSync(folder);
  const common = { root, files, limitMs: FIRST_RUN_MS };
  const [run, together] = await Promise.all([
    runTests({
      ...common,
      name: 'reach',
      environment: { [ENVIRONMENT.reached]: folder },
      flags: ISOLATED(workers > 1 ? workers - 1 : 1),
    }),
    runTests({ ...common, name: 'together', flags: UNTIL_FAILURE }),
  ]);
  for (const { ended, files: failed, output } of [run, together]) {
    if (ended === 'passed') continue;
    throw new Error(`The tests fail without any mutant.\n${whyFailed(failed) || output}`);
  }
  const costs = new Map(run.files.map(({ file, tests }) => [file, tests]));
  const reach = new Map<string, Reaching[]>();
  for (const name of readdirSync(folder)) {
    const reached = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Reached;
    const { file } = reached;
    for (const [key, tests] of invert(reached)) {
      const ms = tests.reduce((sum, test) => sum + (costs.get(file)?.get(test) ?? 0), 0);
      const reaching = { file, tests, ms };
      const known = reach.get(key);
      if (known === undefined) reach.set(key, [reaching]);
      else known.push(reaching);
    }
  }
  return reach;
};

export const costOf = (reaching: readonly Reaching[]): number =>
  reaching.reduce((sum, { ms }) => sum + ms, 0);

export const chosenOf = (reaching: readonly Reaching[]): Chosen =>
  Object.fromEntries(reaching.map(({ file, tests }) => [file, tests]));

/**
 * Test files that found mutants of a source most often come first, then the cheap ones. What is
 * pinned comes last: it finds almost everything and explains nothing.
 */
export class Experience {
  readonly #found = new Map<string, number>();

  note(source: string, test: string): void {
    const key = `${source} ${test}`;
    this.#found.set(key, (this.#found.get(key) ?? 0) + 1);
  }

  #rank(source: string, { file, ms }: Reaching): number {
    return isPinned(file)
      ? Number.MAX_VALUE
      : (ms + LOADING_MS) / (1 + (this.#found.get(`${source} ${file}`) ?? 0));
  }

  inOrder(source: string, reaching: readonly Reaching[]): readonly Reaching[] {
    return reaching.toSorted((a, b) => this.#rank(source, a) - this.#rank(source, b));
  }
}

/** What a file costs beside its tests. */
const LOADING_MS = 50;

/** Golden vectors: what the code gave when they were written. */
export const isPinned = (test: string): boolean => test.startsWith('test/vectors/');
