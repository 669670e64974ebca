import type { Parameters } from '../../machines/parameters/record.ts';
import { MAINNET_TEE } from './tee.ts';
import { DEFAULT_LUX_DECIMALS, nluxPerLux } from '../amount.ts';

const LUX: bigint = nluxPerLux(DEFAULT_LUX_DECIMALS);
/** Blocks of two seconds. */
const DAY = 43_200n;

/**
 * The defaults of PROTOCOL §9, for blocks of 2 s. Where it names no figure: deposits of 1 LUX, a
 * notice of seven days (PROTOCOL §8 asks that much for evaluation numbers), block gas of half the
 * block time at one microsecond a unit, and a gas price at which an attestation costs about a
 * five-thousandth of a LUX.
 */
export const MAINNET: Parameters = {
  minimumStakeNlux: 100n * LUX,
  modelDepositNlux: LUX,
  profileDepositNlux: LUX,
  rerunFeeMaximumNlux: (8n * LUX) / 10n,
  windowBlocks: DAY,
  unbondingBlocks: 7n * DAY,
  epochBlocks: 3_600n,
  evidenceAgeBlocks: DAY + 50_850n,
  requestExpiryMinimumBlocks: 1_800n,
  requestExpiryMaximumBlocks: DAY,
  unjailBlocks: 1_800n,
  noShowWindowBlocks: DAY,
  noticeBlocks: 7n * DAY,
  timestampPastSeconds: 600n,
  timestampAheadSeconds: 30n,
  auditRateBps: 500,
  exposureBps: 30,
  protocolShareBps: 500,
  payloadBytes: 262_144,
  chunkBytes: 16_384,
  quoteBytes: 16_384,
  timersPerBlock: 256,
  gas: { blockGasLimit: 1_000_000n, minimumPriceNlux: 25n, timerGasLimit: 8_000_000n },
  dispute: {
    publishBlocks: 10_800n,
    seedBlocks: 150n,
    commitBlocks: 1_800n,
    revealBlocks: 450n,
    appealBlocks: 10_800n,
    commitWindows: 3,
    blockTimeSeconds: 2n,
    beaconMarginSeconds: 60n,
    pairPanels: [1, 3, 7],
    auditPanels: [3, 7],
    panelOwnersMultiple: 3,
    panelStakeShareBps: 5_000,
    wrongResultBps: [500, 1_000, 2_000],
    unsubstantiatedBps: 2_000,
    unsubstantiatedOncePerBlocks: DAY,
    lockBps: 2_000,
    noShowBps: 100,
    seatPenaltyBps: 200,
    seatPenaltyRerunFees: 2,
    challengerShareBps: 3_000,
    challengerBondMultiple: 3,
    slashBurnBps: 5_000,
    bondMinimumNlux: 10n * LUX,
    bondRerunFees: 12,
    appealPanels: 2,
    equivocationRewardNlux: LUX,
    equivocationRewardBps: 100,
    drawnChunks: 8,
  },
  tee: MAINNET_TEE,
};
