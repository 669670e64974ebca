import fc from 'fast-check';
import * as codec from '../../../../src/codec/index.ts';
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

const fieldSchemas = (fields: readonly NamedShape[]): Readonly<Record<string, Schema<unknown>>> =>
  Object.fromEntries(fields.map(({ name, shape }) => [name, plainSchema(shape)]));

const UINTS = { 8: codec.u8, 16: codec.u16, 32: codec.u32, 64: codec.u64 };

/** The schema of a shape whose values are not derived from others. */
const plainSchema = (shape: Shape): Schema<unknown> => {
  const untyped = (schema: Schema<never>) => schema as unknown as Schema<unknown>;
  switch (shape.kind) {
    case 'bool':
      return untyped(codec.bool as Schema<never>);
    case 'amount':
      return untyped(codec.amount as Schema<never>);
    case 'uint':
      return untyped(UINTS[shape.bits] as Schema<never>);
    case 'hex':
      return untyped(codec.hex(shape.bytes) as Schema<never>);
    case 'blob':
      return untyped(codec.blob(shape.maxBytes) as Schema<never>);
    case 'text':
      return untyped(codec.text(shape.maxBytes) as Schema<never>);
    case 'enum':
      return untyped(codec.literalEnum(shape.literals) as Schema<never>);
    case 'list':
      return untyped(codec.list(plainSchema(shape.item), shape.maxItems) as Schema<never>);
    case 'rows':
      return untyped(codec.rows(fieldSchemas(shape.fields), shape.maxRows) as Schema<never>);
    case 'optional':
      return untyped(codec.optional(plainSchema(shape.item)) as Schema<never>);
    case 'embedded':
      return untyped(codec.embedded(plainSchema(shape.item)) as Schema<never>);
    case 'record':
      return untyped(codec.record(fieldSchemas(shape.fields)) as Schema<never>);
    case 'variants':
      return untyped(
        codec.variants(
          Object.fromEntries(
            shape.variants.map(({ name, tag, fields }) => [name, [tag, fieldSchemas(fields)]]),
          ),
        ) as unknown as Schema<never>,
      );
  }
};

/** Values of a schema, read from bytes as it reads them; refused ones are left out. */
export const valuesOf = <T>(schema: Schema<T>): fc.Arbitrary<T> => {
  const plain = plainSchema(schema.shape);
  return valueOf(schema.shape)
    .map((value) => decode(schema, encode(plain, value), schema.maxBytes))
    .filter((decoded) => decoded.ok)
    .map((decoded) => (decoded as { readonly value: T }).value);
};
