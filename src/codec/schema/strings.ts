import { AssertionError, assert } from '../failure.ts';
import { fromHex, toHex, utf8 } from '../bytes.ts';
import type { Schema } from './schema.ts';
import { headBytes } from './head.ts';

const MAX_STRING_BYTES = 0xffff_ffff;
const BYTE_ORDER_MARK = '\ufeff';

const assertLimit = (bytes: number): void =>
  assert(Number.isInteger(bytes) && bytes >= 0 && bytes <= MAX_STRING_BYTES, 'a limit is a u32');

/** Exactly so many bytes, in TypeScript lower-case hex: hashes, ids, keys, signatures. */
export function hex(length: number): Schema<string> {
  assertLimit(length);
  return {
    shape: { kind: 'hex', bytes: length },
    maxBytes: headBytes(length) + length,
    maxContainers: 0,
    read(reader) {
      const bytes = reader.bytes();
      if (bytes.length === length) return toHex(bytes);
      const found = String(bytes.length);
      return reader.refuse('codec/wrong-length', { expected: String(length), found });
    },
    lower(value) {
      if (value.length === 2 * length) return fromHex(value);
      throw new AssertionError(`hex of ${value.length} digits where ${2 * length} are due`);
    },
  };
}

/** At most so many bytes: payloads, chunks, reports. */
export function blob(maxBytes: number): Schema<Uint8Array> {
  assertLimit(maxBytes);
  return {
    shape: { kind: 'blob', maxBytes },
    maxBytes: headBytes(maxBytes) + maxBytes,
    maxContainers: 0,
    read(reader) {
      const bytes = reader.bytes();
      if (bytes.length <= maxBytes) return bytes;
      const found = String(bytes.length);
      return reader.refuse('codec/too-long', { limit: String(maxBytes), found });
    },
    lower(value) {
      if (value instanceof Uint8Array && value.length <= maxBytes) return value;
      throw new AssertionError(`not a byte string of at most ${maxBytes} bytes`);
    },
  };
}

/**
 * Text of at most so many bytes of well-formed UTF-8, without a byte order mark in front (readers
 * differ on whether it belongs to the text). Not normalised: texts are equal if their bytes are.
 */
export function text(maxBytes: number): Schema<string> {
  assertLimit(maxBytes);
  return {
    shape: { kind: 'text', maxBytes },
    maxBytes: headBytes(maxBytes) + maxBytes,
    maxContainers: 0,
    read: (reader) => reader.text(maxBytes),
    lower(value) {
      if (typeof value !== 'string' || value.startsWith(BYTE_ORDER_MARK)) {
        throw new AssertionError('not a text, or one with a byte order mark in front');
      }
      // A UTF-16 unit takes at most three bytes of UTF-8, so short texts need no measuring.
      const fits =
        value.length * 3 <= maxBytes ? value.isWellFormed() : utf8(value).length <= maxBytes;
      if (fits) return value;
      throw new AssertionError(`not well-formed text of at most ${maxBytes} bytes`);
    },
  };
}
