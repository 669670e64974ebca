import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Json,
  type Schema,
  amount,
  blob,
  bool,
  embedded,
  failWith,
  fromJson,
  hex,
  type JsonErrorCode,
  jsonSchemaOf,
  list,
  literalEnum,
  MAX_AMOUNT,
  MAX_U64,
  mapped,
  ok,
  optional,
  record,
  rows,
  text,
  toJson,
  u16,
  u32,
  u64,
  u8,
  variants,
} from '../../../src/codec/index.ts';

const point = record({ x: u8, y: u16 });
const everything = record({
  flag: bool,
  small: u32,
  big: u64,
  amountNlux: amount,
  hash: hex(3),
  data: blob(4),
  name: text(8),
  color: literalEnum(['red', 'green']),
  points: list(point, 2),
  maybe: optional(u64),
  part: embedded(point),
  table: rows({ id: hex(1), count: u8 }, 2),
  choice: variants({ none: [0, {}], some: [7, { value: u64, at: optional(point) }] }),
});

const value = {
  flag: true,
  small: 4_294_967_295,
  big: MAX_U64,
  amountNlux: MAX_AMOUNT,
  hash: '00ff10',
  data: Uint8Array.of(1, 255),
  name: 'né',
  color: 'green',
  points: [{ x: 1, y: 2 }],
  maybe: undefined,
  part: { x: 255, y: 65_535 },
  table: [
    { id: 'aa', count: 1 },
    { id: 'bb', count: 2 },
  ],
  choice: { type: 'some', value: 5n, at: { x: 0, y: 0 } },
} as const;

const json = {
  flag: true,
  small: 4_294_967_295,
  big: '18446744073709551615',
  amountNlux: '340282366920938463463374607431768211455',
  hash: '00ff10',
  data: '01ff',
  name: 'né',
  color: 'green',
  points: [{ x: 1, y: 2 }],
  maybe: null,
  part: { x: 255, y: 65_535 },
  table: [
    { id: 'aa', count: 1 },
    { id: 'bb', count: 2 },
  ],
  choice: { type: 'some', value: '5', at: { x: 0, y: 0 } },
};

test('a value of every kind goes to JSON and back', () => {
  expect(toJson(everything, value)).toEqual(json);
  expect(fromJson(everything, json)).toEqual(ok(value));
});

const scalar = <T>(schema: Schema<T>) => record({ v: schema });
const read = <T>(schema: Schema<T>, v: Json) => {
  const result = fromJson(scalar(schema), { v });
  return result.ok ? result.value.v : result.failure.code;
};

describe('what is read besides the form that is written', () => {
  test.each([
    [u64, 9_007_199_254_740_991, 9_007_199_254_740_991n],
    [u64, 0, 0n],
    [u64, -0, 0n],
    [amount, 17, 17n],
    [u8, -0, 0],
    [hex(2), '0xABcd', 'abcd'],
    [blob(2), '0xAB', Uint8Array.of(0xab)],
  ])('case %# is taken', (schema, given, expected) => {
    const result = read(schema as Schema<unknown>, given);
    expect(result).toEqual(expected);
    expect(Object.is(result, -0)).toBe(false);
  });

  test('a field for an absent value may be left out', () => {
    expect(fromJson(record({ v: optional(u8) }), {})).toEqual(ok({ v: undefined }));
  });

  test('unknown fields are passed over on request', () => {
    const options = { unknownFields: 'ignore' } as const;
    expect(fromJson(point, { x: 1, y: 2, z: 3 }, options)).toEqual(ok({ x: 1, y: 2 }));
  });
});

describe('what is refused', () => {
  test.each<[Schema<unknown>, Json, JsonErrorCode]>([
    [u64, 9_007_199_254_740_992, 'json/unsafe-integer'],
    [u64, 1.5, 'json/integer-format'],
    [u64, -1, 'json/integer-format'],
    [u64, '-1', 'json/integer-format'],
    [u64, '01', 'json/integer-format'],
    [u64, '1e3', 'json/integer-format'],
    [u64, '', 'json/integer-format'],
    [u64, ' 1', 'json/integer-format'],
    [u64, '18446744073709551616', 'json/integer-range'],
    [u64, '9'.repeat(100_000), 'json/integer-range'],
    [u64, true, 'json/wrong-type'],
    [amount, '340282366920938463463374607431768211456', 'json/integer-range'],
    [amount, null, 'json/wrong-type'],
    [u8, 256, 'json/integer-range'],
    [u8, 0.5, 'json/integer-range'],
    [u8, -1, 'json/integer-range'],
    [u8, '1', 'json/wrong-type'],
    [hex(2), 'abc', 'json/hex-format'],
    [hex(2), 'ab', 'json/hex-length'],
    [hex(2), 'ababab', 'json/hex-length'],
    [hex(2), 'zzzz', 'json/hex-format'],
    [hex(2), '0x0xab', 'json/hex-format'],
    [hex(2), 7, 'json/wrong-type'],
    [blob(2), 'ababab', 'json/too-long'],
    [blob(2), 'a', 'json/hex-format'],
    [text(2), 'abc', 'json/too-long'],
    [text(2), 'é€', 'json/too-long'],
    [text(9), '\ud800', 'json/not-unicode'],
    [text(9), '\ufeffa', 'json/not-unicode'],
    [literalEnum(['a']), 'b', 'json/unknown-literal'],
    [literalEnum(['a']), 0, 'json/wrong-type'],
    [bool, 1, 'json/wrong-type'],
    [list(u8, 1), [1, 2], 'json/too-long'],
    [list(u8, 1), { length: 0 }, 'json/wrong-type'],
    [rows({ a: u8 }, 1), [{ a: 1 }, { a: 2 }], 'json/too-long'],
    [optional(u8), 'x', 'json/wrong-type'],
    [point, { x: 1 }, 'json/missing-field'],
    [point, { x: 1, y: 2, z: 3 }, 'json/unknown-field'],
    [point, [1, 2], 'json/wrong-type'],
    [variants({ a: [0, {}] }), { type: 'b' }, 'json/unknown-variant'],
    [variants({ a: [0, {}] }), { type: 'toString' }, 'json/unknown-variant'],
    [variants({ a: [0, {}] }), {}, 'json/missing-field'],
    [variants({ a: [0, {}] }), null, 'json/wrong-type'],
    [variants({ a: [0, {}] }), { type: 'a', b: 1 }, 'json/unknown-field'],
  ])('case %#', (schema, given, code) => {
    expect(read(schema, given)).toBe(code);
  });

  test('the place is told', () => {
    const given = { ...json, choice: { type: 'some', value: '5', at: { x: 0, y: '0' } } };
    const nested = fromJson(everything, given);
    expect(nested).toMatchObject({ failure: { details: { path: 'choice.at.y' } } });
    const inList = fromJson(everything, { ...json, points: [{ x: 1, y: 2 }, { x: 1 }] });
    expect(inList).toMatchObject({ failure: { details: { path: 'points[1].y' } } });
    expect(fromJson(list(u8, 3), [1, 'a'])).toMatchObject({
      failure: { details: { path: '[1]' } },
    });
  });

  test('names of Object.prototype are neither found nor taken', () => {
    const odd = JSON.parse('{"x":1,"y":2,"__proto__":{"z":1}}') as Json;
    expect(fromJson(point, odd)).toMatchObject({ failure: { code: 'json/unknown-field' } });
    const inherited = fromJson(record({ constructor: u8 }), {});
    expect(inherited).toMatchObject({ failure: { code: 'json/missing-field' } });
  });

  test('a name that could disturb a terminal is not repeated', () => {
    const given = { x: 1, y: 2, '\u001b[2J': 1 };
    expect(JSON.stringify(fromJson(point, given))).not.toContain('u001b');
  });
});

describe('schemas that are derived from others', () => {
  const fail = failWith({ 'test/odd': 'Even numbers only.' });
  const even = mapped(
    u8,
    (n) => (n % 2 === 0 ? ok({ half: n >> 1 }) : fail('test/odd')),
    ({ half }) => half * 2,
  );

  test('are written and read by what they are derived from, and keep their own rules', () => {
    expect(toJson(record({ v: even }), { v: { half: 3 } })).toEqual({ v: 6 });
    expect(fromJson(record({ v: even }), { v: 6 })).toEqual(ok({ v: { half: 3 } }));
    const odd = fromJson(record({ v: even }), { v: 7 });
    expect(odd).toMatchObject({ failure: { code: 'test/odd', details: { path: 'v' } } });
  });

  test('can have a text form', () => {
    const form = {
      pattern: '^#[0-9]+$',
      description: 'number with a hash',
      toText: (lowered: unknown) => `#${String(lowered)}`,
      fromText: (given: string) =>
        /^#[0-9]$/.test(given) ? ok(Number(given.slice(1))) : fail('test/odd'),
    };
    const forms = new Map([[even.shape, form]]);
    const schema = record({ v: even, w: u16 });
    expect(toJson(schema, { v: { half: 3 }, w: 1 }, { forms })).toEqual({ v: '#6', w: 1 });
    expect(fromJson(schema, { v: '#6', w: 1 }, { forms })).toEqual(ok({ v: { half: 3 }, w: 1 }));
    expect(fromJson(schema, { v: '6', w: 1 }, { forms })).toMatchObject({
      failure: { code: 'test/odd', details: { path: 'v' } },
    });
    expect(fromJson(schema, { v: 6, w: 1 }, { forms })).toMatchObject({
      failure: { code: 'json/wrong-type' },
    });
    expect(jsonSchemaOf(schema, { forms })).toMatchObject({
      properties: { v: { type: 'string', pattern: '^#[0-9]+$' } },
    });
  });
});

describe('the JSON Schema', () => {
  test('says what is written', () => {
    expect(jsonSchemaOf(everything)).toEqual({
      type: 'object',
      additionalProperties: false,
      required: Object.keys(json).filter((name) => name !== 'maybe'),
      properties: {
        flag: { type: 'boolean' },
        small: { type: 'integer', minimum: 0, maximum: 4_294_967_295 },
        big: { type: 'string', pattern: '^(0|[1-9][0-9]{0,19})$', format: 'uint64' },
        amountNlux: { type: 'string', pattern: '^(0|[1-9][0-9]{0,38})$', format: 'uint128' },
        hash: { type: 'string', pattern: '^[0-9a-f]{6}$' },
        data: { type: 'string', pattern: '^([0-9a-f]{2})*$', maxLength: 8 },
        name: { type: 'string', maxLength: 8 },
        color: { type: 'string', enum: ['red', 'green'] },
        points: { type: 'array', maxItems: 2, items: jsonSchemaOf(point) },
        maybe: {
          anyOf: [
            { type: 'string', pattern: '^(0|[1-9][0-9]{0,19})$', format: 'uint64' },
            { type: 'null' },
          ],
        },
        part: jsonSchemaOf(point),
        table: {
          type: 'array',
          maxItems: 2,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['id', 'count'],
            properties: {
              id: { type: 'string', pattern: '^[0-9a-f]{2}$' },
              count: { type: 'integer', minimum: 0, maximum: 255 },
            },
          },
        },
        choice: {
          oneOf: [
            {
              type: 'object',
              additionalProperties: false,
              required: ['type'],
              properties: { type: { type: 'string', const: 'none' } },
            },
            {
              type: 'object',
              additionalProperties: false,
              required: ['type', 'value'],
              properties: {
                type: { type: 'string', const: 'some' },
                value: { type: 'string', pattern: '^(0|[1-9][0-9]{0,19})$', format: 'uint64' },
                at: { anyOf: [jsonSchemaOf(point), { type: 'null' }] },
              },
            },
          ],
        },
      },
    });
  });

  test('can point to others by reference, and stay open', () => {
    const refOf = (shape: unknown) => (shape === point.shape ? '#/Point' : undefined);
    const schema = jsonSchemaOf(record({ p: point }), { refOf, unknownFields: 'ignore' });
    expect(schema).toEqual({
      type: 'object',
      required: ['p'],
      properties: { p: { $ref: '#/Point' } },
    });
    expect(jsonSchemaOf(point, { refOf })).toHaveProperty('properties');
  });
});

/** Values of `everything`, drawn from all that it holds. */
const values = fc.record({
  flag: fc.boolean(),
  small: fc.integer({ min: 0, max: 0xffff_ffff }),
  big: fc.bigInt({ min: 0n, max: MAX_U64 }),
  amountNlux: fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
  hash: fc.stringMatching(/^[0-9a-f]{6}$/),
  data: fc.uint8Array({ maxLength: 4 }),
  name: fc.constantFrom('', 'a', 'né', '\u{1f600}', '\u0000"'),
  color: fc.constantFrom('red' as const, 'green' as const),
  points: fc.array(fc.record({ x: fc.nat(255), y: fc.nat(65_535) }), { maxLength: 2 }),
  maybe: fc.option(fc.bigInt({ min: 0n, max: MAX_U64 }), { nil: undefined }),
  part: fc.record({ x: fc.nat(255), y: fc.nat(65_535) }),
  table: fc.array(fc.record({ id: fc.stringMatching(/^[0-9a-f]{2}$/), count: fc.nat(255) }), {
    maxLength: 2,
  }),
  choice: fc.oneof(
    fc.constant({ type: 'none' as const }),
    fc.record({
      type: fc.constant('some' as const),
      value: fc.bigInt({ min: 0n, max: MAX_U64 }),
      at: fc.constantFrom(undefined, { x: 1, y: 1 }),
    }),
  ),
});

test('every value survives JSON text', () => {
  fc.assert(
    fc.property(values, (drawn) => {
      const parsed = JSON.parse(JSON.stringify(toJson(everything, drawn))) as Json;
      expect(fromJson(everything, parsed)).toEqual(ok(drawn));
    }),
    { seed: 8, numRuns: 300 },
  );
});

test('any JSON is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(12), (drawn, position) => {
      const name = Object.keys(json)[position] as string;
      for (const given of [drawn, { ...json, [name]: drawn }] as Json[]) {
        const result = fromJson(everything, given);
        if (result.ok)
          expect(fromJson(everything, toJson(everything, result.value))).toEqual(result);
        else expect(result.failure.code).toMatch(/^(?:json|codec)\//);
      }
    }),
    { seed: 9, numRuns: 500 },
  );
});
