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
  /** The quick ones first. */
  readonly tests: readonly string[];
  readonly ms: number;
  /** The mutant has to be on before the file is loaded. */
  readonly isLoading: boolean;
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

/** What a test file reaches, and what each of its tests takes in milliseconds. */
export interface Known extends Reached {
  readonly costs: Readonly<Record<string, number>>;
}

/**
 * Runs test files with every mutant off, each by itself and all of them together as they will run
 * with the mutants; they have to pass both times.
 */
export const observe = async (
  root: string,
  files: readonly string[],
  workers: number,
): Promise<readonly Known[]> => {
  if (files.length === 0) return [];
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
  return readdirSync(folder).map((name) => {
    const reached = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Reached;
    return { ...reached, costs: Object.fromEntries(costs.get(reached.file) ?? []) };
  });
};

/** The test files of each mutant, from what is known of test files. */
export const reachOf = (known: readonly Known[]): Reach => {
  const reach = new Map<string, Reaching[]>();
  for (const each of known) {
    const { file, costs } = each;
    const loading = new Set(each.loading);
    for (const [key, names] of invert(each)) {
      const tests = names.toSorted((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
      const ms = tests.reduce((sum, test) => sum + (costs[test] ?? 0), 0);
      const reaching = { file, tests, ms, isLoading: loading.has(key) };
      const others = reach.get(key);
      if (others === undefined) reach.set(key, [reaching]);
      else others.push(reaching);
    }
  }
  return reach;
};

export const costOf = (reaching: readonly Reaching[]): number =>
  reaching.reduce((sum, { ms }) => sum + ms, 0);

export const chosenOf = (reaching: readonly Reaching[]): Chosen =>
  Object.fromEntries(reaching.map(({ file, tests }) => [file, tests]));

/** What a file costs beside its tests. */
const LOADING_MS = 50;

/** The golden vectors are worth so many findings of others: they find most of what they reach. */
const PINNED_POWER = 100;

/** Golden vectors: what the code gave when they were written. */
const isPinned = (test: string): boolean => test.startsWith('test/vectors/');

/** Which test files have found mutants: those come first that find most in the least time. */
export class Experience {
  /** By source, then by test file. */
  readonly #found = new Map<string, Map<string, number>>();

  note(source: string, test: string): void {
    const found = this.#found.get(source) ?? new Map<string, number>();
    found.set(test, (found.get(test) ?? 0) + 1);
    this.#found.set(source, found);
  }

  /** In the order in which a mutant of one source meets them. */
  inOrder(source: string, reaching: readonly Reaching[]): readonly Reaching[] {
    const found = this.#found.get(source);
    const rankOf = ({ file, ms }: Reaching): number => rank(file, ms, found?.get(file) ?? 0);
    return reaching.toSorted((a, b) => rankOf(a) - rankOf(b));
  }

  /** In the order in which mutants of many sources meet them; `costs` are milliseconds by file. */
  filesInOrder(costs: ReadonlyMap<string, number>): readonly string[] {
    const foundBy = (file: string): number =>
      [...this.#found.values()].reduce((sum, found) => sum + (found.get(file) ?? 0), 0);
    const ranks = new Map(
      Array.from(costs, ([file, ms]) => [file, rank(file, ms, foundBy(file))] as const),
    );
    return [...costs.keys()].toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  }
}

const rank = (file: string, ms: number, found: number): number =>
  (ms + LOADING_MS) / (isPinned(file) ? PINNED_POWER : 1 + found);
