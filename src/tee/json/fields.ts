import { fromHex } from '../bytes.ts';
import { MAX_TEXT_CHARS } from '../limits.ts';
import { type Failed, ok, reject, type Result } from '../result.ts';
import { parseIsoTime, type Seconds } from '../time.ts';
import type { Json } from './parser.ts';

export type JsonObject = Extract<Json, { kind: 'object' }>;

const wrong = (field: string, expected: string): Failed =>
  reject('collateral', 'tee/json-field', { field, expected });

export const asObject = (value: Json | undefined, field: string): Result<JsonObject> =>
  value?.kind === 'object' ? ok(value) : wrong(field, 'an object');

export const objectField = (parent: JsonObject, field: string): Result<JsonObject> =>
  asObject(parent.members.get(field), field);

/** A list of at least one and at most `limit` items. */
export const listField = (
  parent: JsonObject,
  field: string,
  limit: number,
): Result<readonly Json[]> => {
  const value = parent.members.get(field);
  if (value?.kind !== 'array') return wrong(field, 'a list');
  if (value.items.length === 0 || value.items.length > limit) {
    return wrong(field, `a list of 1 to ${String(limit)}`);
  }
  return ok(value.items);
};

export const textField = (parent: JsonObject, field: string): Result<string> => {
  const value = parent.members.get(field);
  if (value?.kind !== 'string' || value.text.length > MAX_TEXT_CHARS) {
    return wrong(field, `a text of at most ${String(MAX_TEXT_CHARS)} characters`);
  }
  return ok(value.text);
};

export const integerField = (parent: JsonObject, field: string, max: number): Result<number> => {
  const value = parent.members.get(field);
  if (value?.kind !== 'integer' || value.value < 0 || value.value > max) {
    return wrong(field, `an integer from 0 to ${String(max)}`);
  }
  return ok(value.value);
};

/** Hexadecimal text, in either case, of exactly `length` bytes. */
export const hexField = (parent: JsonObject, field: string, length: number): Result<Uint8Array> => {
  const value = parent.members.get(field);
  const bytes =
    value?.kind === 'string' && value.text.length === 2 * length ? fromHex(value.text) : undefined;
  return bytes === undefined ? wrong(field, `${String(2 * length)} hexadecimal digits`) : ok(bytes);
};

export const dateField = (parent: JsonObject, field: string): Result<Seconds> => {
  const value = parent.members.get(field);
  const seconds = value?.kind === 'string' ? parseIsoTime(value.text) : undefined;
  return seconds === undefined ? wrong(field, 'a date as YYYY-MM-DDTHH:MM:SSZ') : ok(seconds);
};

/** A text that may be absent; the empty text then. */
export const optionalTextField = (parent: JsonObject, field: string): Result<string> =>
  parent.members.has(field) ? textField(parent, field) : ok('');

/** Texts that may be absent, sorted and each once. */
export const optionalTextsField = (
  parent: JsonObject,
  field: string,
  limit: number,
): Result<readonly string[]> => {
  const value = parent.members.get(field);
  if (value === undefined) return ok([]);
  if (value.kind !== 'array' || value.items.length > limit) return wrong(field, 'a list of texts');
  const texts = new Set<string>();
  for (const item of value.items) {
    if (item.kind !== 'string' || item.text.length > MAX_TEXT_CHARS) {
      return wrong(field, 'a list of texts');
    }
    texts.add(item.text);
  }
  return ok(sortTexts([...texts]));
};

/** By code units: the same order everywhere, unlike a locale's. */
export const sortTexts = (texts: readonly string[]): readonly string[] =>
  texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
