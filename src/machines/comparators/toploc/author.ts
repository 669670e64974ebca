import { ok, type Failure, type Result } from '../../../codec/index.ts';
import { comparatorFail, type ComparatorErrorCode } from '../errors.ts';
import { MAX_TOP_K } from '../limits.ts';
import { encodePairs, topPairs, type Pairs } from './pairs.ts';
import { encodeProof, polynomialThrough } from './polynomial.ts';

type Made = Result<Uint8Array, Failure<ComparatorErrorCode>>;

const pairsOf = (
  activations: Uint16Array,
  topK: number,
): Result<Pairs, Failure<ComparatorErrorCode>> => {
  if (!Number.isInteger(topK) || topK < 1 || topK > MAX_TOP_K) {
    return comparatorFail('comparators/top-k-range', { most: String(MAX_TOP_K) });
  }
  return activations.length < topK
    ? comparatorFail('comparators/too-few-activations', { topK: String(topK) })
    : ok(topPairs(activations, topK));
};

/**
 * A TOPLOC proof of one window, `2 + 2·topK` bytes, as a defendant commits to it. `activations` are
 * the bf16 bits of the last hidden states of up to 32 tokens, flat, token by token. The same bytes
 * as the reference gives (PrimeIntellect-ai/toploc).
 */
export const toplocProof = (activations: Uint16Array, topK: number): Made => {
  const pairs = pairsOf(activations, topK);
  if (!pairs.ok) return pairs;
  const polynomial = polynomialThrough(pairs.value);
  return polynomial === undefined
    ? comparatorFail('comparators/no-injective-modulus')
    : ok(encodeProof(polynomial));
};

/** A seat's evidence of one window: its own top activations, `6·topK` bytes. */
export const toplocPairs = (activations: Uint16Array, topK: number): Made => {
  const pairs = pairsOf(activations, topK);
  return pairs.ok ? ok(encodePairs(pairs.value)) : pairs;
};
