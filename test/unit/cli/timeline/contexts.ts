// Records of challenges made by hand: what a node would give, without a chain behind it.
import { LOCAL } from '../../../../src/genesis/presets/local.ts';
import type { ChallengeRecord } from '../../../../src/client/timeline/index.ts';
import {
  initialChallenge,
  type ChallengeContext,
  type Defendant,
  type Seat,
} from '../../../../src/machines/challenge/record.ts';

export const LUX = 10n ** 9n;
export const address = (byte: number): string => byte.toString(16).padStart(2, '0').repeat(20);
const hash = (byte: number): string => byte.toString(16).padStart(2, '0').repeat(32);

export const CHALLENGER = address(0xc0);
export const APPELLANT = address(0xaa);
const RIGHT = hash(0x01);
const WRONG = hash(0x02);

const defendant = (byte: number, outputHash: string, change: Partial<Defendant>): Defendant => ({
  attestation: hash(byte),
  provider: address(byte),
  owner: address(byte + 0x10),
  outputHash,
  evidenceRoot: hash(byte + 0x20),
  height: 90n,
  baseNlux: 100n * LUX,
  lockNlux: 20n * LUX,
  substantiated: true,
  leaves: 1,
  opened: 0n,
  finding: 'none',
  verdict: 'none',
  leastNlux: 0n,
  ...change,
});

/** A gave the right answer, B a wrong one. */
export const a = (change: Partial<Defendant> = {}): Defendant => defendant(0x0a, RIGHT, change);
export const b = (change: Partial<Defendant> = {}): Defendant => defendant(0x0b, WRONG, change);

export const VALID = { finding: 'valid', verdict: 'valid' } as const;
export const faulty = (leastNlux: bigint) =>
  ({ finding: 'faulty', verdict: 'faulty', leastNlux }) as const;

export const seat = (round: number, number: number, change: Partial<Seat> = {}): Seat => ({
  round,
  seat: number,
  attempt: 0,
  provider: address(16 * round + number),
  owner: address(128 + 16 * round + number),
  state: 'answered',
  commitment: hash(0),
  outputHash: RIGHT,
  evidenceRoot: hash(0),
  leaves: 1,
  opened: 0n,
  marksFirst: 0,
  marksSecond: 0,
  apartFirst: 0,
  apartSecond: 0,
  remoteFirst: 0,
  remoteSecond: 0,
  stanceFirst: 'supports',
  stanceSecond: 'rejects',
  stray: false,
  ...change,
});

/** Answers as B did. */
export const SIDES_WITH_B = {
  outputHash: WRONG,
  stanceFirst: 'rejects',
  stanceSecond: 'supports',
} as const;

/** Does not answer: nothing of it is near anything. */
export const silent = (round: number, number: number, attempt = 0): Seat =>
  seat(round, number, {
    attempt,
    state: 'silent',
    outputHash: hash(0),
    stanceFirst: 'none',
    stanceSecond: 'none',
  });

export const NOTHING_PAID = {
  burnedNlux: 0n,
  rerunsNlux: 0n,
  rewardNlux: 0n,
  bondBackNlux: 0n,
  upheldNlux: 0n,
  appealsBackNlux: 0n,
};

const OPENED: ChallengeContext = {
  ...initialChallenge,
  challenger: CHALLENGER,
  rerunFeeNlux: LUX / 10n,
  bondNlux: 10n * LUX,
  terms: LOCAL.dispute,
  minimumStakeNlux: 100n * LUX,
  openedAt: 100n,
  openedTime: 1_800_000_000n,
  announcedAt: 100n,
  lapsesAt: 220n,
  defendants: [a(), b()],
  payloadPublished: true,
  round: 1,
  seedRounds: [1_000n, 1_030n, 1_060n],
};

export const record = (state: string, change: Partial<ChallengeContext>): ChallengeRecord => ({
  state,
  context: { ...OPENED, ...change },
});

/** One panel of one seat, and nobody appeals. */
export const BASE = record('final', {
  ending: 'decided',
  deadline: 124n,
  chunkRound: 1_012n,
  seats: [seat(1, 0)],
  defendants: [a(VALID), b(faulty(5n * LUX))],
  slashedNlux: 5n * LUX,
  settlement: {
    ...NOTHING_PAID,
    burnedNlux: 3_400_000_000n,
    rerunsNlux: LUX / 10n,
    rewardNlux: 1_500_000_000n,
    bondBackNlux: 10n * LUX,
  },
});

/** Panels of one, three and seven: the first is appealed, the second is split. */
export const LADDER = record('final', {
  ending: 'lastPanel',
  round: 3,
  deadline: 190n,
  attempt: 1,
  chunkRound: 1_080n,
  named: [0, 3],
  seats: [
    seat(1, 0, SIDES_WITH_B),
    seat(2, 0),
    seat(2, 1, SIDES_WITH_B),
    seat(2, 2, { state: 'withheld', stanceFirst: 'none', stanceSecond: 'none' }),
    ...[0, 1, 2, 3].map((number) => seat(3, number)),
    seat(3, 4, { state: 'unable', stanceFirst: 'none', stanceSecond: 'none' }),
    silent(3, 5),
    seat(3, 6, SIDES_WITH_B),
    seat(3, 4, { attempt: 1, provider: address(0x54), owner: address(0xd4) }),
    silent(3, 5, 1),
  ],
  appeals: [
    {
      round: 1,
      appellant: APPELLANT,
      depositNlux: 600_000_000n,
      findingFirst: 'faulty',
      findingSecond: 'valid',
    },
  ],
  defendants: [a(VALID), b(faulty(20n * LUX))],
  slashedNlux: 20n * LUX,
  settlement: {
    ...NOTHING_PAID,
    burnedNlux: 13_100_000_000n,
    rerunsNlux: 900_000_000n,
    rewardNlux: 6n * LUX,
    bondBackNlux: 10n * LUX,
    appealsBackNlux: 600_000_000n,
  },
});

/** An audit of an attestation that three seats find right: frivolous. */
export const AUDIT = record('final', {
  form: 'audit',
  ending: 'decided',
  deadline: 124n,
  bondNlux: 20n * LUX,
  seedRounds: [1_000n, 1_030n],
  seats: [0, 1, 2].map((number) => seat(1, number, { stanceSecond: 'none' })),
  defendants: [a(VALID)],
  settlement: {
    ...NOTHING_PAID,
    burnedNlux: 9_850_000_000n,
    rerunsNlux: 300_000_000n,
    upheldNlux: 9_850_000_000n,
  },
});

export const EQUIVOCATION = record('final', {
  form: 'equivocation',
  ending: 'equivocation',
  bondNlux: 0n,
  rerunFeeNlux: 0n,
  round: 0,
  deadline: 0n,
  seedRounds: [],
  payloadPublished: false,
  defendants: [a({ finding: 'faulty', verdict: 'faulty', lockNlux: 0n })],
  slashedNlux: 100n * LUX,
  settlement: { ...NOTHING_PAID, burnedNlux: 99n * LUX, rewardNlux: LUX },
});

/** Nobody answers, in any panel nor in any of its commit windows. */
export const ALL_SILENT = record('final', {
  ending: 'lastPanel',
  round: 3,
  deadline: 180n,
  attempt: 2,
  seats: [1, 3, 7].flatMap((size, index) =>
    Array.from({ length: size }, (_, number) =>
      [0, 1, 2].map((attempt) => silent(index + 1, number, attempt)),
    ).flat(),
  ),
  defendants: [
    a({ finding: 'undecided', verdict: 'void' }),
    b({ finding: 'undecided', verdict: 'void' }),
  ],
  settlement: { ...NOTHING_PAID, bondBackNlux: 10n * LUX },
});

/** In the second panel's reveal, after an appeal. */
export const OPEN = record('reveal', {
  round: 2,
  deadline: 152n,
  attempt: 0,
  chunkRound: 1_052n,
  announcedAt: 97n,
  seats: [
    seat(1, 0, SIDES_WITH_B),
    seat(2, 0, { state: 'revealed', stanceFirst: 'none', stanceSecond: 'none' }),
    seat(2, 1, { state: 'committed', stanceFirst: 'none', stanceSecond: 'none' }),
    silent(2, 2),
  ],
  appeals: [
    {
      round: 1,
      appellant: APPELLANT,
      depositNlux: 600_000_000n,
      findingFirst: 'faulty',
      findingSecond: 'valid',
    },
  ],
  defendants: [a({ finding: 'faulty', leastNlux: 5n * LUX }), b({ finding: 'valid' })],
});
