import { amount, bool, hex, list, literalEnum, record, rows } from '../../codec/index.ts';
import { u16, u32, u64, u8, type Infer } from '../../codec/index.ts';
import { VERDICTS } from '../attestation/record.ts';
import { initialParameters } from '../parameters/initial.ts';
import { disputeTerms } from '../parameters/record.ts';
import { EMPTY_SET, stakeSet } from '../profile/record.ts';

/** What a challenge is about (PROTOCOL §6). */
export const CHALLENGE_FORMS = ['pair'] as const;

/** Defendants of a pair. */
export const MAX_DEFENDANTS = 2;
/** Seats of the ladder 1, 3, 7, each with two replacements. */
export const MAX_SEATS = 33;
/** Owners left out of every draw: parties of two attestations, creator, model owner, challenger. */
export const MAX_EXCLUDED = 16;

const NO_HASH = '0'.repeat(64);

/** One who is judged: an attestation and what stands behind it. */
const defendantFields = {
  attestation: hex(32),
  provider: hex(20),
  owner: hex(20),
  outputHash: hex(32),
  evidenceRoot: hex(32),
  /** Height of the attestation: later unbonding is liable for it. */
  height: u64,
  baseNlux: amount,
  /** What the provider could lock, at most the share of base that the terms ask. */
  lockNlux: amount,
  /** Shape of its tree and, as a bit mask, the drawn chunks that it has opened (PROTOCOL §6, 5). */
  leaves: u32,
  opened: u16,
  verdict: literalEnum(VERDICTS),
  /** Slash of a result that the panel found wrong, whatever else the verdict is. */
  leastNlux: amount,
};
const defendants = rows(defendantFields, MAX_DEFENDANTS);
export type Defendant = Infer<typeof defendants>[number];

export const SEAT_STATES = ['drawn', 'committed', 'revealed', 'silent', 'withheld'] as const;

/** One who re-runs. A replaced seat stays in the list as `silent`. */
const seatFields = {
  round: u8,
  seat: u8,
  /** 0 for the first draw, then one more for each replacement. */
  attempt: u8,
  provider: hex(20),
  owner: hex(20),
  state: literalEnum(SEAT_STATES),
  commitment: hex(32),
  outputHash: hex(32),
  evidenceRoot: hex(32),
  leaves: u32,
  opened: u16,
};
const seats = rows(seatFields, MAX_SEATS);
export type Seat = Infer<typeof seats>[number];

export const challengeContext = record({
  form: literalEnum(CHALLENGE_FORMS),
  challenger: hex(20),
  modelId: hex(32),
  profileHash: hex(32),
  payloadHash: hex(32),
  rerunFeeNlux: amount,
  bondNlux: amount,
  /** The rules of its opening: nothing that changes later touches it. */
  terms: disputeTerms,
  minimumStakeNlux: amount,
  openedAt: u64,
  openedTime: u64,
  /** From here on nothing it would draw from is kept: its next timer ends it. */
  lapsesAt: u64,
  /** Limits of its opening; the largest payload and chunk that its parties may have used. */
  payloadBytes: u32,
  chunkBytes: u32,
  /** Those who served the profile at the last epoch boundary before it opened. */
  eligible: stakeSet,
  /** Owners who never get a seat. */
  excluded: list(hex(20), MAX_EXCLUDED),
  defendants,
  payloadPublished: bool,
  /** The panel in hand, from 1. */
  round: u8,
  /** First height that is no longer in the present state's window. */
  deadline: u64,
  /** Beacon round that seeds the panel, fixed at opening; moved once at most. */
  seedRound: u64,
  seedMoved: bool,
  /** Randomness of that round; zeros before. */
  beacon: hex(32),
  /** Commit window of this panel, from 0. */
  attempt: u8,
  /** Beacon round that names the chunks; 0 before the last commit window has ended. */
  chunkRound: u64,
  seats,
  /** Slashes that have been asked for and not come in. */
  awaiting: u8,
  slashedNlux: amount,
  /** Part of the slash that earns the challenger no reward: unsubstantiated defendants'. */
  unrewardedNlux: amount,
});
export type ChallengeContext = Infer<typeof challengeContext>;

const NOBODY = '0'.repeat(40);

export const initialChallenge: ChallengeContext = {
  form: 'pair',
  challenger: NOBODY,
  modelId: NO_HASH,
  profileHash: NO_HASH,
  payloadHash: NO_HASH,
  rerunFeeNlux: 0n,
  bondNlux: 0n,
  terms: initialParameters.current.dispute,
  minimumStakeNlux: 0n,
  openedAt: 0n,
  openedTime: 0n,
  lapsesAt: 0n,
  payloadBytes: 0,
  chunkBytes: 0,
  eligible: EMPTY_SET,
  excluded: [],
  defendants: [],
  payloadPublished: false,
  round: 0,
  deadline: 0n,
  seedRound: 0n,
  seedMoved: false,
  beacon: NO_HASH,
  attempt: 0,
  chunkRound: 0n,
  seats: [],
  awaiting: 0,
  slashedNlux: 0n,
  unrewardedNlux: 0n,
};
