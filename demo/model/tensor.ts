import type { Tensor } from '../../src/codec/preimage.ts';

/** Name of the model's only output tensor. */
export const OUTPUT_NAME = 'embedding';

/**
 * An embedding as the tensor that its provider attests: f32, one dimension, the elements as IEEE
 * 754 binary32, little-endian.
 */
export const toTensorPreimage = (vector: Float32Array): Tensor => {
  const data = new Uint8Array(vector.length * Float32Array.BYTES_PER_ELEMENT);
  const view = new DataView(data.buffer);
  vector.forEach((value, index) => {
    view.setFloat32(index * Float32Array.BYTES_PER_ELEMENT, value, true);
  });
  return { name: OUTPUT_NAME, dtype: 'f32', shape: [vector.length], data };
};
