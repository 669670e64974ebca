import type { Parameters } from '../../machines/parameters/record.ts';
import { MAINNET } from './mainnet.ts';
import { MAINNET_TEE } from './tee.ts';

/**
 * The rules and the money of mainnet with windows of about a twelfth, so that an attestation is
 * final in two hours and stake leaves in ten. The windows in which the beacon has to come stay long
 * enough for it.
 */
export const TESTNET: Parameters = {
  ...MAINNET,
  windowBlocks: 3_600n,
  unbondingBlocks: 18_000n,
  epochBlocks: 600n,
  evidenceAgeBlocks: 9_000n,
  requestExpiryMinimumBlocks: 150n,
  requestExpiryMaximumBlocks: 3_600n,
  unjailBlocks: 150n,
  noShowWindowBlocks: 3_600n,
  noticeBlocks: 10_800n,
  dispute: {
    ...MAINNET.dispute,
    publishBlocks: 900n,
    commitBlocks: 150n,
    revealBlocks: 75n,
    appealBlocks: 900n,
    unsubstantiatedOncePerBlocks: 3_600n,
  },
  tee: { ...MAINNET_TEE, noticeSeconds: 21_600n },
};
