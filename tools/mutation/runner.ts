// Runs in the test process of a batch: each test runs once for every mutant of the batch that it
// reaches and that no test has found yet. A process for each would cost more than the tests.
import { appendFileSync, closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { relative } from 'node:path';
import fc from 'fast-check';
import { TestRunner } from 'vitest';
import {
  ENVIRONMENT,
  testName,
  titlesOf,
  type Batch,
  type Found,
  type Past,
} from './environment.ts';
import { SWITCH } from './mutants.ts';

const path = process.env[ENVIRONMENT.batch] ?? '';
const batch = JSON.parse(readFileSync(path, 'utf8')) as Batch;
const at = openSync(batch.at, 'w');
process.once('exit', () => closeSync(at));

/** Milliseconds that the tests of a mutant have taken. */
const spent = new Map<string, number>();
const gone = new Set<string>();
let active = '';
let turns = 0;

Object.assign(globalThis, { [SWITCH]: (key: string): boolean => key === active });

// One counterexample is enough: nobody reads it.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

const say = (line: Found | Past): void => appendFileSync(batch.found, `${JSON.stringify(line)}\n`);

const note = (found: Found): void => {
  gone.add(found.key);
  say(found);
};

const pathOf = (file: string): string => relative(process.cwd(), file);

type Suite = Parameters<TestRunner['onAfterRunSuite']>[0];
type Test = Parameters<TestRunner['onAfterRunTask']>[0];

/** Of one length, so that nothing of the line before is left. */
const LINE = 64;

/** A mutant that takes longer than this, and so many times longer than without it, is endless. */
const PATIENCE_MS = 8_000;
const PATIENCE_FACTOR = 15;

/** Does the test pass with this mutant on, or with none? */
const passes = async (test: Test, key: string, patienceMs = Infinity): Promise<boolean> => {
  turns += 1;
  writeSync(at, `${key} ${Math.ceil(patienceMs)} ${turns}`.padEnd(LINE), 0);
  active = key;
  try {
    await TestRunner.getTestFn(test)();
    return true;
  } catch {
    return false;
  } finally {
    active = '';
  }
};

const tryMutants = async (test: Test, by: string, name: string): Promise<void> => {
  const waiting = (batch.tests[by]?.[name] ?? []).filter((key) => !gone.has(key));
  // Some tests change what they share: what these say the second time counts for nothing.
  if (waiting.length === 0 || !(await passes(test, ''))) return;
  const before = performance.now();
  if (!(await passes(test, ''))) return;
  const patienceMs = PATIENCE_MS + PATIENCE_FACTOR * (performance.now() - before);
  const found: Found[] = [];
  for (const key of waiting) {
    const start = performance.now();
    if (!(await passes(test, key, patienceMs))) found.push({ key, by, test: name });
    const ms = (spent.get(key) ?? 0) + performance.now() - start;
    spent.set(key, ms);
  }
  // Unless a mutant has left something behind that fails the test without any.
  if (await passes(test, '')) found.forEach(note);
  const isSpent = (key: string): boolean =>
    batch.budgetMs > 0 && !gone.has(key) && (spent.get(key) ?? 0) > batch.budgetMs;
  for (const key of waiting.filter(isSpent)) note({ key });
};

export default class MutantRunner extends TestRunner {
  override async onAfterRunSuite(suite: Suite): Promise<void> {
    await super.onAfterRunSuite(suite);
    if ('filepath' in suite) say({ past: pathOf(suite.file.filepath) });
  }

  async runTask(test: Test): Promise<void> {
    const file = pathOf(test.file.filepath);
    await tryMutants(test, file, testName(titlesOf(test)));
  }
}
