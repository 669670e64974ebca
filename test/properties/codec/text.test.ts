import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HRP,
  decodeCb58,
  encodeCb58,
  formatAddress,
  parseAddress,
  toHex,
} from '../../../src/codec/index.ts';

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const substitute = (text: string, from: number, at: number, alphabet: string, pick: number) => {
  const index = from + (at % (text.length - from));
  const others = alphabet.replace(text[index] as string, '');
  return text.slice(0, index) + others[pick % others.length] + text.slice(index + 1);
};

describe('text forms', () => {
  const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(toHex);
  const hrp = fc.constantFrom(...Object.values(HRP));

  test('an address there and back; two wrong characters are always found (BIP 173)', () => {
    fc.assert(
      fc.property(address, hrp, fc.nat(), fc.nat(), fc.nat(), fc.nat(), (of, on, a, b, c, d) => {
        const text = formatAddress(of, on);
        expect(parseAddress(text, on)).toEqual({ ok: true, value: of });
        const data = text.lastIndexOf('1') + 1;
        const once = substitute(text, data, a, BECH32, b);
        expect(parseAddress(once, on).ok).toBe(false);
        const twice = substitute(once, data, c, BECH32, d);
        expect(parseAddress(twice, on).ok).toBe(twice === text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('CB58 there and back; a wrong character is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(), fc.nat(), (bytes, at, pick) => {
        const text = encodeCb58(bytes);
        expect(decodeCb58(text)).toEqual({ ok: true, value: bytes });
        expect(decodeCb58(substitute(text, 0, at, BASE58, pick)).ok).toBe(false);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('arbitrary text never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parseAddress(`A-local1${text}`, HRP.local).ok).toBe(false);
        expect(typeof decodeCb58(text).ok).toBe('boolean');
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
