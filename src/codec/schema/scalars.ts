import { AssertionError } from '../failure.ts';
import { MAX_AMOUNT, MAX_U64, amountBe, amountFromBe } from '../bytes.ts';
import type { Schema } from './schema.ts';
import { headBytes } from './head.ts';

const AMOUNT_BYTES = 16;

const uint = (bits: 8 | 16 | 32): Schema<number> => {
  const limit = Number(2n ** BigInt(bits) - 1n);
  return {
    shape: { kind: 'uint', bits },
    maxBytes: headBytes(limit),
    maxContainers: 0,
    read(reader) {
      const value = reader.uint();
      if (typeof value === 'number' && value <= limit) return value;
      return reader.refuse('codec/integer-range', { limit: String(limit), found: String(value) });
    },
    lower(value) {
      if (Number.isInteger(value) && value >= 0 && value <= limit) return value;
      throw new AssertionError(`${value} is not a u${bits}`);
    },
  };
};

/** An integer of 0..2^8−1. */
export const u8: Schema<number> = uint(8);
/** An integer of 0..2^16−1. */
export const u16: Schema<number> = uint(16);
/** An integer of 0..2^32−1. */
export const u32: Schema<number> = uint(32);

/** An integer of 0..2^64−1: on the wire a CBOR unsigned integer, in TypeScript a bigint. */
export const u64: Schema<bigint> = {
  shape: { kind: 'uint', bits: 64 },
  maxBytes: 9,
  maxContainers: 0,
  read: (reader) => BigInt(reader.uint()),
  lower(value) {
    if (typeof value === 'bigint' && value >= 0n && value <= MAX_U64) return value;
    throw new AssertionError(`${String(value)} is not a u64`);
  },
};

/** An amount in nLUX below 2^128: sixteen big-endian bytes (PROTOCOL §2). */
export const amount: Schema<bigint> = {
  shape: { kind: 'amount' },
  maxBytes: headBytes(AMOUNT_BYTES) + AMOUNT_BYTES,
  maxContainers: 0,
  read(reader) {
    const bytes = reader.bytes();
    if (bytes.length === AMOUNT_BYTES) return amountFromBe(bytes);
    const found = String(bytes.length);
    return reader.refuse('codec/wrong-length', { expected: String(AMOUNT_BYTES), found });
  },
  lower(value) {
    if (typeof value === 'bigint' && value >= 0n && value <= MAX_AMOUNT) return amountBe(value);
    throw new AssertionError(`${String(value)} is not an amount`);
  },
};

/** True or false. */
export const bool: Schema<boolean> = {
  shape: { kind: 'bool' },
  maxBytes: 1,
  maxContainers: 0,
  read: (reader) => reader.bool(),
  lower(value) {
    if (typeof value === 'boolean') return value;
    throw new AssertionError(`${String(value)} is not a boolean`);
  },
};

/** One of at most 256 names, on the wire its u8 index. Names are only ever appended. */
export function literalEnum<const Literals extends readonly string[]>(
  literals: Literals,
): Schema<Literals[number]> {
  const indexOf = new Map<string, number>(literals.map((literal, index) => [literal, index]));
  if (indexOf.size !== literals.length || literals.length === 0 || literals.length > 256) {
    throw new AssertionError('an enumeration has 1 to 256 distinct names');
  }
  return {
    shape: { kind: 'enum', literals },
    maxBytes: u8.maxBytes,
    maxContainers: 0,
    read(reader) {
      const index = reader.uint();
      const literal = typeof index === 'number' ? literals[index] : undefined;
      if (literal !== undefined) return literal;
      const limit = String(literals.length - 1);
      return reader.refuse('codec/unknown-literal', { found: String(index), limit });
    },
    lower(value) {
      const index = indexOf.get(value);
      if (index !== undefined) return index;
      throw new AssertionError(`${value} is none of ${literals.join(', ')}`);
    },
  };
}
