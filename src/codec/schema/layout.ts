import { assert } from '../failure.ts';
import { within } from './composites.ts';
import type { Reader } from './reader.ts';
import type { Infer, Lowered, Schema } from './schema.ts';
import type { NamedShape } from './shape.ts';

/** Named fields in their order on the wire. */
export type Fields = Readonly<Record<string, Schema<unknown>>>;

/** The object type of such fields. */
export type InferFields<F extends Fields> = { readonly [Name in keyof F]: Infer<F[Name]> };

/** Integer-like names would be reordered by the language; others would not be plain properties. */
const FIELD_NAME = /^[a-z][A-Za-z0-9]*$/;

/** What reading and writing a run of fields needs. */
export interface Layout {
  readonly names: readonly string[];
  readonly schemas: readonly Schema<unknown>[];
  readonly shapes: readonly NamedShape[];
  readonly maxBytes: number;
  readonly maxContainers: number;
}

/** Checks the names of fields and adds up their limits. */
export function layoutOf(fields: Fields): Layout {
  const names = Object.keys(fields);
  const schemas = Object.values(fields);
  for (const name of names) assert(FIELD_NAME.test(name), `${name} is not a name for a field`);
  return {
    names,
    schemas,
    shapes: names.map((name, i) => ({ name, shape: (schemas[i] as Schema<unknown>).shape })),
    maxBytes: schemas.reduce((sum, schema) => sum + schema.maxBytes, 0),
    maxContainers: schemas.reduce((sum, schema) => sum + schema.maxContainers, 0),
  };
}

/** Reads the fields of one record; `row` says which one in a list. */
export function readFields(
  reader: Reader,
  layout: Layout,
  into: Record<string, unknown>,
  row = '',
): void {
  const { names, schemas } = layout;
  let i = 0;
  try {
    for (; i < names.length; i++) {
      into[names[i] as string] = (schemas[i] as Schema<unknown>).read(reader);
    }
  } catch (error) {
    throw within(error, `${row}.${names[i]}`);
  }
}

/** Appends the fields of one record in the order of the wire. */
export function lowerFields(
  layout: Layout,
  value: Readonly<Record<string, unknown>>,
  into: Lowered[],
  row = '',
): Lowered[] {
  const { names, schemas } = layout;
  let i = 0;
  try {
    for (; i < names.length; i++) {
      into.push((schemas[i] as Schema<unknown>).lower(value[names[i] as string]));
    }
  } catch (error) {
    throw within(error, `${row}.${names[i]}`);
  }
  return into;
}

/** Refuses an array that has not the length of its record. */
export const refuseFieldCount = (reader: Reader, expected: number, found: number): never =>
  reader.refuse('codec/wrong-field-count', { expected: String(expected), found: String(found) });
