import { equalBytes } from '../../codec/index.ts';
import { FLOAT_SHAPES, isFiniteBits, readBits, shiftOf, significandOf } from './float.ts';
import type { FloatShape } from './float.ts';
import { ATTO } from './limits.ts';
import type { ComparatorOf } from './record.ts';

/** Beyond every threshold (below 10^18): an angle above 90°, or nothing to measure one by. */
export const INFINITELY_FAR_ATTO = ATTO + 1n;

/** A vector of finite numbers `significand · 2^shift`, in units of the format's least number. */
interface Dyadics {
  readonly significands: Int32Array;
  readonly shifts: Uint8Array;
  readonly isZero: boolean;
}

const dyadicsOf = (shape: FloatShape, bytes: Uint8Array): Dyadics | undefined => {
  const bits = readBits(shape, bytes);
  const significands = new Int32Array(bits.length);
  const shifts = new Uint8Array(bits.length);
  let isZero = true;
  for (let at = 0; at < bits.length; at += 1) {
    const element = bits[at] as number;
    if (!isFiniteBits(shape, element)) return undefined;
    const significand = significandOf(shape, element);
    significands[at] = significand;
    shifts[at] = shiftOf(shape, element);
    if (significand !== 0) isZero = false;
  }
  return { significands, shifts, isZero };
};

/** Two shifts below 2^8 add up to less than this. */
const SHIFT_SUMS = 512;
/** Half of the 24 bits of a significand: products are summed in two halves. */
const HALF_BITS = 12;

/**
 * The exact dot product. Products are summed by the power of two they are scaled with: a product of
 * a half (12 bits) and a significand (24) summed over a chunk's 2^13 elements stays below 2^49, so
 * these sums of numbers are exact, and bigint arithmetic is left for once per power.
 */
const dot = (a: Dyadics, b: Dyadics): bigint => {
  const high = Array<number>(SHIFT_SUMS).fill(0);
  const low = Array<number>(SHIFT_SUMS).fill(0);
  for (let at = 0; at < a.significands.length; at += 1) {
    const x = a.significands[at] as number;
    const y = b.significands[at] as number;
    const power = (a.shifts[at] as number) + (b.shifts[at] as number);
    high[power] = (high[power] as number) + (x >> HALF_BITS) * y;
    low[power] = (low[power] as number) + (x & ((1 << HALF_BITS) - 1)) * y;
  }
  let sum = 0n;
  for (let power = SHIFT_SUMS - 1; power >= 0; power -= 1) {
    sum = (sum << 1n) + (BigInt(high[power] as number) << 12n) + BigInt(low[power] as number);
  }
  return sum;
};

/**
 * `1 − cos²` of the angle between two chunks as vectors, in units of 10^−18, rounded up (PROTOCOL
 * §7, `cosine`): it is at most a threshold τ iff `dot² · 10^18 ≥ (10^18 − τ) · |a|²|b|²` exactly. A
 * negative dot product is infinitely far, and so are a zero vector from any other, a vector with a
 * NaN or an infinity from all but its own bytes, and vectors of different lengths. Symmetric; the
 * angle is a metric, this function of it is not.
 */
export const cosineDistance = (
  { format }: ComparatorOf<'cosine'>,
  a: Uint8Array,
  b: Uint8Array,
): bigint => {
  if (equalBytes(a, b)) return 0n;
  const shape = FLOAT_SHAPES[format];
  const x = dyadicsOf(shape, a);
  const y = dyadicsOf(shape, b);
  if (a.length !== b.length || x === undefined || y === undefined) return INFINITELY_FAR_ATTO;
  if (x.isZero || y.isZero) return x.isZero && y.isZero ? 0n : INFINITELY_FAR_ATTO;
  const product = dot(x, y);
  if (product < 0n) return INFINITELY_FAR_ATTO;
  const sizes: bigint = dot(x, x) * dot(y, y);
  return ATTO - (product * product * ATTO) / sizes;
};
