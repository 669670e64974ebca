import { type Damage, roundTo8Bits, weightRanges, zeroMatrix } from '../../demo/model/index.ts';
import type { WeightsName } from './job.ts';

/** A dense layer through which every sentence goes; the embedding of a word concerns only some. */
const SHARED_LAYER = 'tanh_layer_0/weights';
/** The lowest exponent bit of a binary32, in its last byte but one: the value doubles or halves. */
const EXPONENT_BIT = 0x80;
const EXPONENT_BYTE = 2;

/** The bits of the bf16 that is nearest, ties to even, as the bits of a binary32. */
const nearestBf16 = (bits: number): number => {
  const lastKept = (bits >>> 16) & 1;
  return ((bits + 0x7fff + lastKept) & 0xffff_0000) >>> 0;
};

/** Rounds every floating-point tensor to bf16, as engines for half the memory do. */
const roundToBf16: Damage = (weights) => {
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  for (const { dtype, start, end } of weightRanges()) {
    if (dtype !== 'float32') continue;
    for (let at = start; at < end; at += Float32Array.BYTES_PER_ELEMENT) {
      view.setUint32(at, nearestBf16(view.getUint32(at, true)), true);
    }
  }
};

/** Flips one bit of one weight in seven million: the largest of a layer is doubled or halved. */
const changeOneWeight: Damage = (weights) => {
  const layer = weightRanges().find(({ name }) => name.endsWith(SHARED_LAYER));
  if (layer === undefined) throw new RangeError(`The model has no layer ${SHARED_LAYER}.`);
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  let largest = layer.start;
  for (let at = layer.start; at < layer.end; at += Float32Array.BYTES_PER_ELEMENT) {
    if (Math.abs(view.getFloat32(at, true)) > Math.abs(view.getFloat32(largest, true))) {
      largest = at;
    }
  }
  const at = largest + EXPONENT_BYTE;
  view.setUint8(at, view.getUint8(at) ^ EXPONENT_BIT);
};

/** What each kind of weights changes, in place; the files are only ever read. */
export const CHANGES: Readonly<Record<WeightsName, Damage>> = {
  honest: () => {},
  bf16: roundToBf16,
  'one-weight': changeOneWeight,
  '8bit': roundTo8Bits,
  damaged: zeroMatrix(SHARED_LAYER),
};
