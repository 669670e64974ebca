import { MAX_PANELS, type Parameters } from '../record.ts';
import { field, type NumberField } from './relation.ts';

/** Durations that must not be 0: a window of no length shuts out whoever needs it. */
export const POSITIVE_DURATIONS: readonly NumberField[] = [
  field('windowBlocks', (p) => p.windowBlocks),
  field('unbondingBlocks', (p) => p.unbondingBlocks),
  field('epochBlocks', (p) => p.epochBlocks),
  field('evidenceAgeBlocks', (p) => p.evidenceAgeBlocks),
  field('requestExpiryMinimumBlocks', (p) => p.requestExpiryMinimumBlocks),
  field('unjailBlocks', (p) => p.unjailBlocks),
  field('noShowWindowBlocks', (p) => p.noShowWindowBlocks),
  field('noticeBlocks', (p) => p.noticeBlocks),
  field('timestampPastSeconds', (p) => p.timestampPastSeconds),
  field('dispute.publishBlocks', (p) => p.dispute.publishBlocks),
  field('dispute.seedBlocks', (p) => p.dispute.seedBlocks),
  field('dispute.commitBlocks', (p) => p.dispute.commitBlocks),
  field('dispute.revealBlocks', (p) => p.dispute.revealBlocks),
  field('dispute.appealBlocks', (p) => p.dispute.appealBlocks),
  field('dispute.blockTimeSeconds', (p) => p.dispute.blockTimeSeconds),
  field('dispute.beaconMarginSeconds', (p) => p.dispute.beaconMarginSeconds),
  field('dispute.unsubstantiatedOncePerBlocks', (p) => p.dispute.unsubstantiatedOncePerBlocks),
  field('tee.enclaveKeySeconds', (p) => p.tee.enclaveKeySeconds),
];

export const DURATIONS: readonly NumberField[] = [
  ...POSITIVE_DURATIONS,
  field('requestExpiryMaximumBlocks', (p) => p.requestExpiryMaximumBlocks),
  field('timestampAheadSeconds', (p) => p.timestampAheadSeconds),
  field('tee.noticeSeconds', (p) => p.tee.noticeSeconds),
  field('tee.refundAgeSeconds', (p) => p.tee.refundAgeSeconds),
];

/** Counts of which at least one is needed. */
export const POSITIVE_COUNTS: readonly NumberField[] = [
  field('timersPerBlock', (p) => p.timersPerBlock),
  field('payloadBytes', (p) => p.payloadBytes),
  field('chunkBytes', (p) => p.chunkBytes),
  field('dispute.commitWindows', (p) => p.dispute.commitWindows),
  field('dispute.panelOwnersMultiple', (p) => p.dispute.panelOwnersMultiple),
  field('dispute.drawnChunks', (p) => p.dispute.drawnChunks),
];

const rateAt = (index: number): NumberField['of'] => {
  return (p: Parameters) => p.dispute.wrongResultBps[index] ?? 0;
};

/** Shares in basis points. */
export const SHARES: readonly NumberField[] = [
  field('auditRateBps', (p) => p.auditRateBps),
  field('exposureBps', (p) => p.exposureBps),
  field('protocolShareBps', (p) => p.protocolShareBps),
  field('dispute.panelStakeShareBps', (p) => p.dispute.panelStakeShareBps),
  ...Array.from({ length: MAX_PANELS }, (_, index) =>
    field(`dispute.wrongResultBps[${index}]`, rateAt(index)),
  ),
  field('dispute.unsubstantiatedBps', (p) => p.dispute.unsubstantiatedBps),
  field('dispute.lockBps', (p) => p.dispute.lockBps),
  field('dispute.noShowBps', (p) => p.dispute.noShowBps),
  field('dispute.seatPenaltyBps', (p) => p.dispute.seatPenaltyBps),
  field('dispute.challengerShareBps', (p) => p.dispute.challengerShareBps),
  field('dispute.slashBurnBps', (p) => p.dispute.slashBurnBps),
  field('dispute.equivocationRewardBps', (p) => p.dispute.equivocationRewardBps),
];

export const AMOUNTS: readonly NumberField[] = [
  field('minimumStakeNlux', (p) => p.minimumStakeNlux),
  field('modelDepositNlux', (p) => p.modelDepositNlux),
  field('profileDepositNlux', (p) => p.profileDepositNlux),
  field('rerunFeeMaximumNlux', (p) => p.rerunFeeMaximumNlux),
  field('gas.minimumPriceNlux', (p) => p.gas.minimumPriceNlux),
  field('dispute.bondMinimumNlux', (p) => p.dispute.bondMinimumNlux),
  field('dispute.equivocationRewardNlux', (p) => p.dispute.equivocationRewardNlux),
];

/** Amounts on which a deterrent rests. */
export const POSITIVE_AMOUNTS: readonly NumberField[] = AMOUNTS.filter(({ path }) =>
  ['minimumStakeNlux', 'rerunFeeMaximumNlux', 'dispute.bondMinimumNlux'].includes(path),
);
