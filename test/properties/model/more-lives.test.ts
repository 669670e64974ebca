// More random lives of the chain beside the model, from another seed.
import { expect, it } from 'vitest';
import { runModel } from './model-run.ts';

const SEED = 71;
const RUNS = 14;
const TIME_LIMIT_MS = 300_000;

// A file of its own, so that it runs beside the other.
it(
  'I46–I48, I52, I53: other lives of the chain are those of the model, too',
  () => {
    const { failure, runs, tally } = runModel({ seed: SEED, runs: RUNS });
    expect(failure ?? '').toBe('');
    expect(runs).toBe(RUNS);
    // The one ending that the first lives do not meet.
    const endings = [...tally.keys()].filter((what) => what.startsWith('ending '));
    expect(endings.filter((what) => what.includes(' outputsMissing '))).not.toEqual([]);
  },
  TIME_LIMIT_MS,
);
