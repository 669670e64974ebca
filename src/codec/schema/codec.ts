import { encode as encodeCbor, encodeInto } from 'cborg';
import { type Failure, type Result, ok } from '../failure.ts';
import { codecFail } from '../errors.ts';
import { equalBytes } from '../bytes.ts';
import { headBytes } from './head.ts';
import { DecodeRefusal, Reader } from './reader.ts';
import type { Schema } from './schema.ts';

/** Where values of small schemas are encoded: one copy out of it beats joining pieces. */
const scratch = new Uint8Array(16_384);

/** The deterministic encoding of a value. Asserts that the value is in the range of its schema. */
export function encode<T>(schema: Schema<T>, value: T): Uint8Array {
  // Lowering comes first: it may encode embedded values by way of the same memory.
  const lowered = schema.lower(value);
  if (schema.maxBytes <= scratch.length) {
    return scratch.slice(0, encodeInto(lowered, scratch).written);
  }
  const bytes = encodeCbor(lowered);
  // On Node the library gives a Buffer when it joins pieces, whose `slice` would share memory.
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes);
}

function refused(refusal: DecodeRefusal): { readonly ok: false; readonly failure: Failure } {
  const { failure, path } = refusal;
  const details = { ...failure.details, path: path.startsWith('.') ? path.slice(1) : path };
  return { ok: false, failure: { ...failure, details } };
}

/**
 * The value that the bytes encode, accepted only if it encodes to the same bytes again (PROTOCOL
 * §2). A failure names its place as `path` (such as `message.thresholds[2]`) and, where one data
 * item is at fault, the byte `offset` of its head. Never throws for any bytes.
 */
export function decode<T>(
  schema: Schema<T>,
  bytes: Uint8Array,
  maxBytes: number,
): Result<T, Failure> {
  if (bytes.length > maxBytes) {
    return codecFail('codec/too-large', { limit: String(maxBytes), found: String(bytes.length) });
  }
  const reader = new Reader(bytes);
  let value: T;
  try {
    value = schema.read(reader);
    reader.end();
  } catch (error) {
    if (error instanceof DecodeRefusal) return refused(error);
    throw error;
  }
  return equalBytes(encode(schema, value), bytes) ? ok(value) : codecFail('codec/not-canonical');
}

/**
 * A value inside a byte string, encoded on its own: its arrays are counted apart from those of what
 * it stands in. For parts such as the events of a receipt.
 */
export function embedded<T>(schema: Schema<T>): Schema<T> {
  return {
    shape: { kind: 'embedded', item: schema.shape },
    maxBytes: headBytes(schema.maxBytes) + schema.maxBytes,
    maxContainers: 0,
    read(reader) {
      const inner = reader.embedded();
      const value = schema.read(inner);
      inner.end();
      return value;
    },
    lower: (value) => encode(schema, value),
  };
}
