import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { ripemd160 as nobleRipemd160 } from '@noble/hashes/legacy.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import {
  amountBe,
  amountFromBe,
  compareBytes,
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
} from '../../../src/codec/index.ts';
import { installNodePrimitives } from '../../../src/codec/node.ts';

const bytes = fc.uint8Array({ maxLength: 2000 });
const hexText = (of: Uint8Array): string => Buffer.from(of).toString('hex');
const tagged = (of: Uint8Array): string =>
  createHash('sha256').update('\x0caivm/model/1').update(of).digest('hex');

const installers: readonly (readonly [string, () => void])[] = [
  [
    'portable',
    () => {
      installSha256(nobleSha256);
      installRipemd160((of) => hexText(nobleRipemd160(of)));
      installHex(hexText);
    },
  ],
  ['native', installNodePrimitives],
];

afterAll(installNodePrimitives);

describe.each(installers)('%s primitives', (_, install) => {
  test('equal the hashes and the hex of Node', () => {
    install();
    fc.assert(
      fc.property(bytes, (of) => {
        const expected = createHash('sha256').update(of).digest('hex');
        expect(sha256Hex(of)).toBe(expected);
        expect(sha256(of)).toEqual(Uint8Array.from(Buffer.from(expected, 'hex')));
        expect(hash('aivm/model/1', of)).toBe(tagged(of));
        expect(hexText(hashBytes('aivm/model/1', of))).toBe(tagged(of));
        expect(ripemd160Hex(of)).toBe(createHash('ripemd160').update(of).digest('hex'));
        expect(toHex(of)).toBe(hexText(of));
        expect(toHex(of.subarray(1))).toBe(hexText(of.subarray(1)));
        expect(fromHex(toHex(of))).toEqual(of);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('bytes', () => {
  test('are ordered as Node orders them, and as their hex of one length', () => {
    const word = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(bytes, bytes, word, word, (a, b, c, d) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
        const byText = toHex(c) < toHex(d) ? -1 : Number(toHex(c) !== toHex(d));
        expect(Math.sign(compareBytes(c, d))).toBe(byText);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('amounts there and back', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 128n - 1n), (value) => {
        expect(toHex(amountBe(value))).toBe(value.toString(16).padStart(32, '0'));
        expect(amountFromBe(amountBe(value))).toBe(value);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
