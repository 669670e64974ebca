import { amount, blob, bool, hex, list, literalEnum, optional } from '../../codec/index.ts';
import { record, rows, u16, u32, u64, u8, type Infer } from '../../codec/index.ts';
import { MAX_CHUNK_BYTES } from '../../codec/index.ts';
import { VERDICTS } from '../attestation/record.ts';
import { comparator } from '../comparators/record.ts';
import { collection } from '../kit/collection.ts';
import { initialParameters } from '../parameters/initial.ts';
import { disputeTerms, MAX_PANELS } from '../parameters/record.ts';
import { EMPTY_SET, stakeSet } from '../profile/record.ts';

/**
 * What a challenge is about (PROTOCOL §6): two attestations of one claim, one that the challenger
 * says is wrong, one that the beacon has chosen, or two signed answers of one provider.
 */
export const CHALLENGE_FORMS = ['pair', 'audit', 'protocolAudit', 'equivocation'] as const;
export type ChallengeForm = (typeof CHALLENGE_FORMS)[number];

/** Defendants of a pair. */
export const MAX_DEFENDANTS = 2;
/** Seats of the ladder 1, 3, 7, each with two replacements. */
export const MAX_SEATS = 33;
/** Owners left out of every draw: parties of two attestations, creator, model owner, challenger. */
export const MAX_EXCLUDED = 16;
/** Chunks that one message may name: of the challenger, or of who appeals (PROTOCOL §7). */
export const MAX_NAMED_CHUNKS = 4;
/** Named by the opening and by who takes it over; each appeal adds its own. */
export const MAX_NAMED_AT_FIRST = 2 * MAX_NAMED_CHUNKS;
const MAX_NAMED = MAX_NAMED_AT_FIRST + (MAX_PANELS - 1) * MAX_NAMED_CHUNKS;

const NO_HASH = '0'.repeat(64);

/** What a panel found of one defendant; `unsubstantiated` is found without one. */
export const FINDINGS = ['none', 'valid', 'faulty', 'undecided', 'unsubstantiated'] as const;
export type Finding = (typeof FINDINGS)[number];
const finding = literalEnum(FINDINGS);

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
  /** Has it shown what the comparator asks for before a panel sits: its output, if that is text? */
  substantiated: bool,
  /** Chunks of its trees; 0 until it has shown any. */
  leaves: u32,
  /** The chunks it has opened in this round, as a bit mask over those that it has to. */
  opened: u64,
  /** By the last panel that sat. */
  finding,
  verdict: literalEnum(VERDICTS),
  /** Slash of a result that the panel found wrong, whatever else the verdict is. */
  leastNlux: amount,
};
const defendants = rows(defendantFields, MAX_DEFENDANTS);
export type Defendant = Infer<typeof defendants>[number];

/**
 * `drawn` waits; `committed` and `revealed` have answered so far; `answered` has shown everything
 * and is paid; `unable`, `silent` and `withheld` have not.
 */
export const SEAT_STATES = [
  'drawn',
  'unable',
  'committed',
  'revealed',
  'answered',
  'silent',
  'withheld',
] as const;

/** How a seat stood to a defendant when its panel was judged. */
export const STANCES = ['none', 'supports', 'rejects', 'abstains'] as const;
const stance = literalEnum(STANCES);

/** One who re-runs. A replaced seat stays in the list as `silent` or `unable`. */
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
  opened: u64,
  /** Distance from each defendant over the chunks compared so far (`marks.ts`). */
  marksFirst: u8,
  marksSecond: u8,
  /** Seats of its panel that it is not near, as bit masks: on the tokens of each defendant. */
  apartFirst: u16,
  apartSecond: u16,
  /** Those among them of which some chunk lies beyond `τ_hi` from its own. */
  remoteFirst: u16,
  remoteSecond: u16,
  stanceFirst: stance,
  stanceSecond: stance,
  /** Rejected a defendant that is faulty, and yet was far from all of those who decided that. */
  stray: bool,
};
const seats = rows(seatFields, MAX_SEATS);
export type Seat = Infer<typeof seats>[number];

/** One panel more, asked for by anyone who paid for it. */
const appeals = rows(
  {
    /** The round whose verdict is appealed. */
    round: u8,
    appellant: hex(20),
    depositNlux: amount,
    /** What that round had found. */
    findingFirst: finding,
    findingSecond: finding,
  },
  MAX_PANELS,
);
export type Appeal = Infer<typeof appeals>[number];

/** Which rule ended a challenge. */
export const ENDINGS = [
  'open',
  'payloadMissing',
  'outputsMissing',
  'decided',
  'lastPanel',
  'panelCannotSit',
  'seedMissing',
  'lapsed',
  'equivocation',
] as const;
export type Ending = (typeof ENDINGS)[number];

/** Where the money of a challenge went; its sum is slashes, bond and deposits (PROTOCOL §6.3). */
const settlement = record({
  burnedNlux: amount,
  /** To all seats that answered, together. */
  rerunsNlux: amount,
  rewardNlux: amount,
  /** Of the bond, back to who brought it. */
  bondBackNlux: amount,
  /** To defendants that were challenged or appealed against without cause. */
  upheldNlux: amount,
  appealsBackNlux: amount,
});
export type Settlement = Infer<typeof settlement>;

export const challengeContext = record({
  form: literalEnum(CHALLENGE_FORMS),
  /** Zeros in an audit that the beacon chose. */
  challenger: hex(20),
  modelId: hex(32),
  profileHash: hex(32),
  payloadHash: hex(32),
  comparator,
  rerunFeeNlux: amount,
  bondNlux: amount,
  /** The rules of its opening: nothing that changes later touches it. */
  terms: disputeTerms,
  minimumStakeNlux: amount,
  openedAt: u64,
  openedTime: u64,
  /** Height of the earliest announcement of it that was shown; `openedAt` without one. */
  announcedAt: u64,
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
  /** Chunks named so far; each panel compares them besides those drawn. */
  named: list(u32, MAX_NAMED),
  payloadPublished: bool,
  /** The panel in hand, from 1. */
  round: u8,
  /** First height that is no longer in the present state's window. */
  deadline: u64,
  /** Beacon rounds that seed the panels, fixed at opening; the present one moved once at most. */
  seedRounds: list(u64, MAX_PANELS),
  seedMoved: bool,
  /** Randomness of that round; zeros before. */
  beacon: hex(32),
  /** Commit window of this panel, from 0. */
  attempt: u8,
  /** Beacon round that names the chunks; 0 before the last commit window has ended. */
  chunkRound: u64,
  seats,
  appeals,
  /** Slashes that have been asked for and not come in. */
  awaiting: u8,
  slashedNlux: amount,
  /** Part of the slash that earns the challenger no reward: unsubstantiated defendants'. */
  unrewardedNlux: amount,
  ending: literalEnum(ENDINGS),
  settlement: optional(settlement),
});
export type ChallengeContext = Infer<typeof challengeContext>;

const NOBODY = '0'.repeat(40);

export const initialChallenge: ChallengeContext = {
  form: 'pair',
  challenger: NOBODY,
  modelId: NO_HASH,
  profileHash: NO_HASH,
  payloadHash: NO_HASH,
  comparator: { type: 'exact' },
  rerunFeeNlux: 0n,
  bondNlux: 0n,
  terms: initialParameters.current.dispute,
  minimumStakeNlux: 0n,
  openedAt: 0n,
  openedTime: 0n,
  announcedAt: 0n,
  lapsesAt: 0n,
  payloadBytes: 0,
  chunkBytes: 0,
  eligible: EMPTY_SET,
  excluded: [],
  defendants: [],
  named: [],
  payloadPublished: false,
  round: 0,
  deadline: 0n,
  seedRounds: [],
  seedMoved: false,
  beacon: NO_HASH,
  attempt: 0,
  chunkRound: 0n,
  seats: [],
  appeals: [],
  awaiting: 0,
  slashedNlux: 0n,
  unrewardedNlux: 0n,
  ending: 'open',
  settlement: undefined,
};

/**
 * Chunks opened in the present round, as long as they are compared: by party (0 and 1 are the
 * defendants, 2 and up the seats) and place (u32) in what is compared.
 */
export const openedChunks = collection({
  kind: 'challenge',
  name: 'openedChunks',
  code: 1,
  keyBytes: 5,
  value: record({
    output: blob(MAX_CHUNK_BYTES),
    /** Empty where the evidence is the output itself. */
    evidence: blob(MAX_CHUNK_BYTES),
  }),
});
