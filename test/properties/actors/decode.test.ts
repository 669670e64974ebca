import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTransaction,
  signedTransaction,
  transactionBody,
} from '../../../src/actors/index.ts';
import {
  encode,
  keypairFromSeed,
  nobleSecp256k1,
  recoverAddress,
} from '../../../src/codec/index.ts';
import { sign, toHex, txDigest } from '../../../src/codec/index.ts';
import { prepared, TEST_CHAIN, BOB } from '../../unit/actors/support/chain.ts';

const CHAIN = {
  ...TEST_CHAIN,
  verifier: {
    ...TEST_CHAIN.verifier,
    recoverAddress: (digest: string, signature: string) => {
      const recovered = recoverAddress(nobleSecp256k1, digest, signature);
      return recovered.ok ? recovered.value : undefined;
    },
  },
};
const { privateKey, address } = keypairFromSeed('decode');
const body = encode(transactionBody, prepared({ to: BOB, message: { type: 'transfer' } }).body);
const digest = txDigest({ networkId: CHAIN.networkId, chainId: CHAIN.chainId, body });
const VALID = encode(signedTransaction, { body, signature: sign(digest, privateKey) });

describe('decodeTransaction', () => {
  it('answers any bytes with a value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(decodeTransaction(bytes, CHAIN).ok).toBe(false);
      }),
      { numRuns: 2000, seed: 21 },
    );
  });

  it('never takes a changed transaction for the same one of the same sender', () => {
    const ids = new Map([[VALID.length, toHex(VALID)]]);
    const flip = fc.record({ at: fc.nat({ max: VALID.length - 1 }), bit: fc.nat({ max: 7 }) });
    const cut = fc.nat({ max: VALID.length - 1 });
    fc.assert(
      fc.property(
        fc.array(flip, { minLength: 1, maxLength: 3 }),
        fc.option(cut),
        (flips, length) => {
          const bytes = VALID.slice(0, length ?? VALID.length);
          for (const { at, bit } of flips) {
            if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
          }
          fc.pre(toHex(bytes) !== ids.get(bytes.length));
          const result = decodeTransaction(bytes, CHAIN);
          expect(result.ok && result.value.sender === `account:${address}`).toBe(false);
        },
      ),
      { numRuns: 600, seed: 22 },
    );
  });
});
