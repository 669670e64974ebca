import { ok, type Failure, type Result } from '../codec/index.ts';
import {
  ATTO,
  PICO,
  PPM,
  type Comparator,
  type ComponentName,
} from '../machines/comparators/index.ts';
import {
  FLOAT_SHAPES,
  isFiniteBits,
  readBits,
  scaledValue,
} from '../machines/comparators/float.ts';
import type { FloatFormat } from '../machines/comparators/index.ts';
import { ceilDiv, larger } from '../machines/kit/integer.ts';
import { calibrationFail, type CalibrationErrorCode } from './errors.ts';

/**
 * What cannot tell two honest engines apart. A sum of n products computed in floating point is off
 * by about √n unit roundoffs of the accumulator (Higham, Accuracy and Stability of Numerical
 * Algorithms, §2.8 and §3.1: n in the worst case, √n as a rule), in an order that is up to the
 * engine. Taken for n = 4096, and an accumulator of f32, whose unit roundoff is 2^−24.
 */
const ACCUMULATION = 64n;
const ACCUMULATOR_BITS = 24n;

/** Relative error in 2^−24: the accumulation, and each side rounded once to the output's format. */
const relativeError = (format: FloatFormat): bigint =>
  ACCUMULATION + (2n << (ACCUMULATOR_BITS - significandBits(format)));

const significandBits = (format: FloatFormat): bigint =>
  BigInt(FLOAT_SHAPES[format].fractionBits + 1);

/** A relative error in 10^−12 that engines may differ by: a value for `rtolPico`. */
export const relativeTolerancePico = (format: FloatFormat): bigint =>
  ceilDiv(relativeError(format) * PICO, 1n << ACCUMULATOR_BITS);

/**
 * An estimate of `atolPico` from honest outputs (flat little-endian tensors), before any were
 * compared: the same error relative to their largest element. Errors of a sum are small against its
 * terms, not against a result in which they cancel; so near zero honest engines differ by any
 * number of units in the last place. It is the error of one sum, which a deep network passes on
 * through every layer and exceeds: over the thousand sentences of docs/tolerance.md this gives
 * 4.0·10^−7, and honest engines differ by up to 8.6·10^−7, twice as much. What a profile takes is
 * measured: `absoluteFloorPico`.
 */
export const absoluteTolerancePico = (
  format: FloatFormat,
  outputs: readonly Uint8Array[],
): Result<bigint, Failure<CalibrationErrorCode>> => {
  const shape = FLOAT_SHAPES[format];
  let largest = 0n;
  for (const output of outputs) {
    if (output.length % shape.width !== 0) return calibrationFail('calibration/malformed-chunk');
    for (const bits of readBits(shape, output)) {
      if (!isFiniteBits(shape, bits)) return calibrationFail('calibration/not-finite');
      const value = scaledValue(shape, bits);
      largest = larger(largest, value < 0n ? -value : value);
    }
  }
  const unit = ACCUMULATOR_BITS + BigInt(shape.unitExponent);
  return ok(ceilDiv(largest * relativeError(format) * PICO, 1n << unit));
};

/** `sin²` of an angle whose sine is that error. */
const cosineResolution = (format: FloatFormat): bigint =>
  ceilDiv(relativeError(format) ** 2n * ATTO, 1n << (2n * ACCUMULATOR_BITS));

/** A number has at most 2^p units in the last place, p the bits of its significand. */
const ulpResolution = (format: FloatFormat): bigint =>
  ceilDiv(relativeError(format) << significandBits(format), 1n << ACCUMULATOR_BITS);

/**
 * The resolution of each component: honest distances below it count as equal to it, when kinds are
 * held against one another and when thresholds are set. `tokens` have none, since each is chosen or
 * not; a fraction of elements cannot be finer than one; bf16 mantissas are rounded by one on either
 * side, which may carry into an exponent; log-probabilities carry the relative error of f32.
 */
export const resolutionOf = (c: Comparator, component: ComponentName): bigint => {
  switch (component) {
    case 'atto':
      return c.type === 'cosine' ? cosineResolution(c.format) : 0n;
    case 'ulps':
      return c.type === 'ulp' ? ulpResolution(c.format) : 0n;
    case 'ppm':
      return c.type === 'relative'
        ? ceilDiv(PPM, BigInt(Math.max(c.chunkElements, 1)))
        : ceilDiv(relativeError('f32') * PPM, 1n << ACCUMULATOR_BITS);
    case 'exponents':
      return 1n;
    case 'meanMilli':
    case 'medianMilli':
      return 1_000n;
    case 'differs':
    case 'tokens':
    case 'agreementTokens':
      return 0n;
  }
};
