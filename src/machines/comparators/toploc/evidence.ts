import { PAIR_BYTES, proofBytes } from '../limits.ts';
import { farthest, INFINITELY_FAR, NO_DISTANCE, windowDistance } from './distance.ts';
import type { ToplocDistance } from './distance.ts';
import { injectiveModulus } from './modulus.ts';
import { decodePairs, isSorted, type Pairs } from './pairs.ts';
import { decodeProof, polynomialThrough, type Polynomial } from './polynomial.ts';

const windows = (evidence: Uint8Array, width: number): readonly Uint8Array[] => {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < evidence.length; start += width) {
    parts.push(evidence.subarray(start, start + width));
  }
  return parts;
};

/** Proofs of a chunk, one for each window of 32 tokens: nothing where one is out of range. */
const proofsIn = (evidence: Uint8Array, topK: number): readonly (Polynomial | undefined)[] =>
  windows(evidence, proofBytes(topK)).map(decodeProof);

const pairsIn = (evidence: Uint8Array, topK: number): readonly Pairs[] =>
  windows(evidence, PAIR_BYTES * topK).map((window) => decodePairs(window, topK));

export const areProofs = (evidence: Uint8Array, topK: number): boolean =>
  proofsIn(evidence, topK).every((proof) => proof !== undefined);

/** Sorted, with distinct indices: those that some modulus keeps apart. */
export const arePairs = (evidence: Uint8Array, topK: number): boolean =>
  pairsIn(evidence, topK).every(
    (pairs) => isSorted(pairs) && injectiveModulus(pairs.indices) !== undefined,
  );

const chunkDistance = (
  proofs: readonly (Polynomial | undefined)[],
  pairs: readonly Pairs[],
): ToplocDistance => {
  if (proofs.length !== pairs.length) return INFINITELY_FAR;
  return pairs.reduce((distance, found, window) => {
    const proof = proofs[window];
    const apart = proof === undefined ? INFINITELY_FAR : windowDistance(proof, found);
    return farthest(distance, apart);
  }, NO_DISTANCE);
};

/** The proofs of a chunk against what a seat has found itself. */
export const proofDistance = (
  topK: number,
  proofs: Uint8Array,
  pairs: Uint8Array,
): ToplocDistance => chunkDistance(proofsIn(proofs, topK), pairsIn(pairs, topK));

/** A seat's pairs against the proof that a centre would have given of its own. Not symmetric. */
export const pairsDistance = (
  topK: number,
  pairs: Uint8Array,
  centre: Uint8Array,
): ToplocDistance =>
  chunkDistance(pairsIn(centre, topK).map(polynomialThrough), pairsIn(pairs, topK));
