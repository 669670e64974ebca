// Ways in which a provider cheats on the weights it is paid to run.
import type { Damage } from './model.ts';
import { weightRanges } from './weights.ts';

/** Steps on each side of zero in a signed byte. */
const LEVELS = 127;

const isMatrix = ({
  dtype,
  shape,
}: {
  readonly dtype: string;
  readonly shape: readonly number[];
}) => dtype === 'float32' && shape.length > 1;

const floats = (weights: Uint8Array, start: number, end: number): Float32Array =>
  new Float32Array(weights.buffer, weights.byteOffset + start, (end - start) / 4);

/**
 * Rounds every matrix to 8 bits, symmetrically around zero, with one scale for each matrix: a
 * quarter of the memory, sold as the full model. The outputs stay plausible: 1 − cosine is below
 * 2e-2.
 */
export const roundTo8Bits: Damage = (weights) => {
  for (const { start, end } of weightRanges().filter(isMatrix)) {
    const values = floats(weights, start, end);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = largest / LEVELS;
    if (scale === 0) continue;
    values.forEach((value, index) => {
      values[index] = Math.round(value / scale) * scale;
    });
  }
};

/** Zeroes the first matrix whose name contains `part`, as if a layer had been left out. */
export const zeroMatrix =
  (part: string): Damage =>
  (weights) => {
    const range = weightRanges().find((spec) => isMatrix(spec) && spec.name.includes(part));
    if (range === undefined) throw new RangeError(`The model has no matrix named like ${part}.`);
    weights.fill(0, range.start, range.end);
  };
