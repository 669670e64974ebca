import { expect, test } from 'vitest';
import {
  AssertionError,
  MAX_AMOUNT,
  MAX_U64,
  amountBe,
  amountFromBe,
  compareBytes,
  concatBytes,
  equalBytes,
  fromHex,
  toHex,
  u16be,
  u32be,
  u64be,
  u8be,
  utf8,
} from '../../../src/codec/index.ts';

test('hex is lower-case and two digits a byte', () => {
  expect(toHex(Uint8Array.of(0, 1, 0xab, 0xff))).toBe('0001abff');
  expect(fromHex('0001abff')).toEqual(Uint8Array.of(0, 1, 0xab, 0xff));
  expect(fromHex('')).toEqual(new Uint8Array(0));
});

test.each(['0', 'AB', '0g', ' 0', '+1', '0x', '\u0130\u0130', '00\u0000'])(
  'fromHex asserts that %j is hex',
  (text) => {
    expect(() => fromHex(text)).toThrow(AssertionError);
  },
);

test('integers are big-endian of their width', () => {
  expect(toHex(u8be(0x12))).toBe('12');
  expect(toHex(u16be(0x1234))).toBe('1234');
  expect(toHex(u32be(0x8123_4567))).toBe('81234567');
  expect(toHex(u64be(0x8123_4567_89ab_cdefn))).toBe('8123456789abcdef');
  expect(toHex(amountBe(1n << 64n))).toBe('00000000000000010000000000000000');
  expect(amountFromBe(amountBe(MAX_AMOUNT))).toBe(2n ** 128n - 1n);
});

test('integers outside their width are assertions', () => {
  for (const bad of [-1, 0.5, Number.NaN, 256]) expect(() => u8be(bad)).toThrow(AssertionError);
  expect(() => u16be(0x1_0000)).toThrow(AssertionError);
  expect(() => u32be(0x1_0000_0000)).toThrow(AssertionError);
  for (const bad of [-1n, MAX_U64 + 1n]) expect(() => u64be(bad)).toThrow(AssertionError);
  for (const bad of [-1n, MAX_AMOUNT + 1n]) expect(() => amountBe(bad)).toThrow(AssertionError);
  expect(() => amountFromBe(new Uint8Array(15))).toThrow(AssertionError);
});

test('wide integers do not share memory', () => {
  const first = u64be(1n);
  const second = amountBe(2n);
  u64be(MAX_U64);
  expect(toHex(first)).toBe('0000000000000001');
  expect(toHex(second)).toBe('00000000000000000000000000000002');
});

test('bytes are joined, compared and ordered', () => {
  expect(concatBytes(fromHex('01'), fromHex(''), fromHex('0203'))).toEqual(fromHex('010203'));
  expect(equalBytes(fromHex('0102'), fromHex('0102'))).toBe(true);
  expect(equalBytes(fromHex('0102'), fromHex('0103'))).toBe(false);
  expect(equalBytes(fromHex('01'), fromHex('0100'))).toBe(false);
  const sorted = ['', '00', '0000', '01', '0100', '7f', '80', 'ff'];
  const shuffled = [...sorted].reverse().map(fromHex);
  expect(shuffled.sort(compareBytes).map(toHex)).toEqual(sorted);
});

test('a text with a lone surrogate has no UTF-8 form', () => {
  expect(toHex(utf8('\u20ac\u{1f600}'))).toBe('e282acf09f9880');
  expect(() => utf8('\ud83d')).toThrow(AssertionError);
});
