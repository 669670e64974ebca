import type { Comparator } from '../../../../src/machines/comparators/index.ts';

const PICO = 1e12;
const ATTO = 1e18;

const firstChunk = (values: Float32Array, { chunkElements }: { readonly chunkElements: number }) =>
  values.subarray(0, chunkElements);

const norm = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/**
 * Adds to the smallest element of the first chunk, as rounding that went far would: so much in
 * itself for `ulp`, so much of the length of the chunk for `cosine`.
 */
const disturbed = (
  comparator: Comparator,
  output: Uint8Array,
  by: { readonly floors: number; readonly sine: (lo: number, hi: number) => number },
): Uint8Array => {
  if (comparator.type !== 'ulp' && comparator.type !== 'cosine') {
    throw new RangeError(`There is no noise for ${comparator.type}.`);
  }
  const values = new Float32Array(output.slice().buffer);
  const chunk = firstChunk(values, comparator);
  const smallest = chunk.reduce(
    (least, value, at) => (Math.abs(value) < Math.abs(chunk[least] ?? 0) ? at : least),
    0,
  );
  const added =
    comparator.type === 'ulp'
      ? (by.floors * Number(comparator.atolPico)) / PICO
      : norm(chunk) * by.sine(sineOf(comparator.loAtto), sineOf(comparator.hiAtto));
  chunk[smallest] = (chunk[smallest] ?? 0) + added;
  return new Uint8Array(values.buffer);
};

/** The sine of the angle that a threshold of `cosine` stands for. */
const sineOf = (atto: bigint): number => Math.sqrt(Number(atto) / ATTO);

/** An honest output with noise that the thresholds leave room for. */
export const within = (comparator: Comparator, output: Uint8Array): Uint8Array =>
  disturbed(comparator, output, { floors: 0.25, sine: (lo) => lo / 3 });

/**
 * An honest output with more noise than any that was measured: for `cosine` one chunk lies between
 * the thresholds; for `ulp`, where a step over the floor is a leap, one lies beyond, and it takes
 * two to reject.
 */
export const between = (comparator: Comparator, output: Uint8Array): Uint8Array =>
  disturbed(comparator, output, { floors: 3, sine: (lo, hi) => (lo + hi) / 2 });
