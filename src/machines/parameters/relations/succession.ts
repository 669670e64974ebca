import type { Parameters } from '../record.ts';
import { longestChallengeBlocks } from '../schedule.ts';

/** A condition on a change: what began under the parameters in force must be able to end. */
export interface SuccessionRelation {
  readonly name: string;
  readonly path: string;
  readonly holds: (current: Parameters, next: Parameters) => boolean;
  readonly explain: (current: Parameters) => string;
}

const judgedWithin = (p: Parameters): bigint => p.windowBlocks + longestChallengeBlocks(p.dispute);

/**
 * PROTOCOL §6: a challenge keeps the terms of its opening. An attestation and a challenge of the
 * parameters in force may last W + D of these, so what they rest on (stake that unbonds, sets,
 * rounds) has to be kept as long after a change, which the evidence age stands for: unbonding is
 * longer and the notice of the next change is at least as long. Windows shrink in two steps: first
 * W and D, later the evidence age.
 */
export const successionRelations: readonly SuccessionRelation[] = [
  {
    name: 'evidence-covers-predecessor',
    path: 'evidenceAgeBlocks',
    holds: (current, next) => next.evidenceAgeBlocks >= judgedWithin(current),
    explain: (current) =>
      `must be at least W + D of the parameters in force, ${judgedWithin(current)}: shorten ` +
      'windows first and the evidence age with a later change',
  },
  {
    name: 'epoch-fixed',
    path: 'epochBlocks',
    holds: (current, next) => next.epochBlocks === current.epochBlocks,
    explain: (current) =>
      `must stay ${current.epochBlocks}: stake sets and exposure are counted by epoch numbers`,
  },
  {
    name: 'chunk-size-fixed',
    path: 'chunkBytes',
    holds: (current, next) => next.chunkBytes === current.chunkBytes,
    explain: (current) =>
      `must stay ${current.chunkBytes}: outputs that are compared exactly are cut by it, and cut ` +
      'otherwise they have another root',
  },
  {
    name: 'payload-size-stays',
    path: 'payloadBytes',
    holds: (current, next) => next.payloadBytes >= current.payloadBytes,
    explain: (current) =>
      `must be at least ${current.payloadBytes}, or what is attested could not be published`,
  },
  {
    name: 'beacon-margin-fixed',
    path: 'dispute.beaconMarginSeconds',
    holds: (current, next) =>
      next.dispute.beaconMarginSeconds === current.dispute.beaconMarginSeconds,
    explain: (current) =>
      `must stay ${current.dispute.beaconMarginSeconds}: audits of what is paid for already are ` +
      'drawn by the round that it names',
  },
  {
    name: 'drawn-chunks-stay',
    path: 'dispute.drawnChunks',
    holds: (current, next) => next.dispute.drawnChunks >= current.dispute.drawnChunks,
    explain: (current) =>
      `must be at least ${current.dispute.drawnChunks}: a profile may ask for as many drawn ` +
      'chunks to fail, and with fewer drawn it would convict nobody',
  },
  {
    name: 'tee-notice-stays',
    path: 'tee.noticeSeconds',
    holds: (current, next) => next.tee.noticeSeconds >= current.tee.noticeSeconds,
    explain: (current) =>
      `must be at least ${current.tee.noticeSeconds}: platforms rely on that much notice`,
  },
];
