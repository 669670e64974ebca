import { MAX_EXPOSURE_EPOCHS } from '../../provider/record.ts';
import type { Parameters } from '../record.ts';
import { leastOpeningBlocks, longestChallengeBlocks, retentionBlocks } from '../schedule.ts';
import type { Relation } from './relation.ts';

/** W + D: from its inclusion until the last verdict on an attestation. */
const judgedWithin = (p: Parameters): bigint => p.windowBlocks + longestChallengeBlocks(p.dispute);

/** Epochs in which windows of pending attestations can end: those of W, and both ends. */
const exposureEpochs = (p: Parameters): bigint =>
  p.epochBlocks === 0n ? 0n : (p.windowBlocks as bigint) / p.epochBlocks + 2n;

const seedSeconds = (p: Parameters): bigint => p.dispute.seedBlocks * p.dispute.blockTimeSeconds;

/** In which the round that names the chunks has to come. */
const namingSeconds = ({ dispute }: Parameters): bigint =>
  (dispute.revealBlocks - leastOpeningBlocks(dispute)) * dispute.blockTimeSeconds;

/** How windows must contain one another (PROTOCOL §9; I38). */
export const windowRelations: readonly Relation[] = [
  {
    name: 'unbonding-covers-judgement',
    path: 'unbondingBlocks',
    holds: (p) => p.unbondingBlocks >= 2n * judgedWithin(p),
    explain: (p) => `must be at least 2(W + D) = ${2n * judgedWithin(p)}, or stake leaves unjudged`,
  },
  {
    name: 'evidence-covers-judgement',
    path: 'evidenceAgeBlocks',
    holds: (p) => p.evidenceAgeBlocks >= judgedWithin(p),
    explain: (p) => `must be at least W + D = ${judgedWithin(p)}`,
  },
  {
    name: 'evidence-within-unbonding',
    path: 'evidenceAgeBlocks',
    holds: (p) => p.evidenceAgeBlocks < p.unbondingBlocks,
    explain: (p) => `must be below unbondingBlocks = ${p.unbondingBlocks}`,
  },
  {
    name: 'notice-covers-retention',
    path: 'noticeBlocks',
    holds: (p) => p.noticeBlocks >= retentionBlocks(p),
    explain: (p) =>
      `must be at least evidenceAgeBlocks + epochBlocks = ${retentionBlocks(p)}, ` +
      'or two changes overtake an open challenge',
  },
  {
    name: 'exposure-fits-buckets',
    path: 'epochBlocks',
    holds: (p) => exposureEpochs(p) <= BigInt(MAX_EXPOSURE_EPOCHS),
    explain: (p) =>
      `is too short: windowBlocks spans ${exposureEpochs(p)} epochs and ` +
      `a provider keeps ${MAX_EXPOSURE_EPOCHS}`,
  },
  {
    name: 'expiry-range',
    path: 'requestExpiryMaximumBlocks',
    holds: (p) => p.requestExpiryMaximumBlocks >= p.requestExpiryMinimumBlocks,
    explain: (p) => `must be at least requestExpiryMinimumBlocks = ${p.requestExpiryMinimumBlocks}`,
  },
  {
    name: 'seed-window-covers-margin',
    path: 'dispute.seedBlocks',
    holds: (p) => seedSeconds(p) > p.dispute.beaconMarginSeconds,
    explain: (p) =>
      `times blockTimeSeconds must be above beaconMarginSeconds = ` +
      `${p.dispute.beaconMarginSeconds}, or no seed comes in time`,
  },
  {
    name: 'reveal-window-covers-margin',
    path: 'dispute.revealBlocks',
    holds: (p) => namingSeconds(p) >= p.dispute.beaconMarginSeconds,
    explain: (p) =>
      `without its second half, times blockTimeSeconds, must be at least beaconMarginSeconds = ` +
      `${p.dispute.beaconMarginSeconds}, or no round names the chunks in time`,
  },
];
