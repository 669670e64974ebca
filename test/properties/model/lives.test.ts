// Random lives of the chain beside the model, which meet every message and outcome it has.
import { describe, expect, it } from 'vitest';
import { missingIn } from './coverage.ts';
import { runModel } from './model-run.ts';

const SEED = 8;
const RUNS = 14;
const TIME_LIMIT_MS = 300_000;

describe('the chain beside a naive model of it', () => {
  it(
    'I1–I5, I7, I11–I15, I22–I25, I34–I42: has the same state after every block',
    () => {
      const { failure, runs, tally, restarts } = runModel({ seed: SEED, runs: RUNS });
      expect(failure ?? '').toBe('');
      expect(runs).toBe(RUNS);
      expect(restarts).toBeGreaterThan(0);
      expect(missingIn(tally)).toEqual([]);
    },
    TIME_LIMIT_MS,
  );
});
