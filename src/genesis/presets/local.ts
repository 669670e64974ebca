import type { Parameters } from '../../machines/parameters/record.ts';
import { MAINNET } from './mainnet.ts';
import { LOCAL_TEE } from './tee.ts';

/**
 * For one machine: blocks of 1 s and windows of a few blocks, so that a whole challenge takes
 * seconds; the rules and the money of mainnet otherwise, and gas enough for load tests.
 */
export const LOCAL: Parameters = {
  ...MAINNET,
  windowBlocks: 30n,
  unbondingBlocks: 240n,
  epochBlocks: 6n,
  evidenceAgeBlocks: 120n,
  requestExpiryMinimumBlocks: 5n,
  requestExpiryMaximumBlocks: 30n,
  unjailBlocks: 10n,
  noShowWindowBlocks: 30n,
  noticeBlocks: 130n,
  gas: { blockGasLimit: 20_000_000n, minimumPriceNlux: 1n, timerGasLimit: 40_000_000n },
  dispute: {
    ...MAINNET.dispute,
    publishBlocks: 4n,
    seedBlocks: 4n,
    commitBlocks: 4n,
    revealBlocks: 4n,
    appealBlocks: 4n,
    blockTimeSeconds: 1n,
    beaconMarginSeconds: 1n,
    unsubstantiatedOncePerBlocks: 30n,
  },
  tee: LOCAL_TEE,
};
