// Mutation testing of the rules. Usage:
//   npm run mutation -- [--files GLOB]… [--tests GLOB]… [--sample N] [--seed S] [--workers N]
//     [--budget SECONDS] [--together] [--again] [--ledger FILE] [--report]
// It makes every small change that operators.ts knows, one at a time, in a private copy of the
// tree, and says which ones no test finds. It may be stopped and goes on where it was; --again
// tries the survivors anew, --budget lets each go after so much time in tests, --together leaves
// out those that need a process each, --report only writes docs/mutation.md from what is known.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { tryAlone } from './alone.ts';
import { runBatch } from './batch.ts';
import type { Found } from './environment.ts';
import { isFound, Ledger, type Entry } from './ledger.ts';
import { instrument, type Mutant } from './mutants.ts';
import { findReach } from './memory.ts';
import { Experience, type Reaching } from './reach.ts';
import { writeReport, type Tried } from './report.ts';
import { sampleOf } from './sample.ts';
import { sourcesOf, testsOf } from './scope.ts';
import { makeWorkspace, ROOT } from './workspace.ts';

/** Mutants between two words of progress. */
const PROGRESS = 25;

const { values } = parseArgs({
  options: {
    files: { type: 'string', multiple: true, default: [] },
    tests: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    budget: { type: 'string', default: '0' },
    workers: { type: 'string', default: '2' },
    ledger: { type: 'string', default: join(tmpdir(), 'aivm-mutation', 'ledger.jsonl') },
    together: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 1_000);

const wholeNumber = (name: 'budget' | 'sample' | 'seed' | 'workers'): number => {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name} has to be a whole number, and not ${values[name]}.`);
};

const ledger = new Ledger(values.ledger);
const sources = sourcesOf([]).map((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { file, digest, ...instrument(file, text) };
});
const digests = new Map(sources.map(({ file, digest }) => [file, digest]));
const entryOf = ({ key, file }: Mutant): Entry | undefined =>
  ledger.of(key, digests.get(file) ?? '');

const wanted = (): readonly Mutant[] => {
  const files = new Set(sourcesOf(values.files));
  const all = sources.filter(({ file }) => files.has(file)).flatMap(({ mutants }) => mutants);
  const sample = wholeNumber('sample');
  const chosen = sample === 0 ? all : sampleOf(all, sample, wholeNumber('seed'));
  return chosen.filter((mutant) => {
    const entry = entryOf(mutant);
    return entry === undefined || (values.again && !isFound(entry));
  });
};

/** What earlier runs have learnt. */
const recall = (): Experience => {
  const experience = new Experience();
  for (const { file, mutants } of sources) {
    for (const { key } of mutants) {
      const by = ledger.of(key, digests.get(file) ?? '')?.by;
      if (by !== undefined) experience.note(file, by);
    }
  }
  return experience;
};

const told = ({ key, by, test }: Found): Pick<Entry, 'key' | 'by' | 'test'> => ({
  key,
  ...(by === undefined ? {} : { by }),
  ...(test === undefined ? {} : { test }),
});

/** Every so manyth to each worker. */
const deal = <T>(all: readonly T[], workers: number): readonly (readonly T[])[] =>
  Array.from({ length: workers }, (_, worker) =>
    all.filter((__, index) => index % workers === worker),
  );

const tryAll = async (queue: readonly Mutant[]): Promise<void> => {
  const workspace = makeWorkspace();
  process.once('exit', workspace.remove);
  const { root } = workspace;
  for (const { file, text } of sources) writeFileSync(join(root, file), text);
  const tests = testsOf(values.tests);
  const workers = wholeNumber('workers');
  const budgetMs = wholeNumber('budget') * 1_000;
  say(`${queue.length} mutants, ${tests.length} test files; first a run without mutants.`);
  const reach = await findReach(root, tests, {
    workers,
    folder: join(dirname(values.ledger), 'reach'),
    about: [...digests].join(),
  });
  const experience = recall();
  const byKey = new Map(queue.map((mutant) => [mutant.key, mutant]));
  let done = 0;
  const add = (found: Omit<Entry, 'source'>): void => {
    const mutant = byKey.get(found.key);
    if (mutant === undefined) throw new Error(`No mutant has the key ${found.key}.`);
    // Only all tests together can say that none finds it.
    const isSpared = values.tests.length > 0 && !isFound(found);
    const fate = isSpared ? 'spared' : found.fate;
    const entry = { ...found, fate, source: digests.get(mutant.file) ?? '' };
    ledger.add(entry);
    if (entry.by !== undefined) experience.note(mutant.file, entry.by);
    done += 1;
    if (!isFound(entry)) {
      const { file, line, operator, from, to } = mutant;
      say(`${entry.fate}: ${file}:${line} ${operator}: ${from} → ${to}`);
    }
    if (done % PROGRESS === 0) say(`${done} of ${queue.length} after ${secondsSince(start)} s`);
  };
  const start = performance.now();
  const reachingOf = ({ key }: Mutant): readonly Reaching[] => reach.get(key) ?? [];
  const isTogether = (mutant: Mutant): boolean =>
    reachingOf(mutant).length > 0 && !reachingOf(mutant).some(({ isLoading }) => isLoading);
  const survivors = await Promise.all(
    deal(queue.filter(isTogether), workers).map((hand, worker) =>
      runBatch(
        { root, name: `${worker}`, keys: hand.map(({ key }) => key), reach, experience, budgetMs },
        (outcome) => add({ ...told(outcome), fate: outcome.fate }),
      ),
    ),
  );
  // Tests that run only once in a process have not seen these yet.
  const isWhole = budgetMs === 0 && !values.together;
  const passed = new Set(isWhole ? survivors.flat() : []);
  if (!isWhole) survivors.flat().forEach((key) => add({ key, fate: 'spared' }));
  const waiting = values.together
    ? []
    : queue.filter((each) => !isTogether(each) || passed.has(each.key));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const reaching = experience.inOrder(next.file, reachingOf(next));
      add(await tryAlone({ root, key: next.key, reaching, budgetMs }));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const queue = values.report ? [] : wanted();
if (queue.length > 0) await tryAll(queue);
const tried = sources
  .flatMap(({ mutants }) => mutants)
  .map((mutant): Tried => ({ mutant, entry: entryOf(mutant) }));
process.exitCode = writeReport(tried, say) ? 0 : 1;
