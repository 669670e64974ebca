import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  AssertionError,
  fromHex,
  hash,
  hashBytes,
  installHex,
  installRipemd160,
  installSha256,
  ripemd160Hex,
  sha256,
  sha256Hex,
  toHex,
  utf8,
  varying,
} from '../../../src/codec/index.ts';

test('SHA-256 of the examples of FIPS 180-4', () => {
  // NIST, Examples with Intermediate Values, SHA-256: "abc", and the two-block message.
  expect(sha256Hex(utf8('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(sha256Hex(utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

test('RIPEMD-160 of the examples of its authors', () => {
  expect(ripemd160Hex(utf8('abc'))).toBe('8eb208f7e05d987a9b044a8e98c6b087f15a0bfc');
  expect(ripemd160Hex(utf8('message digest'))).toBe('5d0689ef49d2fae572b881b123a85ffa21595f36');
});

test('a tagged hash is SHA-256(u8(len(tag)) ‖ tag ‖ parts)', () => {
  const tag = 'aivm/model/1';
  const parts = [fromHex('ab'.repeat(32)), fromHex('01')];
  const expected = createHash('sha256')
    .update(Buffer.from([tag.length]))
    .update(tag)
    .update(Buffer.concat(parts))
    .digest();
  expect(hash(tag, ...parts)).toBe(expected.toString('hex'));
  expect(toHex(hashBytes(tag, ...parts))).toBe(expected.toString('hex'));
});

test('inputs larger than the working memory hash the same way', () => {
  for (const length of [1000, 1010, 1011, 1012, 20_000]) {
    const part = new Uint8Array(length).fill(5);
    const expected = createHash('sha256').update('\x0caivm/model/1').update(part).digest('hex');
    expect(hash('aivm/model/1', part), `of ${length}`).toBe(expected);
  }
});

test('a hash is not disturbed by the next one', () => {
  const first = hashBytes('aivm/model/1', fromHex('01'));
  const before = toHex(first);
  hashBytes('aivm/model/1', fromHex('02'));
  expect(toHex(first)).toBe(before);
  expect(hashBytes('aivm/model/1', fromHex('02'))).not.toEqual(first);
});

test('a varying part carries its u32 length, so that parts cannot slide', () => {
  expect(toHex(varying(fromHex('0a0b')))).toBe('000000020a0b');
  const [a, b, ab, none] = ['0a', '0b', '0a0b', ''].map((text) => varying(fromHex(text)));
  expect(hash('aivm/x/1', a as Uint8Array, b as Uint8Array)).not.toBe(
    hash('aivm/x/1', ab as Uint8Array, none as Uint8Array),
  );
});

test.each(['', 'model/1', 'aivm/model', 'aivm/Model/1', 'aivm/model/1 ', 'aivm/m\u00f6del/1'])(
  'the tag %j is an assertion',
  (tag) => {
    expect(() => hash(tag)).toThrow(AssertionError);
  },
);

test('an implementation that gives other results is never installed', () => {
  expect(() => installSha256(() => new Uint8Array(32))).toThrow(AssertionError);
  expect(() => installSha256(sha256, () => '00'.repeat(32))).toThrow(AssertionError);
  expect(() => installRipemd160(() => '00'.repeat(20))).toThrow(AssertionError);
  expect(() => installHex((bytes) => toHex(bytes).toUpperCase())).toThrow(AssertionError);
  expect(sha256Hex(utf8(''))).toBe(createHash('sha256').digest('hex'));
});
