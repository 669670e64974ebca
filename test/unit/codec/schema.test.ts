import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  MAX_CONTAINERS,
  amount,
  blob,
  bool,
  codecErrors,
  decode,
  embedded,
  encode,
  fromHex,
  hex,
  list,
  literalEnum,
  mapped,
  ok,
  optional,
  record,
  rows,
  text,
  toHex,
  u16,
  u32,
  u64,
  u8,
  variants,
} from '../../../src/codec/index.ts';
import type { Infer, Schema } from '../../../src/codec/index.ts';

const LIMIT = 65_536;

const failureOf = (schema: Schema<unknown>, bytes: Uint8Array) => {
  const result = decode(schema, bytes, LIMIT);
  return result.ok ? undefined : result.failure;
};

const expectAsserts = (action: () => unknown, says: RegExp): void => {
  expect(action).toThrow(AssertionError);
  expect(action).toThrow(says);
};

describe('scalars', () => {
  test.each([
    ['u8', u8, 0xff, '0x100', '190100'],
    ['u16', u16, 0xffff, '0x10000', '1a00010000'],
    ['u32', u32, 0xffff_ffff, '2^32', '1b0000000100000000'],
  ] as const)('%s holds its largest value and no larger', (_, schema, most, __, above) => {
    expect(decode(schema, encode(schema, most), LIMIT)).toEqual(ok(most));
    expect(encode(schema, most)).toHaveLength(schema.maxBytes);
    expect(failureOf(schema, fromHex(above))).toMatchObject({
      code: 'codec/integer-range',
      message: codecErrors['codec/integer-range'],
      details: { limit: String(most), offset: '0' },
    });
    for (const bad of [-1, most + 1, 0.5, Number.NaN]) {
      expectAsserts(() => encode(schema, bad), /is not a u/);
    }
  });

  test('u64 is read as a bigint at every size', () => {
    for (const value of [0n, 23n, 24n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n]) {
      expect(decode(u64, encode(u64, value), LIMIT)).toEqual(ok(value));
    }
    for (const bad of [-1n, 2n ** 64n]) expectAsserts(() => encode(u64, bad), /is not a u64/);
  });

  test('an amount is sixteen big-endian bytes', () => {
    expect(toHex(encode(amount, 0x0102n))).toBe(`50${'00'.repeat(14)}0102`);
    for (const value of [0n, 1n, 2n ** 64n, 2n ** 128n - 1n]) {
      expect(encode(amount, value)).toHaveLength(amount.maxBytes);
      expect(decode(amount, encode(amount, value), LIMIT)).toEqual(ok(value));
    }
    for (const bad of [-1n, 2n ** 128n]) expectAsserts(() => encode(amount, bad), /not an amount/);
    expect(failureOf(amount, fromHex(`4f${'00'.repeat(15)}`))?.code).toBe('codec/wrong-length');
    expect(failureOf(amount, fromHex('01'))?.code).toBe('codec/wrong-type');
  });

  test('an enumeration is the index of its name', () => {
    const schema = literalEnum(['exact', 'ulp']);
    expect(toHex(encode(schema, 'ulp'))).toBe('01');
    expect(decode(schema, fromHex('00'), LIMIT)).toEqual(ok('exact'));
    expect(failureOf(schema, fromHex('02'))).toMatchObject({
      code: 'codec/unknown-literal',
      details: { found: '2', limit: '1' },
    });
    expect(failureOf(schema, fromHex('1bffffffffffffffff'))?.code).toBe('codec/unknown-literal');
    expectAsserts(() => encode(schema as Schema<string>, 'cosine'), /none of exact, ulp/);
    expectAsserts(() => literalEnum(['a', 'a']), /distinct/);
  });
});

describe('strings', () => {
  test('hex has exactly its length', () => {
    expect(failureOf(hex(2), fromHex('4101'))).toMatchObject({
      code: 'codec/wrong-length',
      details: { expected: '2', found: '1' },
    });
    expectAsserts(() => encode(hex(2), '01'), /4 are due/);
    expectAsserts(() => encode(hex(2), '01FF'), /not 0-9 or a-f/);
    expectAsserts(() => encode(hex(2), '01\u0660f'), /not 0-9 or a-f/);
  });

  test('blob and text have at most their length in bytes', () => {
    expect(failureOf(blob(1), fromHex('420102'))?.code).toBe('codec/too-long');
    expect(failureOf(text(1), fromHex('626162'))?.code).toBe('codec/too-long');
    expect(failureOf(text(2), fromHex('63e6b0b4'))?.code).toBe('codec/too-long');
    expectAsserts(() => encode(blob(1), new Uint8Array(2)), /at most 1 bytes/);
    expectAsserts(() => encode(text(2), '\u6c34'), /at most 2 bytes/);
  });

  test('text that has no UTF-8 form is never encoded', () => {
    for (const bad of ['\ud800', 'a\udc00', '\ufeffa']) {
      expectAsserts(() => encode(text(64), bad), /surrogate|well-formed|byte order mark/);
      expectAsserts(() => encode(text(4), bad), /surrogate|well-formed|byte order mark/);
    }
  });
});

describe('composites', () => {
  const point = record({ x: u8, y: u8 });

  test('a record is its fields in order', () => {
    const schema = record({ name: text(8), points: list(point, 3), note: optional(u16) });
    const value: Infer<typeof schema> = { name: 'a', points: [{ x: 1, y: 2 }], note: undefined };
    expect(toHex(encode(schema, value))).toBe('83616181820102 80'.replace(' ', ''));
    expect(decode(schema, encode(schema, value), LIMIT)).toEqual(ok(value));
  });

  test('a failure names its place', () => {
    const schema = record({ message: record({ thresholds: list(u8, 4) }) });
    expect(failureOf(schema, fromHex('8181830102f6'))).toMatchObject({
      code: 'codec/forbidden-type',
      details: { path: 'message.thresholds[2]', offset: '5', found: 'null' },
    });
    const nested = record({ parts: list(embedded(schema), 2) });
    expect(failureOf(nested, fromHex('8181468181830102f6'))).toMatchObject({
      code: 'codec/forbidden-type',
      details: { path: 'parts[0].message.thresholds[2]', offset: '8' },
    });
    expectAsserts(
      () => encode(schema, { message: { thresholds: [1, 256] } }),
      /^\.message \.thresholds \[1\] 256 is not a u8$/,
    );
  });

  test('a record has neither more nor fewer fields', () => {
    for (const bytes of ['8101', '83010203', '80']) {
      expect(failureOf(point, fromHex(bytes))?.code).toBe('codec/wrong-field-count');
    }
    expectAsserts(() => record({ __proto__x: u8 }), /not a name for a field/);
    expectAsserts(() => record({ 1: u8 }), /not a name for a field/);
  });

  test('an optional is an array of one or none', () => {
    const schema = optional(u8);
    expect(toHex(encode(schema, undefined))).toBe('80');
    expect(toHex(encode(schema, 7))).toBe('8107');
    expect(failureOf(schema, fromHex('820707'))?.code).toBe('codec/too-long');
    expect(failureOf(schema, fromHex('81f6'))?.code).toBe('codec/forbidden-type');
  });

  test('a list has at most its items', () => {
    expect(failureOf(list(u8, 2), fromHex('83010203'))?.code).toBe('codec/too-long');
    expectAsserts(() => encode(list(u8, 1), [1, 2]), /a list of 2 where 1/);
  });

  test('rows are the fields of all records in one array', () => {
    const schema = rows({ x: u8, y: bool }, 2);
    const value = [
      { x: 1, y: true },
      { x: 2, y: false },
    ];
    expect(toHex(encode(schema, value))).toBe('8401f502f4');
    expect(decode(schema, fromHex('8401f502f4'), LIMIT)).toEqual(ok(value));
    expect(decode(schema, fromHex('80'), LIMIT)).toEqual(ok([]));
    expect(failureOf(schema, fromHex('8301f502'))?.code).toBe('codec/wrong-field-count');
    expect(failureOf(schema, fromHex('8601f502f403f5'))?.code).toBe('codec/too-long');
    expect(failureOf(schema, fromHex('8401f50203'))?.details['path']).toBe('[1].y');
    expectAsserts(() => encode(schema, [...value, ...value]), /4 rows where 2/);
  });

  test('a mapped type refuses in its own words, at its place', () => {
    const even = mapped(
      u8,
      (value) =>
        value % 2 === 0
          ? ok({ half: value >>> 1 })
          : { ok: false, failure: { code: 'test/odd', message: 'Odd.', details: {} } },
      (value) => value.half * 2,
    );
    const schema = list(even, 3);
    expect(decode(schema, fromHex('820406'), LIMIT)).toEqual(ok([{ half: 2 }, { half: 3 }]));
    expect(failureOf(schema, fromHex('820405'))).toEqual({
      code: 'test/odd',
      message: 'Odd.',
      details: { path: '[1]' },
    });
  });

  test('a mapped type that loses something is caught by re-encoding', () => {
    const lossy = mapped(
      u8,
      (value) => ok(value & 1),
      (value) => value,
    );
    expect(decode(lossy, fromHex('01'), LIMIT)).toEqual(ok(1));
    expect(failureOf(lossy, fromHex('03'))?.code).toBe('codec/not-canonical');
  });
});

describe('variants', () => {
  const schema = variants({ open: [0, { fee: u8 }], close: [7, {}] });
  type Message = Infer<typeof schema>;

  test('a variant is its tag and its fields', () => {
    const open: Message = { type: 'open', fee: 3 };
    expect(toHex(encode(schema, open))).toBe('820003');
    expect(toHex(encode(schema, { type: 'close' }))).toBe('8107');
    expect(decode(schema, fromHex('820003'), LIMIT)).toEqual(ok(open));
    expect(decode(schema, fromHex('8107'), LIMIT)).toEqual(ok({ type: 'close' }));
  });

  test('the type narrows', () => {
    const feeOf = (message: Message): number => (message.type === 'open' ? message.fee : 0);
    expect(feeOf({ type: 'open', fee: 4 })).toBe(4);
  });

  test.each([
    ['no tag', '80', 'codec/wrong-field-count'],
    ['unknown tag', '8101', 'codec/unknown-variant'],
    ['huge tag', '811bffffffffffffffff', 'codec/unknown-variant'],
    ['missing field', '8100', 'codec/wrong-field-count'],
    ['field too many', '820700', 'codec/wrong-field-count'],
    ['tag of another type', '814100', 'codec/wrong-type'],
  ])('%s', (_, bytes, code) => {
    expect(failureOf(schema, fromHex(bytes))?.code).toBe(code);
  });

  test('mistakes in a definition are found when it is made', () => {
    expectAsserts(() => variants({ a: [0, {}], b: [0, {}] }), /distinct/);
    expectAsserts(() => variants({ a: [256, {}] }), /not a u8/);
    expectAsserts(() => variants({ a: [0, { type: u8 }] }), /field named type/);
    expectAsserts(() => encode(schema, { type: 'toString' } as never), /not a variant/);
  });
});

describe('limits of a schema', () => {
  test('at most 64 arrays, nested and successive together (PROTOCOL §2)', () => {
    expect(list(list(u8, 1), MAX_CONTAINERS - 1).maxContainers).toBe(64);
    expectAsserts(() => list(list(u8, 1), MAX_CONTAINERS), /could hold 65 arrays/);
    let nested: Schema<unknown> = list(u8, 1);
    while (nested.maxContainers < MAX_CONTAINERS) nested = list(nested, 1);
    expectAsserts(() => list(nested, 1), /could hold 65 arrays/);
    expectAsserts(() => record({ a: nested }), /could hold 65 arrays/);
    expectAsserts(() => optional(nested), /could hold 65 arrays/);
    expectAsserts(() => variants({ a: [0, { nested }] }), /could hold 65 arrays/);
    expect(rows({ x: u8, y: u8 }, 1000).maxContainers).toBe(1);
    expect(list(embedded(nested), 1000).maxContainers).toBe(1);
  });

  test('the largest value takes maxBytes', () => {
    const schema = record({
      wide: list(u64, 300),
      rows: rows({ a: amount, b: u32 }, 20),
      which: variants({ a: [255, { id: hex(32) }], b: [0, {}] }),
      inner: embedded(list(text(300), 2)),
      maybe: optional(blob(70_000)),
    });
    const value: Infer<typeof schema> = {
      wide: Array.from({ length: 300 }, () => 2n ** 64n - 1n),
      rows: Array.from({ length: 20 }, () => ({ a: 1n, b: 0xffff_ffff })),
      which: { type: 'a', id: 'ab'.repeat(32) },
      inner: ['x'.repeat(300), 'y'.repeat(300)],
      maybe: new Uint8Array(70_000),
    };
    const bytes = encode(schema, value);
    expect(bytes).toHaveLength(schema.maxBytes);
    expect(decode(schema, bytes, schema.maxBytes)).toEqual(ok(value));
  });

  test('a schema describes itself', () => {
    const schema = record({ owner: hex(20), kind: literalEnum(['a', 'b']), tags: list(u8, 3) });
    expect(schema.shape).toEqual({
      kind: 'record',
      fields: [
        { name: 'owner', shape: { kind: 'hex', bytes: 20 } },
        { name: 'kind', shape: { kind: 'enum', literals: ['a', 'b'] } },
        {
          name: 'tags',
          shape: { kind: 'list', item: { kind: 'uint', bits: 8 }, maxItems: 3 },
        },
      ],
    });
  });
});
