// Repeats every seed that a soak ever failed on: `npm run test:soak` appends them.
import { expect, test } from 'vitest';
import { isSuite, readLedger } from './ledger.ts';
import { SUITE_NAMES, SUITES } from './suites.ts';

/** Of one seed; a failure is made smaller for a minute. */
const TIME_LIMIT_MS = 300_000;

const { runs, failures } = readLedger();

test('the ledger says what was run, by suites that there are', () => {
  for (const { seed, minutes, workers, commit, found, runs: counts } of runs) {
    expect(Number.isSafeInteger(seed) && minutes > 0 && workers > 0 && found >= 0).toBe(true);
    expect(commit).toMatch(/^[0-9a-f]{40}(?:-changed)?$/);
    expect(Object.keys(counts).filter((name) => !isSuite(name))).toEqual([]);
  }
  const keys = failures.map(({ suite, seed }) => `${suite} ${seed}`);
  expect(new Set(keys).size).toBe(keys.length);
});

// One more than the ledger holds, so that the suites are run even while nothing has failed.
test.each([...SUITE_NAMES.map((suite) => ({ suite, seed: 1 })), ...failures])(
  '$suite finds nothing with the seed $seed',
  ({ suite, seed }) => {
    expect(SUITES[suite](seed)).toBeUndefined();
  },
  TIME_LIMIT_MS,
);
