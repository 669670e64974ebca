import { decode as decodeCbor } from 'cborg';
import { assert } from '../failure.ts';
import { amountFromBe, toHex } from '../bytes.ts';
import type { Lowered, Schema } from '../schema/schema.ts';
import type { NamedShape, Shape } from '../schema/shape.ts';
import type { Json, JsonOptions } from './json.ts';

/** The wire form is made by the schema itself, so another type here is a wrong program. */
const MISMATCH = 'the wire form of a value does not have the shape of its schema';

const itemsOf = (lowered: Lowered): readonly Lowered[] => {
  assert(Array.isArray(lowered), MISMATCH);
  return lowered;
};

const bytesOf = (lowered: Lowered): Uint8Array => {
  assert(lowered instanceof Uint8Array, MISMATCH);
  return lowered;
};

const write = (shape: Shape, lowered: Lowered, options: JsonOptions): Json => {
  const form = options.forms?.get(shape);
  if (form !== undefined) return form.toText(lowered);
  switch (shape.kind) {
    case 'bool':
    case 'text':
      return lowered as boolean | string;
    case 'uint':
      return shape.bits === 64 ? String(lowered as number | bigint) : (lowered as number);
    case 'enum':
      return shape.literals[lowered as number] as string;
    case 'amount':
      return String(amountFromBe(bytesOf(lowered)));
    case 'hex':
    case 'blob':
      return toHex(bytesOf(lowered));
    case 'list':
      return itemsOf(lowered).map((item) => write(shape.item, item, options));
    case 'optional': {
      const [item] = itemsOf(lowered);
      return item === undefined ? null : write(shape.item, item, options);
    }
    case 'embedded':
      return write(shape.item, decodeCbor(bytesOf(lowered)) as Lowered, options);
    case 'rows':
      return writeRows(shape.fields, itemsOf(lowered), options);
    case 'record':
      return writeFields(shape.fields, itemsOf(lowered), options);
    case 'variants': {
      const [tag, ...values] = itemsOf(lowered);
      const variant = shape.variants.find((each) => each.tag === tag);
      assert(variant !== undefined, MISMATCH);
      return { type: variant.name, ...writeFields(variant.fields, values, options) };
    }
  }
};

const writeFields = (
  fields: readonly NamedShape[],
  values: readonly Lowered[],
  options: JsonOptions,
): { readonly [name: string]: Json } =>
  Object.fromEntries(
    fields.map(({ name, shape }, i) => [name, write(shape, values[i] as Lowered, options)]),
  );

const writeRows = (
  fields: readonly NamedShape[],
  values: readonly Lowered[],
  options: JsonOptions,
): Json => {
  const rows: Json[] = [];
  for (let i = 0; i < values.length; i += fields.length) {
    rows.push(writeFields(fields, values.slice(i, i + fields.length), options));
  }
  return rows;
};

/**
 * The value as JSON, one form for every schema: integers up to u32 as numbers, u64 and amounts as
 * decimal strings (a JSON number is a double to most readers), bytes as lower-case hex,
 * enumerations by name, records and rows as objects, variants as objects with `type`, absence as
 * null. Asserts that the value is in the range of its schema, as `encode` does.
 */
export const toJson = <T>(schema: Schema<T>, value: T, options: JsonOptions = {}): Json =>
  write(schema.shape, schema.lower(value), options);
