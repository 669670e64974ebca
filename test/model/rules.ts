// The parameters that the model obeys (PROTOCOL §9), and the arithmetic of amounts.

/** Rules of a dispute, as the chain's parameters say them. */
export interface DisputeRules {
  readonly publishBlocks: bigint;
  readonly seedBlocks: bigint;
  readonly commitBlocks: bigint;
  readonly revealBlocks: bigint;
  readonly appealBlocks: bigint;
  readonly commitWindows: number;
  readonly blockTimeSeconds: bigint;
  readonly beaconMarginSeconds: bigint;
  readonly pairPanels: readonly number[];
  readonly auditPanels: readonly number[];
  readonly panelOwnersMultiple: number;
  readonly panelStakeShareBps: number;
  readonly wrongResultBps: readonly number[];
  readonly unsubstantiatedBps: number;
  readonly unsubstantiatedOncePerBlocks: bigint;
  readonly lockBps: number;
  readonly noShowBps: number;
  readonly seatPenaltyBps: number;
  readonly seatPenaltyRerunFees: number;
  readonly challengerShareBps: number;
  readonly challengerBondMultiple: number;
  readonly slashBurnBps: number;
  readonly bondMinimumNlux: bigint;
  readonly bondRerunFees: number;
  readonly appealPanels: number;
  readonly equivocationRewardNlux: bigint;
  readonly equivocationRewardBps: number;
  readonly drawnChunks: number;
}

export interface Rules {
  readonly minimumStakeNlux: bigint;
  readonly modelDepositNlux: bigint;
  readonly profileDepositNlux: bigint;
  readonly rerunFeeMaximumNlux: bigint;
  readonly windowBlocks: bigint;
  readonly unbondingBlocks: bigint;
  readonly epochBlocks: bigint;
  readonly evidenceAgeBlocks: bigint;
  readonly requestExpiryMinimumBlocks: bigint;
  readonly requestExpiryMaximumBlocks: bigint;
  readonly unjailBlocks: bigint;
  readonly noShowWindowBlocks: bigint;
  readonly timestampPastSeconds: bigint;
  readonly timestampAheadSeconds: bigint;
  readonly auditRateBps: number;
  readonly exposureBps: number;
  readonly protocolShareBps: number;
  readonly payloadBytes: number;
  readonly chunkBytes: number;
  readonly timersPerBlock: number;
  readonly dispute: DisputeRules;
}

export const least = (...values: readonly bigint[]): bigint =>
  values.reduce((a, b) => (a < b ? a : b));
export const most = (...values: readonly bigint[]): bigint =>
  values.reduce((a, b) => (a > b ? a : b));
export const total = (values: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
};

export const ceil = (a: bigint, b: bigint): bigint => (a % b === 0n ? a / b : a / b + 1n);
const WHOLE = 10_000n;
export const shareUp = (amount: bigint, bps: number): bigint => ceil(amount * BigInt(bps), WHOLE);
export const shareDown = (amount: bigint, bps: number): bigint => (amount * BigInt(bps)) / WHOLE;

export const count = (panels: readonly number[]): number => panels.reduce((a, b) => a + b, 0);

/** Length of one round (PROTOCOL §6, 1). */
const roundBlocks = (of: DisputeRules): bigint =>
  2n * of.seedBlocks + BigInt(of.commitWindows) * of.commitBlocks + of.revealBlocks;

/** Blocks from the opening to the slot of panel r, from 1 (PROTOCOL §6, 1). */
export const slotBlocks = (of: DisputeRules, r: number): bigint =>
  of.publishBlocks + BigInt(r - 1) * (roundBlocks(of) + of.appealBlocks);

/** `D` (PROTOCOL §9). */
export const longest = (of: DisputeRules): bigint => {
  const rounds = BigInt(Math.max(of.pairPanels.length, of.auditPanels.length));
  return of.publishBlocks + rounds * roundBlocks(of) + (rounds - 1n) * of.appealBlocks;
};

/** What a challenge may ask for is kept so long (docs/protocol.md, Parameters). */
export const retention = (of: Rules): bigint => of.evidenceAgeBlocks + of.epochBlocks;

/** What one ticket of the audit draw owes the pool: the whole ladder of audits, times the rate. */
export const ticketDeposit = (of: Rules, rerunFee: bigint): bigint =>
  shareUp(BigInt(count(of.dispute.auditPanels)) * rerunFee, of.auditRateBps);

export const bondFor = (of: DisputeRules, rerunFee: bigint, isAudit: boolean): bigint =>
  most(of.bondMinimumNlux, BigInt(of.bondRerunFees) * rerunFee) * (isAudit ? 2n : 1n);
