// Everything there is, in plain objects.
import type { Comparator, Specification } from './specification.ts';
import type { DisputeRules } from './rules.ts';

export interface Account {
  balance: bigint;
  nonce: bigint;
}

interface ModelRecord {
  state: 'active' | 'deprecated';
  owner: string;
  weightHash: string;
  teeRequired: boolean;
  name: string;
  version: bigint;
  architecture: string;
  paramCount: bigint;
  license: string;
  registeredAt: bigint;
  offeredTo: string | undefined;
  depositNlux: bigint;
}

/** One of whom panels are drawn. */
export interface Member {
  readonly owner: string;
  readonly provider: string;
  readonly weight: bigint;
}

export interface Profile {
  state: 'active' | 'retired';
  specification: Specification;
  creator: string;
  registeredAt: bigint;
  depositNlux: bigint;
  retiredAt: bigint;
  /** Who served it, and with how much, when the present epoch began. */
  boundary: readonly Member[];
  /** Height of the last change of the set. */
  changedAt: bigint;
}

interface Place {
  profileHash: string;
  joinedAt: bigint;
  leavesAt: bigint;
  declinedAt: bigint;
}

export interface Provider {
  state: 'inactive' | 'active' | 'jailed' | 'unbonding' | 'exited' | 'tombstoned';
  owner: string;
  registeredAt: bigint;
  keys: { address: string; from: bigint; until: bigint }[];
  endpoint: string;
  served: Place[];
  freeNlux: bigint;
  lockedNlux: bigint;
  lots: { height: bigint; amountNlux: bigint }[];
  debtNlux: bigint;
  openChallenges: number;
  exposure: { epoch: bigint; valueNlux: bigint }[];
  lastNoShowAt: bigint;
  noShows: number;
  jailedUntil: bigint;
  unsubstantiatedAt: bigint;
  tombstonedAt: bigint;
}

export interface Request {
  state: 'open' | 'fulfilled' | 'settled' | 'refunded';
  requester: string;
  provider: string;
  modelId: string;
  profileHash: string;
  payloadHash: string;
  feeNlux: bigint;
  declaredValueNlux: bigint;
  enforceable: boolean;
  openedAt: bigint;
  expiresAt: bigint;
  attestation: string;
}

export type Verdict = 'none' | 'valid' | 'faulty' | 'unsubstantiated' | 'void';
export type Finding = 'none' | 'valid' | 'faulty' | 'undecided' | 'unsubstantiated';

export interface Attestation {
  state: 'pending' | 'disputed' | 'final' | 'faulty' | 'void';
  attestationId: string;
  provider: string;
  modelId: string;
  profileHash: string;
  payloadHash: string;
  outputHash: string;
  evidenceRoot: string;
  requestId: string;
  requester: string;
  timestamp: bigint;
  teeReportHash: string;
  height: bigint;
  windowEnd: bigint;
  includedAt: bigint;
  enforceable: boolean;
  declaredValueNlux: bigint;
  baseNlux: bigint;
  escrowNlux: bigint;
  requesterNlux: bigint;
  auditDepositNlux: bigint;
  challengeId: string;
  verdict: Verdict;
  payers: Map<string, { amountNlux: bigint; paidAt: bigint }>;
}

interface Announcement {
  announcer: string;
  height: bigint;
}

export interface Defendant {
  attestation: string;
  provider: string;
  owner: string;
  outputHash: string;
  evidenceRoot: string;
  height: bigint;
  baseNlux: bigint;
  lockNlux: bigint;
  substantiated: boolean;
  leaves: number;
  opened: bigint;
  finding: Finding;
  verdict: Verdict;
  leastNlux: bigint;
}

export type Stance = 'none' | 'supports' | 'rejects' | 'abstains';
type SeatState = 'drawn' | 'unable' | 'committed' | 'revealed' | 'answered' | 'silent' | 'withheld';

export interface Seat {
  round: number;
  seat: number;
  attempt: number;
  provider: string;
  owner: string;
  state: SeatState;
  commitment: string;
  outputHash: string;
  evidenceRoot: string;
  leaves: number;
  opened: bigint;
  /** How far it is from each defendant, by what has been opened. */
  marks: number[];
  /** Seats of its panel that it is not near. */
  apart: number[];
  /** Those of them that it is far from. */
  remote: number[];
  stances: Stance[];
  stray: boolean;
}

export interface Appeal {
  round: number;
  appellant: string;
  depositNlux: bigint;
  findings: readonly Finding[];
}

export type Form = 'pair' | 'audit' | 'protocolAudit' | 'equivocation';
type ChallengeState =
  | 'publish'
  | 'awaitSeed'
  | 'commit'
  | 'reveal'
  | 'decided'
  | 'appealed'
  | 'final';

interface Settlement {
  burnedNlux: bigint;
  rerunsNlux: bigint;
  rewardNlux: bigint;
  bondBackNlux: bigint;
  upheldNlux: bigint;
  appealsBackNlux: bigint;
}

export interface Challenge {
  state: ChallengeState;
  form: Form;
  challenger: string;
  modelId: string;
  profileHash: string;
  payloadHash: string;
  comparator: Comparator;
  rerunFeeNlux: bigint;
  bondNlux: bigint;
  terms: DisputeRules;
  minimumStakeNlux: bigint;
  openedAt: bigint;
  openedTime: bigint;
  announcedAt: bigint;
  lapsesAt: bigint;
  payloadBytes: number;
  chunkBytes: number;
  eligible: readonly Member[];
  excluded: string[];
  defendants: Defendant[];
  named: number[];
  payloadPublished: boolean;
  round: number;
  deadline: bigint;
  seedRounds: bigint[];
  seedMoved: boolean;
  beacon: string;
  attempt: number;
  chunkRound: bigint;
  seats: Seat[];
  appeals: Appeal[];
  slashedNlux: bigint;
  unrewardedNlux: bigint;
  ending: string;
  settlement: Settlement | undefined;
  /** Chunks of the present round by party and place, where they are compared with one another. */
  shown: Map<string, Uint8Array>;
}

export interface State {
  height: bigint;
  time: bigint;
  accounts: Map<string, Account>;
  models: Map<string, ModelRecord>;
  profiles: Map<string, Profile>;
  providers: Map<string, Provider>;
  requests: Map<string, Request>;
  attestations: Map<string, Attestation>;
  announcements: Map<string, Announcement>;
  challenges: Map<string, Challenge>;
  treasury: bigint;
  auditPool: bigint;
  burned: bigint;
  rounds: Map<bigint, { readonly randomness: string; readonly height: bigint }>;
  /** Rounds in the order in which they came. */
  submitted: { round: bigint; height: bigint }[];
  submittedCount: bigint;
  latestRound: bigint;
  submittedAt: bigint;
  parents: { height: bigint; blockId: string; time: bigint }[];
}
