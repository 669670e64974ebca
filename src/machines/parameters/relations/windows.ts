import { MAX_EXPOSURE_EPOCHS } from '../../provider/record.ts';
import type { Parameters } from '../record.ts';
import { leastOpeningBlocks, longestChallengeBlocks, retentionBlocks } from '../schedule.ts';
import type { Relation } from './relation.ts';

/** A window of one block is over before anybody can send what it is for. */
const LEAST_WINDOW_BLOCKS = 2n;

/** W + D: from its inclusion until the last verdict on an attestation. */
const judgedWithin = (p: Parameters): bigint => p.windowBlocks + longestChallengeBlocks(p.dispute);

/** Epochs in which windows of pending attestations can end: those of W, and both ends. */
const exposureEpochs = (p: Parameters): bigint =>
  p.epochBlocks === 0n ? 0n : (p.windowBlocks as bigint) / p.epochBlocks + 2n;

/** From when a seed is moved to the last block of its window: a window ends before its deadline. */
const movedSeedSeconds = ({ dispute }: Parameters): bigint =>
  (dispute.seedBlocks - 1n) * dispute.blockTimeSeconds;

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
    holds: (p) =>
      p.dispute.seedBlocks >= LEAST_WINDOW_BLOCKS &&
      movedSeedSeconds(p) >= p.dispute.beaconMarginSeconds,
    explain: (p) =>
      `less one, times blockTimeSeconds, must be at least beaconMarginSeconds = ` +
      `${p.dispute.beaconMarginSeconds}, with a block to spare, or no seed comes in time`,
  },
  {
    name: 'reveal-window-covers-margin',
    path: 'dispute.revealBlocks',
    holds: (p) =>
      p.dispute.revealBlocks >= LEAST_WINDOW_BLOCKS &&
      namingSeconds(p) >= p.dispute.beaconMarginSeconds,
    explain: (p) =>
      `without its second half, times blockTimeSeconds, must be at least beaconMarginSeconds = ` +
      `${p.dispute.beaconMarginSeconds}, or no round names the chunks in time`,
  },
];
