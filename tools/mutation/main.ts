// Mutation testing of the rules. Usage:
//   npm run mutation -- [--files GLOB]… [--tests GLOB]… [--sample N] [--seed S] [--workers N]
//     [--again] [--ledger FILE] [--report]
// It makes every small change that operators.ts knows, one at a time, in a private copy of the
// tree, and says which ones no test finds. It may be stopped and goes on where it was; --again
// tries the survivors anew, --report only writes docs/mutation.md from what is known.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ENVIRONMENT } from './environment.ts';
import { isFound, Ledger, type Entry } from './ledger.ts';
import { instrument, type Mutant } from './mutants.ts';
import { chosenOf, costOf, Experience, findReach, type Reaching } from './reach.ts';
import { writeReport, type Tried } from './report.ts';
import { sampleOf } from './sample.ts';
import { sourcesOf, testsOf } from './scope.ts';
import { runTests, UNTIL_FAILURE } from './tests.ts';
import { makeWorkspace, ROOT } from './workspace.ts';

/** A mutant that takes longer than this beside what its tests take runs in circles. */
const PATIENCE_MS = 60_000;
const PATIENCE_FACTOR = 5;

/** Mutants between two words of progress. */
const PROGRESS = 25;

const { values } = parseArgs({
  options: {
    files: { type: 'string', multiple: true, default: [] },
    tests: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    ledger: { type: 'string', default: join(tmpdir(), 'aivm-mutation', 'ledger.jsonl') },
    again: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const wholeNumber = (name: 'sample' | 'seed' | 'workers'): number => {
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

const tryMutant = async (
  root: string,
  mutant: Mutant,
  reaching: readonly Reaching[],
  experience: Experience,
): Promise<Entry> => {
  const about = { key: mutant.key, source: digests.get(mutant.file) ?? '' };
  if (reaching.length === 0) return { ...about, fate: 'unreached' };
  const { ended, files } = await runTests({
    root,
    files: experience.inOrder(mutant.file, reaching).map(({ file }) => file),
    name: mutant.key,
    limitMs: PATIENCE_MS + PATIENCE_FACTOR * costOf(reaching),
    environment: { [ENVIRONMENT.mutant]: mutant.key },
    chosen: chosenOf(reaching),
    flags: UNTIL_FAILURE,
  });
  if (ended === 'passed') return { ...about, fate: 'survived' };
  if (ended === 'stopped') return { ...about, fate: 'endless' };
  const found = files.find(({ failed }) => failed !== undefined);
  if (found?.failed === undefined) return { ...about, fate: 'crashed' };
  experience.note(mutant.file, found.file);
  return { ...about, fate: 'killed', by: found.file, test: found.failed };
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

const tryAll = async (queue: readonly Mutant[]): Promise<void> => {
  const workspace = makeWorkspace();
  process.once('exit', workspace.remove);
  const mutated = new Set(queue.map(({ file }) => file));
  for (const { file, text } of sources) {
    if (mutated.has(file)) writeFileSync(join(workspace.root, file), text);
  }
  const tests = testsOf(values.tests);
  say(`${queue.length} mutants, ${tests.length} test files; first a run without mutants.`);
  const reach = await findReach(workspace.root, tests, wholeNumber('workers'));
  const experience = recall();
  const waiting = [...queue];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const entry = await tryMutant(workspace.root, next, reach.get(next.key) ?? [], experience);
      ledger.add(entry);
      done += 1;
      if (!isFound(entry)) {
        say(`${entry.fate}: ${next.file}:${next.line} ${next.operator}: ${next.from} → ${next.to}`);
      }
      if (done % PROGRESS === 0) say(`${done} of ${queue.length}`);
    }
  };
  await Promise.all(Array.from({ length: wholeNumber('workers') }, work));
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const queue = values.report ? [] : wanted();
if (queue.length > 0) await tryAll(queue);
const tried = sources
  .flatMap(({ mutants }) => mutants)
  .map((mutant): Tried => ({ mutant, entry: entryOf(mutant) }));
process.exitCode = writeReport(tried, say) ? 0 : 1;
