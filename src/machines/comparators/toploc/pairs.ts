import { PAIR_BYTES } from '../limits.ts';

/** The top activations of one window: flat indices and bf16 bits, largest first. */
export interface Pairs {
  readonly indices: Uint32Array;
  readonly values: Uint16Array;
}

/** A bf16 without its sign; magnitudes order as the bits do. */
const MAGNITUDE = 0x7fff;

/** Does the pair at `at` stand after the one before it: |v| descending, then index ascending? */
const isInOrder = ({ indices, values }: Pairs, at: number): boolean => {
  const before = (values[at - 1] as number) & MAGNITUDE;
  const here = (values[at] as number) & MAGNITUDE;
  return (
    before > here || (before === here && (indices[at - 1] as number) < (indices[at] as number))
  );
};

/** Sorted as TOPLOC sorts: by |v| descending, ties by index ascending (PROTOCOL §7, pins). */
export const isSorted = (pairs: Pairs): boolean =>
  pairs.indices.every((_, at) => at === 0 || isInOrder(pairs, at));

export const encodePairs = ({ indices, values }: Pairs): Uint8Array => {
  const bytes = new Uint8Array(PAIR_BYTES * indices.length);
  const view = new DataView(bytes.buffer);
  indices.forEach((index, at) => {
    view.setUint32(PAIR_BYTES * at, index, true);
    view.setUint16(PAIR_BYTES * at + 4, values[at] as number, true);
  });
  return bytes;
};

/** The pairs of one window; the length is `PAIR_BYTES` for each. */
export const decodePairs = (bytes: Uint8Array, topK: number): Pairs => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const indices = new Uint32Array(topK);
  const values = new Uint16Array(topK);
  for (let at = 0; at < topK; at += 1) {
    indices[at] = view.getUint32(PAIR_BYTES * at, true);
    values[at] = view.getUint16(PAIR_BYTES * at + 4, true);
  }
  return { indices, values };
};

/**
 * The `topK` largest of at least as many activations (bf16 bits). By counting magnitudes, of which
 * there are 2^15: a window of a large model has 10^5 activations and more.
 */
export const topPairs = (activations: Uint16Array, topK: number): Pairs => {
  const counts = new Uint32Array(MAGNITUDE + 1);
  for (const bits of activations) {
    counts[bits & MAGNITUDE] = (counts[bits & MAGNITUDE] as number) + 1;
  }
  let least = MAGNITUDE + 1;
  for (let found = 0; found < topK;) {
    least -= 1;
    found += counts[least] as number;
  }
  const chosen: number[] = [];
  activations.forEach((bits, index) => {
    if ((bits & MAGNITUDE) >= least) chosen.push(index);
  });
  const magnitudeAt = (index: number): number => (activations[index] as number) & MAGNITUDE;
  const top = chosen.sort((a, b) => magnitudeAt(b) - magnitudeAt(a) || a - b).slice(0, topK);
  return {
    indices: Uint32Array.from(top),
    values: Uint16Array.from(top, (index) => activations[index] as number),
  };
};
