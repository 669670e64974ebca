import { type Failure, type Result, ok } from '../failure.ts';
import { MAX_AMOUNT, MAX_U64, amountBe, fromHex, utf8 } from '../bytes.ts';
import type { Lowered } from '../schema/schema.ts';
import type { Shape } from '../schema/shape.ts';
import type { Json } from './json.ts';
import { jsonFail } from './errors.ts';

type Parsed = Result<Lowered, Failure>;
type ShapeOf<K extends Shape['kind']> = Extract<Shape, { readonly kind: K }>;

const DECIMAL = /^(?:0|[1-9][0-9]*)$/;
/** Digits of 2^128 − 1: longer texts are refused before they become a bigint. */
const MAX_DECIMAL_DIGITS = 39;
const HEX_TEXT = /^(?:[0-9a-f]{2})*$/;
const BYTE_ORDER_MARK = '\ufeff';
const MAX_SAFE = 9_007_199_254_740_991;

/** What a JSON value is, in the words of RFC 8259. */
export const typeOf = (json: Json | undefined): string => {
  if (json === null) return 'null';
  return Array.isArray(json) ? 'array' : typeof json;
};

export const wrongType = (expected: string, json: Json | undefined) =>
  jsonFail('json/wrong-type', { expected, found: typeOf(json) });

const parseBigint = (json: Json, limit: bigint): Result<bigint, Failure> => {
  if (typeof json === 'number') {
    if (!Number.isInteger(json) || json < 0) return jsonFail('json/integer-format');
    if (json > MAX_SAFE) return jsonFail('json/unsafe-integer');
    const value = BigInt(json);
    return value <= limit ? ok(value) : jsonFail('json/integer-range', { limit: String(limit) });
  }
  if (typeof json !== 'string') return wrongType('string of digits', json);
  const isShort = json.length <= MAX_DECIMAL_DIGITS;
  if (isShort && !DECIMAL.test(json)) return jsonFail('json/integer-format');
  const value = isShort ? BigInt(json) : limit + 1n;
  return value <= limit ? ok(value) : jsonFail('json/integer-range', { limit: String(limit) });
};

export const parseAmount = (json: Json): Parsed => {
  const value = parseBigint(json, MAX_AMOUNT);
  return value.ok ? ok(amountBe(value.value)) : value;
};

export const parseUint = ({ bits }: ShapeOf<'uint'>, json: Json): Parsed => {
  if (bits === 64) return parseBigint(json, MAX_U64);
  if (typeof json !== 'number') return wrongType('number', json);
  const limit = (1n << BigInt(bits)) - 1n;
  const isInRange = Number.isInteger(json) && json >= 0 && json <= Number(limit);
  // Adding 0 makes 0 of −0, which JSON can write.
  return isInRange ? ok(json + 0) : jsonFail('json/integer-range', { limit: String(limit) });
};

/** Bytes of a hex text; as in `parseHex`, `0x` and upper case are read too. */
const parseBytes = (json: Json, maxBytes: number): Result<Uint8Array, Failure> => {
  if (typeof json !== 'string') return wrongType('string of hex digits', json);
  const digits = json.startsWith('0x') ? json.slice(2) : json;
  if (digits.length > 2 * maxBytes) {
    return jsonFail('json/too-long', { limit: `${maxBytes} bytes` });
  }
  const lower = digits.toLowerCase();
  return HEX_TEXT.test(lower) ? ok(fromHex(lower)) : jsonFail('json/hex-format');
};

export const parseBlob = ({ maxBytes }: ShapeOf<'blob' | 'text'>, json: Json): Parsed =>
  parseBytes(json, maxBytes);

export const parseFixedHex = ({ bytes }: ShapeOf<'hex'>, json: Json): Parsed => {
  const parsed = parseBytes(json, bytes);
  const details = { expected: String(bytes) };
  if (!parsed.ok) {
    const isTooLong = parsed.failure.code === 'json/too-long';
    return isTooLong ? jsonFail('json/hex-length', details) : parsed;
  }
  return parsed.value.length === bytes ? parsed : jsonFail('json/hex-length', details);
};

export const parseText = ({ maxBytes }: ShapeOf<'blob' | 'text'>, json: Json): Parsed => {
  if (typeof json !== 'string') return wrongType('string', json);
  // A UTF-16 unit takes at least one byte of UTF-8, so a long text needs no measuring.
  const tooLong = jsonFail('json/too-long', { limit: `${maxBytes} bytes of UTF-8` });
  if (json.length > maxBytes) return tooLong;
  if (!json.isWellFormed() || json.startsWith(BYTE_ORDER_MARK)) return jsonFail('json/not-unicode');
  return utf8(json).length <= maxBytes ? ok(json) : tooLong;
};

export const parseEnum = ({ literals }: ShapeOf<'enum'>, json: Json): Parsed => {
  if (typeof json !== 'string') return wrongType('string', json);
  const index = literals.indexOf(json);
  return index >= 0
    ? ok(index)
    : jsonFail('json/unknown-literal', { expected: literals.join(', ') });
};

export const parseBool = (json: Json): Parsed =>
  typeof json === 'boolean' ? ok(json) : wrongType('boolean', json);
