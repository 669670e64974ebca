// Naive twins of the comparators over bigint rationals: they share no arithmetic with the sources.
import type { FloatFormat } from '../../../src/machines/comparators/index.ts';
import { WIDTHS } from '../../unit/comparators/support.ts';

const LAYOUT = {
  f32: { exponentBits: 8n, fractionBits: 23n },
  f16: { exponentBits: 5n, fractionBits: 10n },
  bf16: { exponentBits: 8n, fractionBits: 7n },
} as const;

/** Large enough for the smallest number of every format: values are integers of 2^−SCALE. */
export const SCALE = 200n;

export type Value = bigint | 'NaN' | 'Infinity' | '-Infinity';

export const valueOf = (format: FloatFormat, bits: number): Value => {
  const { exponentBits, fractionBits } = LAYOUT[format];
  const all = BigInt(bits);
  const fraction = all % (1n << fractionBits);
  const exponent = (all >> fractionBits) % (1n << exponentBits);
  const sign = all >> (fractionBits + exponentBits) === 1n ? -1n : 1n;
  if (exponent === (1n << exponentBits) - 1n) {
    if (fraction !== 0n) return 'NaN';
    return sign === 1n ? 'Infinity' : '-Infinity';
  }
  const bias = (1n << (exponentBits - 1n)) - 1n;
  const power = (exponent === 0n ? 1n : exponent) - bias - fractionBits + SCALE;
  const significand = exponent === 0n ? fraction : fraction + (1n << fractionBits);
  return sign * significand * (1n << power);
};

export const elementsOf = (format: FloatFormat, bytes: Uint8Array): readonly number[] => {
  const width = WIDTHS[format];
  return Array.from({ length: bytes.length / width }, (_, at) =>
    Array.from(
      { length: width },
      (__, byte) => (bytes[at * width + byte] ?? 0) * 256 ** byte,
    ).reduce((sum, part) => sum + part, 0),
  );
};

export const valuesOf = (format: FloatFormat, bytes: Uint8Array): readonly Value[] =>
  elementsOf(format, bytes).map((bits) => valueOf(format, bits));

export const abs = (value: bigint): bigint => (value < 0n ? -value : value);
