import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Infer,
  type Schema,
  amount,
  blob,
  bool,
  decode,
  embedded,
  encode,
  hex,
  list,
  literalEnum,
  optional,
  record,
  rows,
  text,
  u16,
  u32,
  u64,
  u8,
  variants,
} from '../../../src/codec/index.ts';
import { type Item, naiveCbor } from './model.ts';

const KINDS = ['exact', 'tokens', 'ulp'] as const;
const TEXT_BYTES = 40;
const LIMIT = 1_000_000;

const schema = record({
  small: u8,
  medium: u16,
  large: u32,
  wide: u64,
  amount,
  id: hex(32),
  flag: bool,
  kind: literalEnum(KINDS),
  name: text(TEXT_BYTES),
  data: blob(100),
  numbers: list(u32, 30),
  note: optional(u8),
  table: rows({ a: u8, b: bool }, 8),
  message: variants({ open: [3, { fee: u64 }], close: [40, {}] }),
  inner: embedded(list(u16, 4)),
});
type Value = Infer<typeof schema>;

const unsigned = (bits: number): fc.Arbitrary<bigint> => {
  const most = (1n << BigInt(bits)) - 1n;
  const edges = [23n, 24n, 255n, 256n, 65_535n, 65_536n, (1n << 32n) - 1n, 1n << 32n, most];
  return fc.oneof(fc.bigInt(0n, most), fc.constantFrom(...edges.filter((edge) => edge <= most)));
};
const small = (bits: number): fc.Arbitrary<number> => unsigned(bits).map(Number);
const hexOf = (length: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
const shortText = fc
  .string({ unit: 'binary', maxLength: TEXT_BYTES })
  .filter((value) => Buffer.byteLength(value) <= TEXT_BYTES && !value.startsWith('\ufeff'));

const value: fc.Arbitrary<Value> = fc.record({
  small: small(8),
  medium: small(16),
  large: small(32),
  wide: unsigned(64),
  amount: unsigned(128),
  id: hexOf(32),
  flag: fc.boolean(),
  kind: fc.constantFrom(...KINDS),
  name: shortText,
  data: fc.uint8Array({ maxLength: 100 }),
  numbers: fc.array(small(32), { maxLength: 30 }),
  note: fc.option(small(8), { nil: undefined }),
  table: fc.array(fc.record({ a: small(8), b: fc.boolean() }), { maxLength: 8 }),
  message: fc.oneof(
    fc.record({ type: fc.constant('open' as const), fee: unsigned(64) }),
    fc.record({ type: fc.constant('close' as const) }),
  ),
  inner: fc.array(small(16), { maxLength: 4 }),
});

const positional = (v: Value): Item => [
  BigInt(v.small),
  BigInt(v.medium),
  BigInt(v.large),
  v.wide,
  Uint8Array.from(Buffer.from(v.amount.toString(16).padStart(32, '0'), 'hex')),
  Uint8Array.from(Buffer.from(v.id, 'hex')),
  v.flag,
  BigInt(KINDS.indexOf(v.kind)),
  v.name,
  v.data,
  v.numbers.map(BigInt),
  v.note === undefined ? [] : [BigInt(v.note)],
  v.table.flatMap((row) => [BigInt(row.a), row.b]),
  v.message.type === 'open' ? [3n, v.message.fee] : [40n],
  Uint8Array.from(naiveCbor(v.inner.map(BigInt))),
];

describe('encoding', () => {
  test('is what a naive encoder makes of RFC 8949, and decodes to the value', () => {
    fc.assert(
      fc.property(value, (v) => {
        const bytes = encode(schema, v);
        expect(bytes).toEqual(Uint8Array.from(naiveCbor(positional(v))));
        expect(bytes.length).toBeLessThanOrEqual(schema.maxBytes);
        expect(decode(schema, bytes, LIMIT)).toEqual({ ok: true, value: v });
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

/** Whether the input is refused by a code, or is the encoding of what it decodes to. */
const isAnswered = (of: Schema<unknown>, bytes: Uint8Array): boolean => {
  const result = decode(of, bytes, LIMIT);
  if (!result.ok) return result.failure.code.startsWith('codec/');
  return Buffer.compare(encode(of, result.value), bytes) === 0;
};

/** One edit: a byte set, removed, doubled, or everything after it cut off. */
const edit = fc.record({
  kind: fc.constantFrom('set', 'flip', 'remove', 'insert', 'cut'),
  at: fc.nat(),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0x1f, 0x5f, 0x80, 0x9f, 0xa0, 0xc2, 0xf6, 0xf9)),
});

function edited(bytes: Uint8Array, { kind, at, byte }: { kind: string; at: number; byte: number }) {
  const copy = [...bytes];
  const index = copy.length === 0 ? 0 : at % copy.length;
  if (kind === 'set') copy[index] = byte;
  if (kind === 'flip') copy[index] = (copy[index] ?? 0) ^ (1 << (byte & 7));
  if (kind === 'remove') copy.splice(index, 1);
  if (kind === 'insert') copy.splice(index, 0, byte);
  return Uint8Array.from(kind === 'cut' ? copy.slice(0, index) : copy);
}

describe('decoding', () => {
  const schemas: readonly Schema<unknown>[] = [
    schema,
    u8,
    u64,
    amount,
    bool,
    hex(1),
    blob(4),
    text(4),
    list(u8, 2),
    optional(text(2)),
    record({ a: u8 }),
    rows({ a: u8, b: u8 }, 2),
    variants({ a: [0, {}], b: [24, { c: u8 }] }),
    embedded(u8),
  ];

  test('every input of one byte, and many of two and three, is answered', () => {
    const wrong: string[] = [];
    const check = (of: Schema<unknown>, ...bytes: readonly number[]): void => {
      if (!isAnswered(of, Uint8Array.from(bytes))) wrong.push(`${of.shape.kind} ${bytes.join()}`);
    };
    for (const of of schemas) {
      for (let first = 0; first < 256; first++) {
        check(of, first);
        for (let second = 0; second < 256; second += 3) check(of, first, second);
        for (const second of [0, 24, 0x41, 0x80, 0xff]) {
          for (const third of [0, 24, 0x80, 0xc3, 0xff]) check(of, first, second, third);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('damaged encodings are refused, or are the encoding of what they decode to', () => {
    fc.assert(
      fc.property(value, fc.array(edit, { minLength: 1, maxLength: 4 }), (v, edits) => {
        expect(isAnswered(schema, edits.reduce(edited, encode(schema, v)))).toBe(true);
      }),
      { seed: 2, numRuns: 4000 },
    );
  });

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(...schemas), (bytes, of) => {
        expect(isAnswered(of, bytes)).toBe(true);
        // The head of the record, so that its fields are reached.
        expect(isAnswered(schema, Uint8Array.of(0x8f, ...bytes))).toBe(true);
      }),
      { seed: 3, numRuns: 4000 },
    );
  });

  test('two different inputs never decode to the same value', () => {
    fc.assert(
      fc.property(value, edit, (v, change) => {
        const bytes = encode(schema, v);
        const other = edited(bytes, change);
        fc.pre(Buffer.compare(bytes, other) !== 0);
        expect(decode(schema, other, LIMIT)).not.toEqual({ ok: true, value: v });
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
