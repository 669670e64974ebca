import fc from 'fast-check';
import type { NamedShape, Schema, Shape } from '../../../../src/codec/index.ts';
import { decode, encode } from '../../../../src/codec/index.ts';

/** Few bytes and few numbers, so that two values are often the same: guards compare. */
const bytesOf = (length: number): fc.Arbitrary<string> =>
  fc.constantFrom('00', '11', 'a5').map((byte) => byte.repeat(length));

const BIG = [0n, 1n, 2n, 7n, 100n, 1000n, 10n ** 9n, 10n ** 12n];
const MAX_ITEMS = 3;

const fieldsOf = (fields: readonly NamedShape[]): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.record(Object.fromEntries(fields.map(({ name, shape }) => [name, valueOf(shape)])));

const uintOf = (bits: number): fc.Arbitrary<unknown> =>
  bits === 64 ? fc.constantFrom(...BIG, 2n ** 64n - 1n) : fc.integer({ min: 0, max: 3 });

/** Any value of a schema, by its shape: structurally right, otherwise of no sense. */
const valueOf = (shape: Shape): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case 'bool':
      return fc.boolean();
    case 'amount':
      return fc.constantFrom(...BIG);
    case 'uint':
      return uintOf(shape.bits);
    case 'hex':
      return bytesOf(shape.bytes);
    case 'blob':
      return fc.uint8Array({ maxLength: Math.min(shape.maxBytes, 40) });
    case 'text':
      return fc.constantFrom('', 'x', 'https://a.example').map((t) => t.slice(0, shape.maxBytes));
    case 'enum':
      return fc.constantFrom(...shape.literals);
    case 'list':
      return fc.array(valueOf(shape.item), { maxLength: Math.min(shape.maxItems, MAX_ITEMS) });
    case 'rows':
      return fc.array(fieldsOf(shape.fields), { maxLength: Math.min(shape.maxRows, MAX_ITEMS) });
    case 'optional':
      return fc.option(valueOf(shape.item), { nil: undefined });
    case 'embedded':
      return valueOf(shape.item);
    case 'record':
      return fieldsOf(shape.fields);
    case 'variants':
      return fc.oneof(
        ...shape.variants.map(({ name, fields }) =>
          fieldsOf(fields).map((rest) => ({ type: name, ...rest })),
        ),
      );
  }
};

/** Values of a schema; those that a derived type refuses are left out. */
export const valuesOf = <T>(schema: Schema<T>): fc.Arbitrary<T> =>
  valueOf(schema.shape)
    .map((value) => value as T)
    .filter((value) => {
      try {
        return decode(schema, encode(schema, value), schema.maxBytes).ok;
      } catch {
        return false;
      }
    });
