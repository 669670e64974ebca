import { FLOAT_SHAPES, isFiniteBits, readBits, scaledDifference, scaledValue } from './float.ts';
import { PICO, PPM } from './limits.ts';
import type { ComparatorOf } from './record.ts';
import { ceilDiv } from '../kit/integer.ts';

/** Beyond every threshold (at most one million ppm). */
export const INFINITELY_FAR_PPM = PPM + 1n;

/**
 * Fraction of elements with `|a−b| > atol + rtol·|b|`, in ppm, rounded up (PROTOCOL §7,
 * `relative`): so it is at most a threshold in whole ppm iff the exact fraction is. Equal bits
 * agree; any other pair with a NaN or an infinity does not. Not symmetric: `b` is the seat's, or
 * between seats the centre's. Tensors of different lengths are infinitely far.
 */
export const relativeDistance = (
  { format, atolPico, rtolPico }: ComparatorOf<'relative'>,
  a: Uint8Array,
  b: Uint8Array,
): bigint => {
  if (a.length !== b.length) return INFINITELY_FAR_PPM;
  const shape = FLOAT_SHAPES[format];
  const atol = atolPico << BigInt(shape.unitExponent);
  const agree = (x: number, y: number): boolean => {
    if (!isFiniteBits(shape, x) || !isFiniteBits(shape, y)) return false;
    const scaled = scaledValue(shape, y);
    const size = scaled < 0n ? -scaled : scaled;
    return scaledDifference(shape, x, y) * PICO <= atol + rtolPico * size;
  };
  const bitsOfB = readBits(shape, b);
  let failing = 0n;
  for (const [at, x] of readBits(shape, a).entries()) {
    const y = bitsOfB[at] ?? x;
    if (x !== y && !agree(x, y)) failing += 1n;
  }
  const count = BigInt(bitsOfB.length);
  return count === 0n ? 0n : ceilDiv(failing * PPM, count);
};
