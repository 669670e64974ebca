// The ledger of soaking: what was run on which commit, and every seed that ever failed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUITE_NAMES, type SuiteName } from './suites.ts';

/** A seed that failed once: the default run repeats it for ever. */
export interface LedgerFailure {
  readonly suite: SuiteName;
  readonly seed: number;
  /** On which it failed. */
  readonly commit: string;
  /** First lines of what was found. */
  readonly found: string;
}

export interface LedgerRun {
  readonly seed: number;
  /** As asked for; of every worker. */
  readonly minutes: number;
  readonly workers: number;
  /** Ends in `-changed` where the tree had changes that were not committed. */
  readonly commit: string;
  /** How many seeds of each suite. */
  readonly runs: Readonly<Partial<Record<SuiteName, number>>>;
  /** How many of them failed. */
  readonly found: number;
}

export interface Ledger {
  readonly runs: readonly LedgerRun[];
  readonly failures: readonly LedgerFailure[];
}

export const LEDGER_FILE: string = join(import.meta.dirname, 'ledger.json');

export const readLedger = (): Ledger => JSON.parse(readFileSync(LEDGER_FILE, 'utf8')) as Ledger;

const lines = (rows: readonly unknown[]): string =>
  rows.length === 0
    ? '[]'
    : `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`;

/** One line for each run and failure, so that a change of the file can be read. */
const write = ({ runs, failures }: Ledger): void => {
  const text = `{\n  "runs": ${lines(runs)},\n  "failures": ${lines(failures)}\n}\n`;
  writeFileSync(LEDGER_FILE, text);
};

export const addRun = (run: LedgerRun): void => {
  const ledger = readLedger();
  write({ ...ledger, runs: [...ledger.runs, run] });
};

/** Keeps a failure, once. */
export const addFailure = (failure: LedgerFailure): void => {
  const ledger = readLedger();
  const isKnown = ledger.failures.some(
    ({ suite, seed }) => suite === failure.suite && seed === failure.seed,
  );
  if (!isKnown) write({ ...ledger, failures: [...ledger.failures, failure] });
};

export const isSuite = (name: string): name is SuiteName =>
  (SUITE_NAMES as readonly string[]).includes(name);
