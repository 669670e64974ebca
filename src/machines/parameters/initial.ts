import type { Parameters, ParametersContext } from './record.ts';

/**
 * What stands before genesis has written the parameters: no chain runs with these (no block has
 * gas), so the record of genesis always differs from it and is part of the state.
 */
const NO_PARAMETERS: Parameters = {
  minimumStakeNlux: 0n,
  modelDepositNlux: 0n,
  profileDepositNlux: 0n,
  rerunFeeMaximumNlux: 0n,
  windowBlocks: 0n,
  unbondingBlocks: 0n,
  epochBlocks: 0n,
  evidenceAgeBlocks: 0n,
  requestExpiryMinimumBlocks: 0n,
  requestExpiryMaximumBlocks: 0n,
  unjailBlocks: 0n,
  noShowWindowBlocks: 0n,
  noticeBlocks: 0n,
  timestampPastSeconds: 0n,
  timestampAheadSeconds: 0n,
  auditRateBps: 0,
  exposureBps: 0,
  protocolShareBps: 0,
  payloadBytes: 0,
  chunkBytes: 0,
  quoteBytes: 0,
  timersPerBlock: 0,
  gas: { blockGasLimit: 0n, minimumPriceNlux: 0n },
  dispute: {
    publishBlocks: 0n,
    seedBlocks: 0n,
    commitBlocks: 0n,
    revealBlocks: 0n,
    appealBlocks: 0n,
    commitWindows: 0,
    blockTimeSeconds: 0n,
    beaconMarginSeconds: 0n,
    pairPanels: [],
    auditPanels: [],
    panelOwnersMultiple: 0,
    panelStakeShareBps: 0,
    wrongResultBps: [],
    unsubstantiatedBps: 0,
    unsubstantiatedOncePerBlocks: 0n,
    lockBps: 0,
    noShowBps: 0,
    seatPenaltyBps: 0,
    seatPenaltyRerunFees: 0,
    challengerShareBps: 0,
    challengerBondMultiple: 0,
    slashBurnBps: 0,
    bondMinimumNlux: 0n,
    bondRerunFees: 0,
    drawnChunks: 0,
  },
};

export const initialParameters: ParametersContext = {
  current: NO_PARAMETERS,
  authority: undefined,
  pending: undefined,
};
