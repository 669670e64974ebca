// Runs the random suites with new seeds for as long as asked, and keeps those that fail:
//   npm run test:soak -- --minutes 60 --seed 7 --workers 4
//   npm run test:soak -- --replay chaos:123456789      (one seed of one suite again)
import { execFileSync, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addFailure, addRun, isSuite } from '../../test/soak/ledger.ts';
import { SUITE_NAMES, SUITES, type SuiteName } from '../../test/soak/suites.ts';
import type { Told } from './worker.ts';

const USAGE =
  'usage: npm run test:soak -- [--minutes N] [--seed S] [--workers W] [--replay SUITE:SEED]';
const DEFAULT_MINUTES = 10;
const MAX_SEED = 2 ** 31;
const MINUTE_MS = 60_000;
/** After the end: a seed takes seconds, and a minute more where it fails. */
const STUCK_MS = 10 * MINUTE_MS;
const FOUND_LINES = 3;

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { encoding: 'utf8' }).trim();

/** What is soaked; the ledger itself may have changed. */
const commit = (): string => {
  const changed = git('status', '--porcelain', '--', '.', ':!test/soak/ledger.json');
  return git('rev-parse', 'HEAD') + (changed === '' ? '' : '-changed');
};

const fail = (message: string): never => {
  process.stderr.write(`${message}\n${USAGE}\n`);
  process.exit(2);
};

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: String(DEFAULT_MINUTES) },
    seed: { type: 'string', default: String(randomInt(MAX_SEED)) },
    workers: { type: 'string', default: '1' },
    replay: { type: 'string' },
  },
});

const replay = (what: string): void => {
  const [suite = '', seed = ''] = what.split(':');
  if (!isSuite(suite) || !/^\d+$/.test(seed)) {
    return fail(`${what} is not one of ${SUITE_NAMES.join(', ')} with a seed.`);
  }
  const failure = SUITES[suite](Number(seed));
  process.stdout.write(`${suite}:${seed} ${failure ?? 'finds nothing'}\n`);
  process.exitCode = failure === undefined ? 0 : 1;
};

/** What there is to tell of a soak so far. */
class Progress {
  readonly runs: Partial<Record<SuiteName, number>> = {};
  readonly #commit: string;
  readonly #begun = performance.now();
  found = 0;

  constructor(onCommit: string) {
    this.#commit = onCommit;
  }

  take({ suite, seed, failure }: Told): void {
    this.runs[suite] = (this.runs[suite] ?? 0) + 1;
    if (failure === undefined) return;
    this.found += 1;
    process.stdout.write(`${suite}:${seed} fails. ${failure}\n`);
    const found = failure.split('\n').slice(0, FOUND_LINES).join(' ');
    addFailure({ suite, seed, commit: this.#commit, found });
  }

  toString(): string {
    const counts = SUITE_NAMES.map((suite) => `${suite} ${this.runs[suite] ?? 0}`).join(', ');
    const minutes = ((performance.now() - this.#begun) / MINUTE_MS).toFixed(1);
    return `${minutes} min: ${counts}; found ${this.found}\n`;
  }
}

/** One process until its time is over. A seed that ends it, or never ends, has failed. */
const work = (args: readonly number[], milliseconds: number, progress: Progress): Promise<void> =>
  new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), args.map(String));
    const watchdog = setTimeout(() => child.kill('SIGKILL'), milliseconds + STUCK_MS);
    let inHand: Told | undefined;
    child.on('message', (message) => {
      const told = message as Told;
      inHand = told.isOver ? undefined : told;
      if (told.isOver) progress.take(told);
    });
    child.on('exit', (status, signal) => {
      clearTimeout(watchdog);
      const failure = `its process ended with ${status ?? signal}`;
      if (inHand !== undefined) progress.take({ ...inHand, failure });
      else if (status !== 0) progress.found += 1;
      resolve();
    });
  });

const soak = async (seed: number, minutes: number, workers: number): Promise<void> => {
  const on = commit();
  const progress = new Progress(on);
  process.stdout.write(`seed ${seed}, ${minutes} minutes, ${workers} workers, commit ${on}\n`);
  const report = setInterval(() => process.stdout.write(String(progress)), MINUTE_MS);
  const each = Array.from({ length: workers }, (_, worker) =>
    work([seed, worker, minutes], minutes * MINUTE_MS, progress),
  );
  await Promise.all(each);
  clearInterval(report);
  const { runs, found } = progress;
  addRun({ seed, minutes, workers, commit: on, runs, found });
  process.stdout.write(String(progress));
  if (found > 0) process.exitCode = 1;
};

const whole = (text: string, name: string, least: number): number => {
  const value = Number(text);
  return Number.isFinite(value) && value >= least ? value : fail(`--${name} ${text} is too small.`);
};

if (values.replay === undefined) {
  const minutes = whole(values.minutes, 'minutes', 0.01);
  await soak(whole(values.seed, 'seed', 0), minutes, whole(values.workers, 'workers', 1));
} else replay(values.replay);
