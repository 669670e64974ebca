import { describe, expect, it } from 'vitest';
import { runModel } from './model-run.ts';

const SEED = 71;
const RUNS = 14;
const TIME_LIMIT_MS = 300_000;

/** What these runs must have done, or the generators have lost their grip on the chain. */
const DONE = [
  'attestation attest',
  'attestation pay',
  'attestation refund',
  'attestation settle',
  'announcement announce',
  'beacon submitRound',
  'challenge appeal',
  'challenge audit',
  'challenge cannotRun',
  'challenge commit',
  'challenge equivocation',
  'challenge open',
  'challenge openChunk',
  'challenge publish',
  'challenge publishShape',
  'challenge reveal',
  'challenge submitSeed',
  'model transfer',
  'profile remove',
  'profile retire',
  'provider depart',
  'provider leave',
  'provider register',
  'provider rotateKey',
  'provider serve',
  'provider stake',
  'provider unjail',
  'provider unstake',
  'provider withdraw',
  'request open',
  'request refund',
].map((message) => `${message} applied`);

const ENDED = [
  'verdict exact valid',
  'verdict exact faulty',
  'verdict exact unsubstantiated',
  'verdict exact void',
  'seat answered',
  'seat silent',
  'seat unable',
  'seat withheld',
];

describe('the chain beside a naive model of it', () => {
  it(
    'I1–I5, I7, I11–I15, I22–I25, I34–I42: has the same state after every block',
    () => {
      const { failure, runs, tally, restarts } = runModel({ seed: SEED, runs: RUNS });
      expect(failure ?? '').toBe('');
      expect(runs).toBe(RUNS);
      expect(restarts).toBeGreaterThan(0);
      expect([...DONE, ...ENDED].filter((what) => !tally.has(what))).toEqual([]);
    },
    TIME_LIMIT_MS,
  );
});
