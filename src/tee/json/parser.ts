import { MAX_JSON_BYTES, MAX_JSON_DEPTH, MAX_JSON_VALUES } from '../limits.ts';
import { type Failed, ok, reject, type Result } from '../result.ts';
import { scanString } from './string.ts';

/**
 * A value of strict JSON (RFC 8259): integers only, no duplicate keys, at most 32 levels deep.
 * `start` and `end` delimit the bytes as served, which are what the vendor signs.
 */
export type Json = {
  readonly start: number;
  readonly end: number;
} & (
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Json> }
  | { readonly kind: 'array'; readonly items: readonly Json[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  values: number;
}

const malformed = (what: string, at: number): Failed =>
  reject('collateral', 'tee/json-malformed', { what, offset: String(at) });

const skipSpace = (cursor: Cursor): void => {
  for (;;) {
    const code = cursor.bytes[cursor.at];
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at += 1;
  }
};

const take = (cursor: Cursor, code: number): boolean => {
  if (cursor.bytes[cursor.at] !== code) return false;
  cursor.at += 1;
  return true;
};

const readString = (cursor: Cursor): Result<string> => {
  const scanned = scanString(cursor.bytes, cursor.at);
  if (typeof scanned === 'string') return malformed(scanned, cursor.at);
  cursor.at = scanned.next;
  return ok(scanned.text);
};

/** An integer of at most 15 digits, so exact as a number; no fraction, exponent or leading zero. */
const readInteger = (cursor: Cursor): Result<number> => {
  const start = cursor.at;
  const negative = take(cursor, 0x2d);
  const first = cursor.at;
  let value = 0;
  for (;;) {
    const digit = (cursor.bytes[cursor.at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    cursor.at += 1;
    if (cursor.at - first > 15) return malformed('a number of more than 15 digits', start);
  }
  const length = cursor.at - first;
  if (length === 0) return malformed('an unexpected character', start);
  if (length > 1 && cursor.bytes[first] === 0x30) return malformed('a leading zero', start);
  const next = cursor.bytes[cursor.at];
  if (next === 0x2e || next === 0x65 || next === 0x45) {
    return malformed('a number that is not an integer', start);
  }
  if (negative && value === 0) return malformed('minus zero', start);
  return ok(negative ? -value : value);
};

const WORDS = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
] as const;

const readWord = (cursor: Cursor): Result<Json> | undefined => {
  const start = cursor.at;
  for (const [word, value] of WORDS) {
    let matches = true;
    for (let i = 0; i < word.length; i += 1) {
      if (cursor.bytes[start + i] !== word.charCodeAt(i)) matches = false;
    }
    if (!matches) continue;
    cursor.at = start + word.length;
    return ok({ ...value, start, end: cursor.at });
  }
  return undefined;
};

const readObject = (cursor: Cursor, depth: number): Result<Json> => {
  const start = cursor.at;
  const members = new Map<string, Json>();
  cursor.at += 1;
  skipSpace(cursor);
  if (take(cursor, 0x7d)) return ok({ kind: 'object', members, start, end: cursor.at });
  for (;;) {
    skipSpace(cursor);
    const key = readString(cursor);
    if (!key.ok) return key;
    if (members.has(key.value)) return malformed(`the key ${key.value} twice`, cursor.at);
    skipSpace(cursor);
    if (!take(cursor, 0x3a)) return malformed('a key without value', cursor.at);
    const value = readValue(cursor, depth + 1);
    if (!value.ok) return value;
    members.set(key.value, value.value);
    skipSpace(cursor);
    if (take(cursor, 0x7d)) return ok({ kind: 'object', members, start, end: cursor.at });
    if (!take(cursor, 0x2c)) return malformed('an object without end', cursor.at);
  }
};

const readArray = (cursor: Cursor, depth: number): Result<Json> => {
  const start = cursor.at;
  const items: Json[] = [];
  cursor.at += 1;
  skipSpace(cursor);
  if (take(cursor, 0x5d)) return ok({ kind: 'array', items, start, end: cursor.at });
  for (;;) {
    const value = readValue(cursor, depth + 1);
    if (!value.ok) return value;
    items.push(value.value);
    skipSpace(cursor);
    if (take(cursor, 0x5d)) return ok({ kind: 'array', items, start, end: cursor.at });
    if (!take(cursor, 0x2c)) return malformed('an array without end', cursor.at);
  }
};

const readValue = (cursor: Cursor, depth: number): Result<Json> => {
  skipSpace(cursor);
  const start = cursor.at;
  cursor.values += 1;
  if (cursor.values > MAX_JSON_VALUES) return malformed('more values than the limit', start);
  const code = cursor.bytes[start];
  if (code === 0x7b || code === 0x5b) {
    if (depth >= MAX_JSON_DEPTH) return malformed('nesting deeper than the limit', start);
    return code === 0x7b ? readObject(cursor, depth) : readArray(cursor, depth);
  }
  if (code === 0x22) {
    const text = readString(cursor);
    return text.ok ? ok({ kind: 'string', text: text.value, start, end: cursor.at }) : text;
  }
  const word = readWord(cursor);
  if (word !== undefined) return word;
  const value = readInteger(cursor);
  return value.ok ? ok({ kind: 'integer', value: value.value, start, end: cursor.at }) : value;
};

/** The one JSON value that fills `bytes`; space around it is allowed, nothing else. */
export const parseJson = (bytes: Uint8Array, maxBytes = MAX_JSON_BYTES): Result<Json> => {
  if (bytes.length > maxBytes) {
    return reject('collateral', 'tee/document-too-large', { bytes: String(bytes.length) });
  }
  const cursor: Cursor = { bytes, at: 0, values: 0 };
  const value = readValue(cursor, 0);
  if (!value.ok) return value;
  skipSpace(cursor);
  return cursor.at === bytes.length ? value : malformed('bytes after the value', cursor.at);
};
