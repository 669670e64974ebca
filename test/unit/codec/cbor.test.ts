import { describe, expect, test } from 'vitest';
import {
  type CodecErrorCode,
  type Schema,
  blob,
  bool,
  decode,
  encode,
  fromHex,
  hex,
  list,
  record,
  text,
  toHex,
  u32,
  u64,
  u8,
} from '../../../src/codec/index.ts';

const LIMIT = 1024;

const refusalOf = (schema: Schema<unknown>, bytes: string) => {
  const result = decode(schema, fromHex(bytes), LIMIT);
  return result.ok ? undefined : result.failure;
};

type Case = readonly [name: string, bytes: string, code: CodecErrorCode, found?: string];

const expectRefused = (schema: Schema<unknown>, [, bytes, code, found]: Case): void => {
  const failure = refusalOf(schema, bytes);
  expect(failure?.code).toBe(code);
  if (found !== undefined) expect(failure?.details['found']).toBe(found);
};

const nameOf = ([name, bytes]: Case): string => `${name} (${bytes.slice(0, 24)})`;

describe('RFC 8949 Appendix A examples that are canonical and in use', () => {
  test.each([
    ['0', u64, 0n, '00'],
    ['23', u64, 23n, '17'],
    ['24', u64, 24n, '1818'],
    ['100', u64, 100n, '1864'],
    ['1000', u64, 1000n, '1903e8'],
    ['1000000', u64, 1_000_000n, '1a000f4240'],
    ['1000000000000', u64, 1_000_000_000_000n, '1b000000e8d4a51000'],
    ['18446744073709551615', u64, 18_446_744_073_709_551_615n, '1bffffffffffffffff'],
    ['false', bool, false, 'f4'],
    ['true', bool, true, 'f5'],
    ["h''", blob(4), new Uint8Array(0), '40'],
    ["h'01020304'", hex(4), '01020304', '4401020304'],
    ['""', text(4), '', '60'],
    ['"IETF"', text(4), 'IETF', '6449455446'],
    ['"\\u00fc"', text(4), '\u00fc', '62c3bc'],
    ['"\\u6c34"', text(4), '\u6c34', '63e6b0b4'],
    ['"\\ud800\\udd51"', text(4), '\u{10151}', '64f0908591'],
    ['[]', list(u8, 4), [], '80'],
    ['[1, 2, 3]', list(u8, 4), [1, 2, 3], '83010203'],
  ] as readonly (readonly [string, Schema<unknown>, unknown, string])[])(
    '%s',
    (_, schema, value, bytes) => {
      expect(toHex(encode(schema, value))).toBe(bytes);
      expect(decode(schema, fromHex(bytes), LIMIT)).toEqual({ ok: true, value });
    },
  );
});

describe('RFC 8949 §4.2.1: integers and lengths take their shortest form', () => {
  const integers: readonly Case[] = [
    ['0 in two bytes', '1800', 'codec/non-minimal'],
    ['23 in two bytes', '1817', 'codec/non-minimal'],
    ['255 in three bytes', '1900ff', 'codec/non-minimal'],
    ['65535 in five bytes', '1a0000ffff', 'codec/non-minimal'],
    ['2^32 - 1 in nine bytes', '1b00000000ffffffff', 'codec/non-minimal'],
  ];
  test.each(integers.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
    expectRefused(u64, row);
  });

  const lengths: readonly (readonly [Schema<unknown>, Case])[] = [
    [blob(4), ['byte string', '580101', 'codec/non-minimal']],
    [text(4), ['text string', '590001 61'.replace(' ', ''), 'codec/non-minimal']],
    [list(u8, 4), ['array of one byte of length', '980100', 'codec/non-minimal']],
    [list(u8, 4), ['array of eight bytes', '9b000000000000000100', 'codec/non-minimal']],
  ];
  test.each(lengths.map(([schema, row]) => [nameOf(row), schema, row] as const))(
    '%s',
    (_, schema, row) => {
      expectRefused(schema, row);
    },
  );
});

describe('items that are not used (PROTOCOL §2)', () => {
  const cases: readonly Case[] = [
    ['-1', '20', 'codec/forbidden-type', 'negative integer'],
    ['-2^64', '3bffffffffffffffff', 'codec/forbidden-type', 'negative integer'],
    ['empty map', 'a0', 'codec/forbidden-type', 'map'],
    ['map with a key', 'a10102', 'codec/forbidden-type', 'map'],
    ['map with the key __proto__', 'a1695f5f70726f746f5f5f01', 'codec/forbidden-type', 'map'],
    ['bignum tag', 'c249010000000000000000', 'codec/forbidden-type', 'tag'],
    ['self-described tag', 'd9d9f700', 'codec/forbidden-type', 'tag'],
    ['half float', 'f93c00', 'codec/forbidden-type', 'float'],
    ['single float', 'fa47c35000', 'codec/forbidden-type', 'float'],
    ['double float', 'fb3ff199999999999a', 'codec/forbidden-type', 'float'],
    ['NaN', 'f97e00', 'codec/forbidden-type', 'float'],
    ['Infinity', 'f97c00', 'codec/forbidden-type', 'float'],
    ['null', 'f6', 'codec/forbidden-type', 'null'],
    ['undefined', 'f7', 'codec/forbidden-type', 'undefined'],
    ['simple(16)', 'f0', 'codec/forbidden-type', 'simple value'],
    ['simple(255)', 'f8ff', 'codec/forbidden-type', 'simple value'],
    ['indefinite byte string', '5f4101ff', 'codec/indefinite-length', 'byte string'],
    ['indefinite text string', '7f6161ff', 'codec/indefinite-length', 'text string'],
    ['indefinite array', '9f01ff', 'codec/indefinite-length', 'array'],
    ['indefinite map', 'bfff', 'codec/forbidden-type', 'map'],
    ['break', 'ff', 'codec/malformed', 'break'],
    ['reserved head 1c', '1c', 'codec/malformed'],
    ['reserved head 5d', '5d', 'codec/malformed'],
    ['reserved head 9e', '9e', 'codec/malformed'],
    ['reserved head fc', 'fc', 'codec/malformed'],
    ['indefinite integer', '1f', 'codec/malformed'],
  ];
  const schemas = [u8, u64, bool, hex(4), blob(4), text(4), list(u8, 4), record({ a: u8 })];
  test.each(cases.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
    for (const schema of schemas) expectRefused(schema, row);
    const inside: Case = [row[0], `81${row[1]}`, row[2], row[3] as string];
    expectRefused(record({ a: u8 }), inside);
    expectRefused(list(text(4), 4), inside);
  });
});

describe('structure', () => {
  const schema = record({ a: u32, b: hex(4), c: list(text(8), 4), d: bool });
  const bytes = encode(schema, { a: 70_000, b: '01020304', c: ['x', 'yz'], d: true });

  test('every prefix of a record is truncated', () => {
    for (let length = 0; length < bytes.length; length++) {
      const result = decode(schema, bytes.slice(0, length), LIMIT);
      expect(result.ok ? undefined : result.failure.code, `of ${length}`).toBe('codec/truncated');
    }
  });

  test('a byte after a record is refused at its offset', () => {
    expect(refusalOf(schema, `${toHex(bytes)}00`)).toMatchObject({
      code: 'codec/trailing-bytes',
      details: { offset: String(bytes.length) },
    });
  });

  test('an input above its limit is refused unread', () => {
    const result = decode(schema, bytes, bytes.length - 1);
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: 'codec/too-large',
        details: { limit: String(bytes.length - 1), found: String(bytes.length) },
      },
    });
    expect(decode(schema, bytes, bytes.length).ok).toBe(true);
  });

  test('arrays nested a million deep are refused without recursion', () => {
    const deep = new Uint8Array(1_000_000).fill(0x81);
    const result = decode(list(list(u8, 1), 1), deep, deep.length);
    expect(result.ok ? undefined : result.failure).toMatchObject({
      code: 'codec/wrong-type',
      details: { path: '[0][0]', offset: '2', found: 'array' },
    });
  });

  test('an array that claims 2^64 - 1 items allocates nothing', () => {
    expect(refusalOf(list(u8, 4), '9bffffffffffffffff')?.code).toBe('codec/truncated');
    expect(refusalOf(list(u8, 4), '9affffffff')?.code).toBe('codec/too-long');
    expect(refusalOf(record({ a: u8 }), '9affffffff')?.code).toBe('codec/wrong-field-count');
    expect(refusalOf(blob(4), '5bffffffffffffffff')?.code).toBe('codec/truncated');
    expect(refusalOf(text(4), '7a7fffffff')?.code).toBe('codec/truncated');
  });

  test('a Buffer decodes to values that do not share its memory', () => {
    const schemaOfBlob = record({ data: blob(80) });
    const buffer = Buffer.from(encode(schemaOfBlob, { data: new Uint8Array(70).fill(7) }));
    const result = decode(schemaOfBlob, buffer, LIMIT);
    buffer.fill(0);
    expect(result).toEqual({ ok: true, value: { data: new Uint8Array(70).fill(7) } });
  });
});

describe('UTF-8', () => {
  const cases: readonly Case[] = [
    ['lone continuation byte', '6180', 'codec/not-utf8'],
    ['0xff', '61ff', 'codec/not-utf8'],
    ['overlong slash', '62c0af', 'codec/not-utf8'],
    ['cut sequence', '62e6b0', 'codec/not-utf8'],
    ['encoded surrogate', '63eda080', 'codec/not-utf8'],
    ['above U+10FFFF', '64f4908080', 'codec/not-utf8'],
    ['byte order mark', '64efbbbf61', 'codec/not-utf8'],
    ['two byte order marks', '66efbbbfefbbbf', 'codec/not-utf8'],
    ['long with a bad byte', `7828${'61'.repeat(39)}ff`, 'codec/not-utf8'],
    ['long with a byte order mark', `7828efbbbf${'61'.repeat(37)}`, 'codec/not-utf8'],
  ];
  test.each(cases.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
    expectRefused(text(64), row);
  });

  test('a replacement character that was really sent is a text like any other', () => {
    expect(decode(text(8), fromHex('63efbfbd'), LIMIT)).toEqual({ ok: true, value: '\ufffd' });
  });
});
