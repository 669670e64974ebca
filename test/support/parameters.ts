import { MAINNET } from '../../src/genesis/presets/mainnet.ts';
import { LOCAL_TEE } from '../../src/genesis/presets/tee.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';

export const LUX = 1_000_000_000n;

/**
 * The rules of PROTOCOL §9 with windows of a few blocks, so that a life fits into a test, and one
 * panel of one seat for pairs: the base protocol.
 */
export const SHORT: Parameters = {
  ...MAINNET,
  windowBlocks: 20n,
  unbondingBlocks: 200n,
  epochBlocks: 5n,
  evidenceAgeBlocks: 100n,
  requestExpiryMinimumBlocks: 2n,
  requestExpiryMaximumBlocks: 40n,
  unjailBlocks: 5n,
  noShowWindowBlocks: 100n,
  noticeBlocks: 110n,
  timersPerBlock: 64,
  tee: { ...LOCAL_TEE, noticeSeconds: 20n },
  gas: { blockGasLimit: 100_000_000n, minimumPriceNlux: 1n, timerGasLimit: 100_000_000n },
  dispute: {
    ...MAINNET.dispute,
    publishBlocks: 4n,
    seedBlocks: 3n,
    commitBlocks: 5n,
    revealBlocks: 10n,
    appealBlocks: 2n,
    beaconMarginSeconds: 2n,
    unsubstantiatedOncePerBlocks: 20n,
    pairPanels: [1],
  },
};

/** The same with the ladders of mainnet: panels of 1, 3 and 7 seats, and appeals. */
export const LADDER: Parameters = {
  ...SHORT,
  unbondingBlocks: 400n,
  evidenceAgeBlocks: 180n,
  noticeBlocks: 200n,
  dispute: { ...SHORT.dispute, pairPanels: MAINNET.dispute.pairPanels },
};
