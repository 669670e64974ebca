import { decode as decodeCbor } from 'cborg';
import { AssertionError } from '../failure.ts';
import { amountFromBe, toHex } from '../bytes.ts';
import type { Lowered, Schema } from '../schema/schema.ts';
import type { NamedShape, Shape } from '../schema/shape.ts';
import type { Json, JsonOptions } from './json.ts';

/** The wire form is made by the schema itself, so another type here is a wrong program. */
const mismatch = (shape: Shape): AssertionError =>
  new AssertionError(`the wire form of a value does not have the shape ${shape.kind}`);

const itemsOf = (shape: Shape, lowered: Lowered): readonly Lowered[] => {
  if (Array.isArray(lowered)) return lowered as readonly Lowered[];
  throw mismatch(shape);
};

const bytesOf = (shape: Shape, lowered: Lowered): Uint8Array => {
  if (lowered instanceof Uint8Array) return lowered;
  throw mismatch(shape);
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
      return String(amountFromBe(bytesOf(shape, lowered)));
    case 'hex':
    case 'blob':
      return toHex(bytesOf(shape, lowered));
    case 'list':
      return itemsOf(shape, lowered).map((item) => write(shape.item, item, options));
    case 'optional': {
      const [item] = itemsOf(shape, lowered);
      return item === undefined ? null : write(shape.item, item, options);
    }
    case 'embedded':
      return write(shape.item, decodeCbor(bytesOf(shape, lowered)) as Lowered, options);
    case 'rows':
      return writeRows(shape.fields, itemsOf(shape, lowered), options);
    case 'record':
      return writeFields(shape.fields, itemsOf(shape, lowered), options);
    case 'variants': {
      const [tag, ...values] = itemsOf(shape, lowered);
      const variant = shape.variants.find((each) => each.tag === tag);
      if (variant === undefined) throw mismatch(shape);
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
 * decimal strings (a JSON number is a double to most readers), bytes as lower-case hex, enumerations
 * by name, records and rows as objects, variants as objects with `type`, absence as null. Asserts
 * that the value is in the range of its schema, as `encode` does.
 */
export const toJson = <T>(schema: Schema<T>, value: T, options: JsonOptions = {}): Json =>
  write(schema.shape, schema.lower(value), options);
