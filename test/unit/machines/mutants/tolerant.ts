import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import type { ChallengeContext } from '../../../../src/machines/challenge/record.ts';
import { challenge, defendant } from './support.ts';

/** Challenges whose outputs are compared chunk by chunk. */

export const draw = { challengeId: 'cc'.repeat(32), randomness: '77'.repeat(32) };
export const TOKENS: Comparator = {
  type: 'tokens',
  chunkElements: 4,
  loTokens: 0,
  hiTokens: 1,
  minFail: 2,
};
export const ULP: Comparator = {
  type: 'ulp',
  format: 'f32',
  chunkElements: 4,
  atolPico: 0n,
  loUlps: 1,
  hiUlps: 2,
  minFail: 2,
};
export const FORCED: Comparator = {
  type: 'logprobs',
  chunkElements: 4,
  topK: 2,
  loPpm: 1,
  hiPpm: 2,
  agreement: undefined,
  minFail: 2,
};

/** Outputs of two and of three chunks, so that all of them are compared. */
export const pair = (comparator: Comparator, change: Partial<ChallengeContext> = {}) =>
  challenge({
    comparator,
    round: 2,
    defendants: [defendant(0, { leaves: 2 }), defendant(1, { leaves: 3 })],
    ...change,
  });
