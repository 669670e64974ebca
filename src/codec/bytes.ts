import { assert, AssertionError } from './failure.ts';

/** 2^64 − 1, the largest u64. */
export const MAX_U64 = 0xffff_ffff_ffff_ffffn;
/** 2^128 − 1, the largest amount in nLUX (PROTOCOL §2). */
export const MAX_AMOUNT = (1n << 128n) - 1n;

const encoder = new TextEncoder();
/** Where wide integers are written and read: a view of a new small array costs a microsecond. */
const wide = new Uint8Array(16);
const wideView = new DataView(wide.buffer);
const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
/** The value of a hex digit by character code, 255 for anything else, upper case included. */
const DIGIT_OF_CODE = new Uint8Array(128).fill(255);
'0123456789abcdef'.split('').forEach((digit, value) => {
  DIGIT_OF_CODE[digit.charCodeAt(0)] = value;
});

const portableToHex = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += HEX_OF_BYTE[bytes[i] as number];
  return text;
};

let hexOf = portableToHex;

/** Replaces the hex writer in use, once at start, by a faster one that gives the same text. */
export function installHex(fn: (bytes: Uint8Array) => string): void {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  assert(fn(all) === portableToHex(all), 'the installed hex writer is wrong');
  hexOf = fn;
}

/** Lower-case hex of the bytes. */
export const toHex = (bytes: Uint8Array): string => hexOf(bytes);

/** Bytes of lower-case hex. Asserts its form: text from outside goes through `parseHex`. */
export function fromHex(text: string): Uint8Array {
  const length = text.length >>> 1;
  const bytes = new Uint8Array(length);
  if (length * 2 !== text.length) throw new AssertionError('hex text of odd length');
  let invalid = 0;
  for (let i = 0; i < length; i++) {
    const high = DIGIT_OF_CODE[text.charCodeAt(2 * i)] ?? 255;
    const low = DIGIT_OF_CODE[text.charCodeAt(2 * i + 1)] ?? 255;
    invalid |= high | low;
    bytes[i] = (high << 4) | low;
  }
  if (invalid > 15) throw new AssertionError('hex text with a character that is not 0-9 or a-f');
  return bytes;
}

/** The parts, one after another. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Whether both hold the same bytes. Not constant-time: nothing secret is compared with it. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order of unsigned bytes, a prefix first: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < common; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-8 of a text without lone surrogates (asserted). */
export function utf8(text: string): Uint8Array {
  assert(text.isWellFormed(), 'text with a lone surrogate has no UTF-8 form');
  return encoder.encode(text);
}

const assertWidth = (value: number, limit: number): void => {
  if (!Number.isInteger(value) || value < 0 || value > limit) {
    throw new AssertionError(`integer ${value} is outside 0..${limit}`);
  }
};

/** One byte. */
export function u8be(value: number): Uint8Array {
  assertWidth(value, 0xff);
  return Uint8Array.of(value);
}

/** Two bytes, big-endian. */
export function u16be(value: number): Uint8Array {
  assertWidth(value, 0xffff);
  return Uint8Array.of(value >>> 8, value);
}

/** Four bytes, big-endian. */
export function u32be(value: number): Uint8Array {
  assertWidth(value, 0xffff_ffff);
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** Eight bytes, big-endian. */
export function u64be(value: bigint): Uint8Array {
  if (value < 0n || value > MAX_U64) throw new AssertionError(`${value} is not a u64`);
  wideView.setBigUint64(0, value);
  return wide.slice(0, 8);
}

/** An amount in nLUX as sixteen bytes, big-endian (PROTOCOL §2). */
export function amountBe(value: bigint): Uint8Array {
  if (value < 0n || value > MAX_AMOUNT) throw new AssertionError(`${value} is not an amount`);
  wideView.setBigUint64(0, value >> 64n);
  wideView.setBigUint64(8, BigInt.asUintN(64, value));
  return wide.slice();
}

/** The amount that sixteen big-endian bytes stand for. */
export function amountFromBe(bytes: Uint8Array): bigint {
  assert(bytes.length === 16, 'an amount is sixteen bytes');
  wide.set(bytes);
  return (wideView.getBigUint64(0) << 64n) | wideView.getBigUint64(8);
}
