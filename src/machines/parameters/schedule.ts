import type { DisputeTerms, Parameters } from './record.ts';

/** Panels of the longer ladder: how many rounds a challenge may have. */
export const mostRounds = ({ pairPanels, auditPanels }: DisputeTerms): number =>
  Math.max(pairPanels.length, auditPanels.length);

/** Length of one round in blocks: the seed may move once, a seat may be replaced (PROTOCOL §6). */
export const roundBlocks = (terms: DisputeTerms): bigint =>
  2n * terms.seedBlocks + BigInt(terms.commitWindows) * terms.commitBlocks + terms.revealBlocks;

/** What has to be left of a reveal window when its chunks become known: half of it. */
export const leastOpeningBlocks = ({ revealBlocks }: DisputeTerms): bigint =>
  (revealBlocks as bigint) / 2n;

/**
 * `D = publish + R·(2·seed + 3·commit + reveal) + (R−1)·appeal` in blocks, with R the panels of the
 * longer ladder and 3 the commit windows of a seat (PROTOCOL §9): no challenge takes longer.
 */
export const longestChallengeBlocks = (terms: DisputeTerms): bigint => {
  const rounds = BigInt(mostRounds(terms));
  const appeals = rounds > 0n ? rounds - 1n : 0n;
  return terms.publishBlocks + rounds * roundBlocks(terms) + appeals * terms.appealBlocks;
};

/**
 * For how many blocks after its last use whatever a challenge may ask for is kept: versions of
 * stake sets, beacon rounds, retired profiles. Nothing older than the evidence age is judged, and a
 * set is in use until the epoch ends in which it was replaced. The evidence age is at least W + D,
 * and never below the W + D of the parameters before it (`successionRelations`), so this covers
 * challenges that began under other parameters.
 */
export const retentionBlocks = (parameters: Parameters): bigint =>
  parameters.evidenceAgeBlocks + parameters.epochBlocks;
