// Tries many mutants in one process. It may hang or die with one of them: that one is found, and
// the rest goes on in another process.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT, type Batch, type Found, type Past } from './environment.ts';
import type { Experience, Reach } from './reach.ts';
import { isWhole } from './scope.ts';
import { runTests, UNTIL_FAILURE } from './tests.ts';

export interface BatchOrder {
  readonly root: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly reach: Reach;
  readonly experience: Experience;
  readonly budgetMs: number;
}

/** What became of one of them, as it is known. */
export interface Outcome extends Found {
  readonly fate: 'killed' | 'endless' | 'crashed' | 'spared';
}

const WATCH_MS = 500;

/** More than a batch takes on a busy machine. */
const LIMIT_MS = 7_200_000;

type Tests = Record<string, Record<string, string[]>>;

/** Which of the mutants each test reaches, of those that may run more than once. */
const testsFor = (
  { keys, reach }: BatchOrder,
  left: ReadonlySet<string>,
  past: ReadonlySet<string>,
): Tests => {
  const all: Tests = {};
  for (const key of keys.filter((each) => left.has(each))) {
    for (const { file, tests } of reach.get(key) ?? []) {
      const own = (all[file] ??= {});
      for (const test of tests) (own[test] ??= []).push(key);
    }
  }
  return Object.fromEntries(
    Object.entries(all).filter(([file]) => !isWhole(file) && !past.has(file)),
  );
};

/** What the files take that these tests are in. */
const costsOf = (tests: Tests, reach: Reach): ReadonlyMap<string, number> => {
  const costs = new Map(Object.keys(tests).map((file) => [file, 0]));
  for (const reaching of reach.values()) {
    for (const { file, ms } of reaching) {
      const known = costs.get(file);
      if (known !== undefined) costs.set(file, Math.max(known, ms));
    }
  }
  return costs;
};

const linesOf = (path: string): readonly string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];

/** Follows a running batch: what is found, and whether it still moves. */
class Watch {
  readonly #batch: Batch;
  readonly #say: (outcome: Outcome) => void;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #told = 0;
  /** Test files that are done. */
  readonly past = new Set<string>();
  isStuck = false;

  constructor(batch: Batch, say: (outcome: Outcome) => void) {
    this.#batch = batch;
    this.#say = say;
    this.#timer = setInterval(() => this.#look(), WATCH_MS);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The mutant that was on last; empty between two. */
  get at(): string {
    return existsSync(this.#batch.at)
      ? (readFileSync(this.#batch.at, 'utf8').split(' ')[0] ?? '')
      : '';
  }

  end(): void {
    clearInterval(this.#timer);
    this.#tell();
  }

  #tell(): void {
    const lines = linesOf(this.#batch.found);
    for (const line of lines.slice(this.#told)) {
      const found = JSON.parse(line) as Found | Past;
      if ('past' in found) this.past.add(found.past);
      else this.#say({ ...found, fate: found.by === undefined ? 'spared' : 'killed' });
    }
    this.#told = lines.length;
  }

  #look(): void {
    this.#tell();
    const { at } = this.#batch;
    if (!existsSync(at) || this.at === '') return;
    const patienceMs = Number(readFileSync(at, 'utf8').split(' ')[1]);
    // The clock of the files: a process that hangs writes no more.
    if (Date.now() - statSync(at).mtimeMs <= patienceMs) return;
    this.isStuck = true;
    this.#stop.abort();
  }
}

/**
 * Tries the mutants and tells what is found.
 * @returns those that all tests passed with, as far as they may run more than once
 */
export const runBatch = async (
  order: BatchOrder,
  say: (outcome: Outcome) => void,
): Promise<readonly string[]> => {
  const { root, name, reach, experience, budgetMs } = order;
  const left = new Set(order.keys);
  const past = new Set<string>();
  for (let turn = 0; left.size > 0; turn += 1) {
    const path = join(root, `.batch-${name}-${turn}`);
    const tests = testsFor(order, left, past);
    if (Object.keys(tests).length === 0) break;
    const batch: Batch = { tests, budgetMs, found: `${path}.found`, at: `${path}.at` };
    writeFileSync(`${path}.json`, JSON.stringify(batch));
    const watch = new Watch(batch, (outcome) => {
      left.delete(outcome.key);
      say(outcome);
    });
    const { ended, output } = await runTests({
      root,
      files: experience.filesInOrder(costsOf(tests, reach)),
      name: `batch-${name}-${turn}`,
      limitMs: LIMIT_MS,
      environment: { [ENVIRONMENT.batch]: `${path}.json` },
      flags: UNTIL_FAILURE,
      signal: watch.signal,
    });
    watch.end();
    watch.past.forEach((file) => past.add(file));
    const { at: key, isStuck } = watch;
    for (const end of ['json', 'found', 'at']) rmSync(`${path}.${end}`, { force: true });
    if (ended === 'passed') break;
    if (!left.delete(key)) throw new Error(`A batch of mutants did not run.\n${output}`);
    say({ key, fate: isStuck ? 'endless' : 'crashed' });
  }
  return [...left];
};
