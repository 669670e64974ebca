import { encode as encodeCbor } from 'cborg';
import { type Failure, type Result, ok } from '../failure.ts';
import { decode } from '../schema/codec.ts';
import type { Lowered, Schema } from '../schema/schema.ts';
import type { NamedShape, Shape } from '../schema/shape.ts';
import type { Json, JsonObject, JsonOptions } from './json.ts';
import { jsonFail } from './errors.ts';
import {
  parseAmount,
  parseBlob,
  parseBool,
  parseEnum,
  parseFixedHex,
  parseText,
  parseUint,
  wrongType,
} from './scalars.ts';

type Parsed<T = Lowered> = Result<T, Failure>;

/** The failure, with a step of the way to its place in front. */
const at = (place: string, { failure }: { readonly failure: Failure }) => {
  const path = place + (failure.details['path'] ?? '');
  return { ok: false, failure: { ...failure, details: { ...failure.details, path } } } as const;
};

/** A name from outside may be anything: it is repeated only where that is harmless. */
const shown = (name: string): string =>
  /^[A-Za-z0-9_-]{1,64}$/.test(name) ? name : '(unprintable name)';

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const read = (shape: Shape, json: Json, options: JsonOptions): Parsed => {
  const form = options.forms?.get(shape);
  if (form !== undefined) {
    return typeof json === 'string' ? form.fromText(json) : wrongType('string', json);
  }
  switch (shape.kind) {
    case 'bool':
      return parseBool(json);
    case 'amount':
      return parseAmount(json);
    case 'uint':
      return parseUint(shape, json);
    case 'hex':
      return parseFixedHex(shape, json);
    case 'blob':
      return parseBlob(shape, json);
    case 'text':
      return parseText(shape, json);
    case 'enum':
      return parseEnum(shape, json);
    case 'list':
      return readItems(json, shape.maxItems, (item) => read(shape.item, item, options));
    case 'optional': {
      if (json === null) return ok([]);
      const item = read(shape.item, json, options);
      return item.ok ? ok([item.value]) : item;
    }
    case 'embedded': {
      const item = read(shape.item, json, options);
      return item.ok ? ok(encodeCbor(item.value)) : item;
    }
    case 'rows': {
      const rows = readItems(json, shape.maxRows, (row) => readRecord(shape.fields, row, options));
      return rows.ok ? ok((rows.value as readonly (readonly Lowered[])[]).flat()) : rows;
    }
    case 'record':
      return readRecord(shape.fields, json, options);
    case 'variants':
      return readVariant(shape, json, options);
  }
};

const readItems = (
  json: Json,
  maxItems: number,
  readItem: (item: Json) => Parsed,
): Parsed<readonly Lowered[]> => {
  if (!Array.isArray(json)) return wrongType('array', json);
  if (json.length > maxItems) return jsonFail('json/too-long', { limit: `${maxItems} items` });
  const items: Lowered[] = [];
  for (const item of json as readonly Json[]) {
    const parsed = readItem(item);
    if (!parsed.ok) return at(`[${items.length}]`, parsed);
    items.push(parsed.value);
  }
  return ok(items);
};

const readRecord = (
  fields: readonly NamedShape[],
  json: Json,
  options: JsonOptions,
  known: readonly string[] = [],
): Parsed<readonly Lowered[]> => {
  if (!isObject(json)) return wrongType('object', json);
  if (options.unknownFields !== 'ignore') {
    const unknown = Object.keys(json).find(
      (name) => !known.includes(name) && !fields.some((field) => field.name === name),
    );
    if (unknown !== undefined) return at(`.${shown(unknown)}`, jsonFail('json/unknown-field'));
  }
  const values: Lowered[] = [];
  for (const { name, shape } of fields) {
    const given = Object.hasOwn(json, name) ? json[name] : undefined;
    // An absent value may be left out; everything else is written.
    const value = given === undefined && shape.kind === 'optional' ? null : given;
    if (value === undefined) return at(`.${name}`, jsonFail('json/missing-field'));
    const parsed = read(shape, value, options);
    if (!parsed.ok) return at(`.${name}`, parsed);
    values.push(parsed.value);
  }
  return ok(values);
};

const readVariant = (
  { variants }: Extract<Shape, { readonly kind: 'variants' }>,
  json: Json,
  options: JsonOptions,
): Parsed => {
  if (!isObject(json)) return wrongType('object', json);
  const type = Object.hasOwn(json, 'type') ? json['type'] : undefined;
  if (type === undefined) return at('.type', jsonFail('json/missing-field'));
  const variant = variants.find(({ name }) => name === type);
  if (variant === undefined) {
    const expected = variants.map(({ name }) => name).join(', ');
    return at('.type', jsonFail('json/unknown-variant', { expected }));
  }
  const values = readRecord(variant.fields, json, options, ['type']);
  return values.ok ? ok([variant.tag, ...values.value]) : values;
};

/**
 * The value that a JSON value stands for, in the form that `toJson` gives; also taken are safe
 * integers for u64 and amounts, `0x` and upper case in hex, and a left out field for an absent
 * value. It goes through the wire form and `decode`, so exactly what the schema takes is taken. A
 * failure names its place as `details.path`.
 */
export const fromJson = <T>(
  schema: Schema<T>,
  json: Json,
  options: JsonOptions = {},
): Result<T, Failure> => {
  const lowered = read(schema.shape, json, options);
  if (lowered.ok) return decode(schema, encodeCbor(lowered.value), schema.maxBytes);
  const path = lowered.failure.details['path'] ?? '';
  if (!path.startsWith('.')) return lowered;
  const details = { ...lowered.failure.details, path: path.slice(1) };
  return { ok: false, failure: { ...lowered.failure, details } };
};
