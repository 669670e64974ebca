import { assert } from './result.ts';

const HEX = '0123456789abcdef';

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
};

/** Lexicographic order of byte strings of one length: negative, zero or positive. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  assert(a.length === b.length, 'compareBytes needs equal lengths');
  for (let i = 0; i < a.length; i += 1) {
    const difference = byteAt(a, i) - byteAt(b, i);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const isZero = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i += 1) if (bytes[i] !== 0) return false;
  return true;
};

/** A byte inside the array; reading outside is a programmer error, not bad input. */
export const byteAt = (bytes: Uint8Array, index: number): number => {
  const value = bytes[index];
  assert(value !== undefined, 'byte index outside the array');
  return value;
};

export const u16le = (bytes: Uint8Array, offset: number): number =>
  byteAt(bytes, offset) | (byteAt(bytes, offset + 1) << 8);

export const u32le = (bytes: Uint8Array, offset: number): number =>
  (u16le(bytes, offset) | (u16le(bytes, offset + 2) << 16)) >>> 0;

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
};

export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += HEX.charAt(byte >>> 4) + HEX.charAt(byte & 15);
  return text;
};

const nibble = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
};

/** Bytes of an even-length hexadecimal text in either case, else undefined. */
export const fromHex = (text: string): Uint8Array | undefined => {
  if ((text.length & 1) !== 0) return undefined;
  const out = new Uint8Array(text.length >>> 1);
  for (let i = 0; i < out.length; i += 1) {
    const high = nibble(text.charCodeAt(2 * i));
    const low = nibble(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return undefined;
    out[i] = (high << 4) | low;
  }
  return out;
};

/** Bytes of a constant of this library. */
export const hex = (text: string): Uint8Array => {
  const bytes = fromHex(text);
  assert(bytes !== undefined, 'a hexadecimal constant is malformed');
  return bytes;
};

/** Bytes as a text of one character each: a cheap exact key for a map. */
export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const ascii = (text: string): Uint8Array => {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    assert(code < 128, 'ascii needs a text of 7-bit characters');
    out[i] = code;
  }
  return out;
};
