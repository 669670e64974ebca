import fc from 'fast-check';
import { type NamedShape, type Shape, toHex } from '../../codec/index.ts';

/** Values that are more likely than others to mean something, by their length in bytes. */
export type Dictionary = Readonly<Record<number, readonly string[]>>;

/** Blobs, texts and lists are kept short: limits themselves are the codec's tests. */
const SHORT_BYTES = 48;
const SHORT_TEXT = 12;
const SHORT_LIST = 3;
/** `fc.nat` takes no more than 31 bits. */
const MAX_NAT_BITS = 31;
const MAX_U64 = 2n ** 64n - 1n;
const MAX_AMOUNT = 2n ** 128n - 1n;
const U64_BITS = 64;
/** A value of the dictionary is so many times as likely as an unknown one. */
const KNOWN_WEIGHT = 6;

const anyHex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(toHex);

const hexOf = (bytes: number, dictionary: Dictionary): fc.Arbitrary<string> => {
  const known = dictionary[bytes] ?? [];
  if (known.length === 0) return anyHex(bytes);
  return fc.oneof(
    { weight: KNOWN_WEIGHT, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: anyHex(bytes) },
  );
};

const uintOf = (bits: number): fc.Arbitrary<bigint | number> => {
  if (bits === U64_BITS) {
    return fc.oneof(fc.constantFrom(0n, 1n, MAX_U64), fc.bigInt(0n, MAX_U64), fc.bigInt(0n, 99n));
  }
  const largest = 2 ** bits - 1;
  const most = 2 ** (bits < MAX_NAT_BITS ? bits : MAX_NAT_BITS) - 1;
  return fc.oneof(fc.constantFrom(0, 1, largest), fc.nat(most), fc.nat(7));
};

const fieldsOf = (fields: readonly NamedShape[], known: Dictionary) =>
  fc.record(Object.fromEntries(fields.map(({ name, shape }) => [name, valueOf(shape, known)])));

const shorter = (limit: number, short: number): number => (limit < short ? limit : short);

/** Any value of the shape of a schema; edges of integers are as likely as all the rest. */
export const valueOf = (shape: Shape, dictionary: Dictionary = {}): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case 'bool':
      return fc.boolean();
    case 'amount':
      return fc.oneof(fc.constantFrom(0n, 1n, MAX_AMOUNT), fc.bigInt(0n, MAX_AMOUNT));
    case 'uint':
      return uintOf(shape.bits);
    case 'hex':
      return hexOf(shape.bytes, dictionary);
    case 'blob':
      return fc.uint8Array({ maxLength: shorter(shape.maxBytes, SHORT_BYTES) });
    case 'text':
      return fc.string({ maxLength: shorter(shape.maxBytes, SHORT_TEXT) });
    case 'enum':
      return fc.constantFrom(...shape.literals);
    case 'list':
      return fc.array(valueOf(shape.item, dictionary), {
        maxLength: shorter(shape.maxItems, SHORT_LIST),
      });
    case 'optional':
      return fc.option(valueOf(shape.item, dictionary), { nil: undefined });
    case 'embedded':
      return valueOf(shape.item, dictionary);
    case 'rows':
      return fc.array(fieldsOf(shape.fields, dictionary), {
        maxLength: shorter(shape.maxRows, SHORT_LIST),
      });
    case 'record':
      return fieldsOf(shape.fields, dictionary);
    case 'variants':
      return fc.oneof(
        ...shape.variants.map(({ name, fields }) =>
          fieldsOf(fields, dictionary).map((value) => ({ type: name, ...value })),
        ),
      );
  }
};
