import { FLOAT_SHAPES, isFiniteBits, isNaNBits, isNegative, magnitudeOf } from './float.ts';
import { readBits, scaledDifference, type FloatShape } from './float.ts';
import { PICO } from './limits.ts';
import type { ComparatorOf } from './record.ts';

/** Beyond every distance of two numbers, and beyond every threshold (u32). */
export const INFINITELY_FAR_ULPS = 0x1_0000_0000;

/** Place of a number among all of its format: neighbours differ by one, ±0 are one place. */
const place = (shape: FloatShape, bits: number): number =>
  isNegative(shape, bits) ? -magnitudeOf(shape, bits) : magnitudeOf(shape, bits);

/**
 * Largest distance of two tensors in units in the last place, none where `|a−b| ≤ atol` (PROTOCOL
 * §7, `ulp`). Equal bits are 0 apart, any other NaN is infinitely far, infinities are the
 * neighbours of the largest numbers and within no atol. Tensors of different lengths are infinitely
 * far. A metric iff atol is 0.
 */
export const ulpDistance = (
  { format, atolPico }: ComparatorOf<'ulp'>,
  a: Uint8Array,
  b: Uint8Array,
): number => {
  if (a.length !== b.length) return INFINITELY_FAR_ULPS;
  const shape = FLOAT_SHAPES[format];
  // |a−b| in units of 2^−unitExponent is an integer, so it may be compared with the floor of atol.
  const atol: bigint = (atolPico << BigInt(shape.unitExponent)) / PICO;
  const isWithinAtol = (x: number, y: number): boolean =>
    isFiniteBits(shape, x) && isFiniteBits(shape, y) && scaledDifference(shape, x, y) <= atol;
  const bitsOfB = readBits(shape, b);
  let largest = 0;
  for (const [at, x] of readBits(shape, a).entries()) {
    const y = bitsOfB[at] ?? x;
    if (x === y) continue;
    if (isNaNBits(shape, x) || isNaNBits(shape, y)) return INFINITELY_FAR_ULPS;
    const ulps = Math.abs(place(shape, x) - place(shape, y));
    if (ulps > largest && !isWithinAtol(x, y)) largest = ulps;
  }
  return largest;
};
