import type { FloatFormat } from './record.ts';

/**
 * The layout of a number format: IEEE 754 binary32 and binary16, and bfloat16, the upper half of
 * binary32. No float is ever computed with: comparators read the bits.
 */
export interface FloatShape {
  /** Bytes of an element. */
  readonly width: 2 | 4;
  readonly fractionBits: number;
  readonly signBit: number;
  /** Bits of +∞; magnitudes above are NaN. */
  readonly infinity: number;
  /** Every finite value is an integer multiple of 2^−unitExponent, the smallest subnormal. */
  readonly unitExponent: number;
}

export const FLOAT_SHAPES: Readonly<Record<FloatFormat, FloatShape>> = {
  f32: {
    width: 4,
    fractionBits: 23,
    signBit: 0x8000_0000,
    infinity: 0x7f80_0000,
    unitExponent: 149,
  },
  f16: { width: 2, fractionBits: 10, signBit: 0x8000, infinity: 0x7c00, unitExponent: 24 },
  bf16: { width: 2, fractionBits: 7, signBit: 0x8000, infinity: 0x7f80, unitExponent: 133 },
};

/** Bits of the elements of a little-endian tensor; its length is a multiple of the width. */
export const readBits = ({ width }: FloatShape, bytes: Uint8Array): Uint32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = width === 4 ? bytes.length >>> 2 : bytes.length >>> 1;
  const bits = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    bits[at] = width === 4 ? view.getUint32(4 * at, true) : view.getUint16(2 * at, true);
  }
  return bits;
};

/** The bits without the sign; they order as the absolute values do. */
export const magnitudeOf = ({ signBit }: FloatShape, bits: number): number =>
  bits >= signBit ? bits - signBit : bits;

export const isNegative = ({ signBit }: FloatShape, bits: number): boolean => bits >= signBit;

export const isNaNBits = (shape: FloatShape, bits: number): boolean =>
  magnitudeOf(shape, bits) > shape.infinity;

export const isFiniteBits = (shape: FloatShape, bits: number): boolean =>
  magnitudeOf(shape, bits) < shape.infinity;

/** Left shift of the significand of a finite element, in units of 2^−unitExponent. */
export const shiftOf = (shape: FloatShape, bits: number): number => {
  const exponent = magnitudeOf(shape, bits) >>> shape.fractionBits;
  return exponent === 0 ? 0 : exponent - 1;
};

/** Signed significand of a finite element, with its leading bit unless subnormal. */
export const significandOf = (shape: FloatShape, bits: number): number => {
  const magnitude = magnitudeOf(shape, bits);
  const hidden = 1 << shape.fractionBits;
  const significand =
    magnitude >>> shape.fractionBits === 0 ? magnitude : hidden | (magnitude & (hidden - 1));
  return isNegative(shape, bits) ? -significand : significand;
};

/** A finite element as an integer number of units of 2^−unitExponent: exact. */
export const scaledValue = (shape: FloatShape, bits: number): bigint =>
  BigInt(significandOf(shape, bits)) << BigInt(shiftOf(shape, bits));

/** |a − b| of two finite elements in the same units. */
export const scaledDifference = (shape: FloatShape, a: number, b: number): bigint => {
  const difference = scaledValue(shape, a) - scaledValue(shape, b);
  return difference < 0n ? -difference : difference;
};
