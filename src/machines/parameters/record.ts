import {
  amount,
  hex,
  list,
  optional,
  record,
  u16,
  u64,
  u8,
  type Infer,
} from '../../codec/index.ts';
import { u32 } from '../../codec/index.ts';
import { chainPolicy } from '../tee/policy.ts';

/** The ladder of panels ends with the third (PROTOCOL §6, 7). */
export const MAX_PANELS = 3;
/** A seat is replaced at most twice (PROTOCOL §6, 4); opening prepays a timer for each window. */
export const MAX_COMMIT_WINDOWS = 3;
/** Platform families of one list. */
export const MAX_REFUNDED_FMSPCS = 64;

/** Rules of a dispute; a challenge keeps those of its opening until it is final (PROTOCOL §6). */
export const disputeTerms = record({
  publishBlocks: u64,
  seedBlocks: u64,
  commitBlocks: u64,
  revealBlocks: u64,
  appealBlocks: u64,
  /** How many commit windows a seat may take: the first and its replacements' (PROTOCOL §6, 4). */
  commitWindows: u8,
  blockTimeSeconds: u64,
  /** The seed of a panel is a beacon round at least this long after the moment that fixes it. */
  beaconMarginSeconds: u64,
  /** Seats of each panel of a challenge between two attestations, in order. */
  pairPanels: list(u8, MAX_PANELS),
  auditPanels: list(u8, MAX_PANELS),
  panelOwnersMultiple: u8,
  panelStakeShareBps: u16,
  /** Slash of a wrong result, of base, by the panel that became final. */
  wrongResultBps: list(u16, MAX_PANELS),
  unsubstantiatedBps: u16,
  /** A defendant is slashed as unsubstantiated once in this many blocks. */
  unsubstantiatedOncePerBlocks: u64,
  lockBps: u16,
  /** Of the minimum stake, at once, for a seat that does not commit. */
  noShowBps: u16,
  /** Of the minimum stake, or this many rerun fees if more: commits and does not reveal. */
  seatPenaltyBps: u16,
  seatPenaltyRerunFees: u8,
  challengerShareBps: u16,
  challengerBondMultiple: u8,
  slashBurnBps: u16,
  bondMinimumNlux: amount,
  bondRerunFees: u8,
  /** An appeal's deposit, in costs of the next panel. */
  appealPanels: u8,
  /** For who shows two answers of one provider: at most this, and this share of the slash. */
  equivocationRewardNlux: amount,
  equivocationRewardBps: u16,
  drawnChunks: u8,
});
export type DisputeTerms = Infer<typeof disputeTerms>;

export const gasTerms = record({
  blockGasLimit: u64,
  minimumPriceNlux: amount,
  /** A block wakes no further timer once those before it have used so much. */
  timerGasLimit: u64,
});

/** Rules of TEE reports (PROTOCOL §8). */
export const teeTerms = record({
  /** `tcbEvaluationDataNumber` of the documents that apply. */
  evaluationNumber: u32,
  /** Least notice of any change, so that nobody turns all platforms out of date at once. */
  noticeSeconds: u64,
  /** Longest life of an enclave key. */
  enclaveKeySeconds: u64,
  /** Platform families whose TCB information is stored free of charge. */
  refundedFmspcs: list(hex(6), MAX_REFUNDED_FMSPCS),
  /** So much newer than the stored one a document must be for that. */
  refundAgeSeconds: u64,
  policy: chainPolicy,
});
export type TeeTerms = Infer<typeof teeTerms>;

/** All that governance may change, with notice; everything else is a constant of the protocol. */
export const parameters = record({
  minimumStakeNlux: amount,
  modelDepositNlux: amount,
  profileDepositNlux: amount,
  rerunFeeMaximumNlux: amount,
  windowBlocks: u64,
  unbondingBlocks: u64,
  epochBlocks: u64,
  evidenceAgeBlocks: u64,
  requestExpiryMinimumBlocks: u64,
  requestExpiryMaximumBlocks: u64,
  unjailBlocks: u64,
  /** Two no-shows within this many blocks jail a provider. */
  noShowWindowBlocks: u64,
  noticeBlocks: u64,
  timestampPastSeconds: u64,
  timestampAheadSeconds: u64,
  auditRateBps: u16,
  /** κ of PROTOCOL §5: value pending at most this share of free stake. */
  exposureBps: u16,
  protocolShareBps: u16,
  payloadBytes: u32,
  chunkBytes: u32,
  quoteBytes: u32,
  timersPerBlock: u32,
  gas: gasTerms,
  dispute: disputeTerms,
  tee: teeTerms,
});
export type Parameters = Infer<typeof parameters>;

export const parametersContext = record({
  current: parameters,
  /** The only account that may propose; absent where genesis names none. */
  authority: optional(hex(20)),
  pending: optional(record({ parameters, enactableAt: u64 })),
});
export type ParametersContext = Infer<typeof parametersContext>;
