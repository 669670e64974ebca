import { equalBytes } from '../../codec/index.ts';
import { cosineDistance } from './cosine.ts';
import { logprobsDistance } from './logprobs.ts';
import type { Comparator, ComparatorOf } from './record.ts';
import { relativeDistance } from './relative.ts';
import type { Shown } from './shape.ts';
import { hammingDistance } from './tokens.ts';
import { pairsDistance, proofDistance } from './toploc/evidence.ts';
import { INFINITELY_FAR } from './toploc/distance.ts';
import { ulpDistance } from './ulp.ts';

/**
 * Exact distances of two chunks in the order of `thresholdsOf`, in the units that the components
 * are named with, rounded up where the exact one is a fraction.
 */
export type Distance = readonly bigint[];

/** Tokens chosen on the same text, where the comparator asks for their agreement. */
const agreement = (c: ComparatorOf<'logprobs' | 'toploc'>, a: Shown, b: Shown): readonly bigint[] =>
  c.agreement === undefined ? [] : [BigInt(hammingDistance(a.output, b.output))];

const toplocDistance = (
  c: ComparatorOf<'toploc'>,
  a: Shown,
  b: Shown,
  ofEvidence: typeof proofDistance,
): Distance => {
  // Evidence about another number of tokens is about another text.
  const isOneText = a.output.length === b.output.length;
  const { exponents, meanMilli, medianMilli } = isOneText
    ? ofEvidence(c.topK, a.evidence, b.evidence)
    : INFINITELY_FAR;
  return [exponents, meanMilli, medianMilli, ...agreement(c, a, b)];
};

const distance = (
  c: Comparator,
  a: Shown,
  b: Shown,
  ofEvidence: typeof proofDistance,
): Distance => {
  switch (c.type) {
    case 'exact':
      return [equalBytes(a.output, b.output) ? 0n : 1n];
    case 'tokens':
      return [BigInt(hammingDistance(a.output, b.output))];
    case 'ulp':
      return [BigInt(ulpDistance(c, a.output, b.output))];
    case 'relative':
      return [relativeDistance(c, a.output, b.output)];
    case 'cosine':
      return [cosineDistance(c, a.output, b.output)];
    case 'logprobs':
      return [logprobsDistance(c.topK, a.evidence, b.evidence), ...agreement(c, a, b)];
    case 'toploc':
      return toplocDistance(c, a, b, ofEvidence);
  }
};

/** How far a defendant's chunk is from that of a seat; both are well-formed for their roles. */
export const distanceToSeat = (c: Comparator, defendant: Shown, seat: Shown): Distance =>
  distance(c, defendant, seat, proofDistance);

/** How far a seat's chunk is from that of the seat taken as the centre (PROTOCOL §6.2). */
export const distanceOfSeats = (c: Comparator, seat: Shown, centre: Shown): Distance =>
  distance(c, seat, centre, pairsDistance);
