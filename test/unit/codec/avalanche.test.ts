import * as avalanche from '@avalabs/avalanchejs';
import { describe, expect, test } from 'vitest';
import {
  HRP,
  addressOf,
  encodeCb58,
  formatAddress,
  fromHex,
  keypairFromSeed,
  nobleSecp256k1,
  sha256,
  toHex,
} from '../../../src/codec/index.ts';

/**
 * What is used of the library. Its declarations name their files without endings, which TypeScript
 * does not resolve for ES modules, so the types are said here.
 */
interface AvalancheJs {
  readonly secp256k1: {
    getPublicKey(privateKey: Uint8Array): Uint8Array;
    publicKeyBytesToAddress(publicKey: Uint8Array): Uint8Array;
    recoverPublicKey(hash: Uint8Array, signature: Uint8Array): Uint8Array;
    signHash(hash: Uint8Array, privateKey: Uint8Array): Promise<Uint8Array>;
  };
  readonly utils: {
    format(alias: string, hrp: string, address: Uint8Array): string;
    readonly base58check: { encode(bytes: Uint8Array): string };
  };
}

const { secp256k1, utils } = avalanche as unknown as AvalancheJs;
const seeds = Array.from({ length: 20 }, (_, i) => `avalanche ${i}`);

// Lux keeps the addresses, ids and signatures of Avalanche.
describe('@avalabs/avalanchejs', () => {
  test('gives the same addresses', () => {
    for (const seed of seeds) {
      const { privateKey, publicKey } = keypairFromSeed(seed);
      const theirs = secp256k1.publicKeyBytesToAddress(secp256k1.getPublicKey(fromHex(privateKey)));
      expect(addressOf(publicKey)).toBe(toHex(theirs));
      for (const hrp of Object.values(HRP)) {
        expect(formatAddress(toHex(theirs), hrp)).toBe(utils.format('A', hrp, theirs));
      }
    }
  });

  test('gives the same CB58', () => {
    for (const seed of seeds) {
      const bytes = fromHex(keypairFromSeed(seed).privateKey);
      expect(encodeCb58(bytes)).toBe(utils.base58check.encode(bytes));
    }
  });

  test('gives the same signatures over a digest, and recovers ours', async () => {
    for (const seed of seeds.slice(0, 4)) {
      const { privateKey, publicKey } = keypairFromSeed(seed);
      const digest = sha256(fromHex(privateKey));
      const ours = nobleSecp256k1.sign(toHex(digest), privateKey);
      expect(toHex(await secp256k1.signHash(digest, fromHex(privateKey)))).toBe(ours);
      expect(toHex(secp256k1.recoverPublicKey(digest, fromHex(ours)))).toBe(publicKey);
    }
  });
});
