import { ceilDiv } from '../kit/integer.ts';
import { LOGPROB_BYTES, PICO, PPM } from './limits.ts';
import { INFINITELY_FAR_PPM } from './relative.ts';

/** Negative log-probabilities (in 10^−6) by token id, of each position. */
type Position = ReadonlyMap<number, number>;

const readPositions = (evidence: Uint8Array, topK: number): readonly Position[] => {
  const view = new DataView(evidence.buffer, evidence.byteOffset, evidence.byteLength);
  const positions: Position[] = [];
  const width = topK * LOGPROB_BYTES;
  for (let start = 0; start < evidence.length; start += width) {
    const position = new Map<number, number>();
    for (let at = start; at < start + width; at += LOGPROB_BYTES) {
      position.set(view.getUint32(at, true), view.getUint32(at + 4, true));
    }
    positions.push(position);
  }
  return positions;
};

/** Are the ids of each position distinct? The length is a multiple of a position's. */
export const hasDistinctTokens = (evidence: Uint8Array, topK: number): boolean =>
  readPositions(evidence, topK).every((position) => position.size === topK);

/** `|a−b| / (a+b)` in 10^−12, rounded down; 0 if both are 0. */
const term = (a: number, b: number): bigint =>
  a === b ? 0n : (BigInt(Math.abs(a - b)) * PICO) / BigInt(a + b);

/**
 * Mean of `|a−b| / (|a|+|b|)` over the tokens that either list of a position names, 1 for a token
 * that only one names, in ppm, rounded up (PROTOCOL §7, `logprobs`). Each term is rounded down to
 * 10^−12, so that the sum is one of integers: the mean is exact but for less than that. Evidence of
 * different lengths is infinitely far. Symmetric, and no metric.
 */
export const logprobsDistance = (topK: number, a: Uint8Array, b: Uint8Array): bigint => {
  if (a.length !== b.length) return INFINITELY_FAR_PPM;
  const positionsOfB = readPositions(b, topK);
  let sum = 0n;
  let count = 0;
  for (const [at, ofA] of readPositions(a, topK).entries()) {
    const ofB = positionsOfB[at];
    if (ofB === undefined) return INFINITELY_FAR_PPM;
    let shared = 0;
    for (const [token, x] of ofA) {
      const y = ofB.get(token);
      if (y === undefined) continue;
      shared += 1;
      sum += term(x, y);
    }
    const alone = ofA.size + ofB.size - 2 * shared;
    sum += BigInt(alone) * PICO;
    count += shared + alone;
  }
  return count === 0 ? 0n : ceilDiv(sum * PPM, BigInt(count) * PICO);
};

/** One of the most probable tokens at a position. */
export interface Logprob {
  readonly token: number;
  /** −ln p in 10^−6, rounded to the nearest; at least 0 and below 2^32. */
  readonly negativeMicros: number;
}

/** Evidence of `logprobs` as comparators read it: of each position its `topK` entries. */
export const encodeLogprobs = (positions: readonly (readonly Logprob[])[]): Uint8Array => {
  const entries = positions.flat();
  const bytes = new Uint8Array(LOGPROB_BYTES * entries.length);
  const view = new DataView(bytes.buffer);
  entries.forEach(({ token, negativeMicros }, at) => {
    view.setUint32(LOGPROB_BYTES * at, token, true);
    view.setUint32(LOGPROB_BYTES * at + 4, negativeMicros, true);
  });
  return bytes;
};
