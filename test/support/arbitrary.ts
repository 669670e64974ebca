import fc from 'fast-check';
import type { NamedShape, Shape } from '../../src/codec/index.ts';

/** Blobs and lists are kept short: limits themselves are the codec's tests. */
const SHORT_BYTES = 48;
const SHORT_LIST = 3;
const MAX_U64 = 2n ** 64n - 1n;
const MAX_AMOUNT = 2n ** 128n - 1n;

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => Buffer.from(value).toString('hex'));

const fieldsOf = (fields: readonly NamedShape[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(fields.map(({ name, shape }) => [name, arbitraryOf(shape)])));

const shorter = (limit: number, short: number) => (limit < short ? limit : short);

/** Any value of a schema, by its shape; edges of integers are as likely as the rest. */
export const arbitraryOf = (shape: Shape): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case 'bool':
      return fc.boolean();
    case 'amount':
      return fc.oneof(fc.constantFrom(0n, 1n, MAX_AMOUNT), fc.bigInt(0n, MAX_AMOUNT));
    case 'uint':
      return shape.bits === 64
        ? fc.oneof(fc.constantFrom(0n, 1n, MAX_U64), fc.bigInt(0n, MAX_U64))
        : fc.oneof(
            fc.constantFrom(0, 1, 2 ** shape.bits - 1),
            fc.nat(2 ** Math.min(shape.bits, 31) - 1),
          );
    case 'hex':
      return hex(shape.bytes);
    case 'blob':
      return fc.uint8Array({ maxLength: shorter(shape.maxBytes, SHORT_BYTES) });
    case 'text':
      return fc.string({ maxLength: shorter(shape.maxBytes, 12) });
    case 'enum':
      return fc.constantFrom(...shape.literals);
    case 'list':
      return fc.array(arbitraryOf(shape.item), { maxLength: shorter(shape.maxItems, SHORT_LIST) });
    case 'optional':
      return fc.option(arbitraryOf(shape.item), { nil: undefined });
    case 'embedded':
      return arbitraryOf(shape.item);
    case 'rows':
      return fc.array(fieldsOf(shape.fields), { maxLength: shorter(shape.maxRows, SHORT_LIST) });
    case 'record':
      return fieldsOf(shape.fields);
    case 'variants':
      return fc.oneof(
        ...shape.variants.map(({ name, fields }) =>
          fieldsOf(fields).map((value) => ({ type: name, ...value })),
        ),
      );
  }
};
