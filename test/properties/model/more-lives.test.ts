import { expect, it } from 'vitest';
import { runModel } from './model-run.ts';

const SEED = 2_026;
const RUNS = 14;
const TIME_LIMIT_MS = 300_000;

// A file of its own, so that it runs beside the other.
it(
  'I46–I48, I52, I53: other lives of the chain are those of the model, too',
  () => {
    const { failure, runs } = runModel({ seed: SEED, runs: RUNS });
    expect(failure ?? '').toBe('');
    expect(runs).toBe(RUNS);
  },
  TIME_LIMIT_MS,
);
