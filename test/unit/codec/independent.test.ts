import { createHash } from 'node:crypto';
import { bech32 } from 'bech32';
import * as bitcoin from 'bitcoinjs-lib';
import bs58 from 'bs58';
import { describe, expect, test } from 'vitest';
import {
  HRP,
  addressOf,
  decodeCb58,
  encodeCb58,
  formatAddress,
  fromHex,
  keypairFromSeed,
  toHex,
} from '../../../src/codec/index.ts';

const seeds = Array.from({ length: 20 }, (_, i) => `independent ${i}`);
const CHECKSUM_BYTES = 4;

/** Lux takes addresses from Bitcoin's hash160, and their text form from BIP 173 with a prefix. */
describe('libraries of others', () => {
  test('give the same addresses: bitcoinjs-lib and bech32', () => {
    for (const seed of seeds) {
      const { publicKey } = keypairFromSeed(seed);
      const theirs = bitcoin.crypto.hash160(fromHex(publicKey));
      expect(addressOf(publicKey)).toBe(toHex(theirs));
      for (const hrp of Object.values(HRP)) {
        const text = `A-${bech32.encode(hrp, bech32.toWords(theirs))}`;
        expect(formatAddress(toHex(theirs), hrp)).toBe(text);
      }
    }
  });

  test('give the same CB58: bs58 over the bytes and the end of their SHA-256', () => {
    for (const seed of seeds) {
      const bytes = fromHex(keypairFromSeed(seed).privateKey);
      const sum = createHash('sha256').update(bytes).digest().subarray(-CHECKSUM_BYTES);
      const text = bs58.encode(Uint8Array.from([...bytes, ...sum]));
      expect(encodeCb58(bytes)).toBe(text);
      const decoded = decodeCb58(text);
      expect(decoded.ok && toHex(decoded.value)).toBe(toHex(bytes));
    }
  });
});
