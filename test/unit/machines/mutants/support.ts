import { initialChallenge } from '../../../../src/machines/challenge/record.ts';
import type {
  ChallengeContext,
  Defendant,
  Seat,
} from '../../../../src/machines/challenge/record.ts';
import { LADDER, LUX } from '../../../support/parameters.ts';

/** Challenges, defendants and seats as records, without a chain around them. */

export const FEE = LUX / 10n;
export const BASE = 100n * LUX;

export const defendant = (index: number, change: Partial<Defendant> = {}): Defendant => ({
  attestation: `d${index}`.repeat(32),
  provider: `b${index}`.repeat(20),
  owner: `a${index}`.repeat(20),
  outputHash: `${index}f`.repeat(32),
  evidenceRoot: `${index}e`.repeat(32),
  height: 50n,
  baseNlux: BASE,
  lockNlux: 20n * LUX,
  substantiated: true,
  leaves: 0,
  opened: 0n,
  finding: 'none',
  verdict: 'none',
  leastNlux: 0n,
  ...change,
});

export const seat = (change: Partial<Seat> = {}): Seat => ({
  round: 1,
  seat: 0,
  attempt: 0,
  provider: '5e'.repeat(20),
  owner: '50'.repeat(20),
  state: 'answered',
  commitment: '00'.repeat(32),
  outputHash: '00'.repeat(32),
  evidenceRoot: '00'.repeat(32),
  leaves: 0,
  opened: 0n,
  marksFirst: 0,
  marksSecond: 0,
  apartFirst: 0,
  apartSecond: 0,
  remoteFirst: 0,
  remoteSecond: 0,
  stanceFirst: 'none',
  stanceSecond: 'none',
  stray: false,
  ...change,
});

export const challenge = (change: Partial<ChallengeContext> = {}): ChallengeContext => ({
  ...initialChallenge,
  challenger: 'c0'.repeat(20),
  terms: LADDER.dispute,
  rerunFeeNlux: FEE,
  bondNlux: 10n * LUX,
  minimumStakeNlux: BASE,
  openedAt: 60n,
  round: 1,
  ...change,
});
