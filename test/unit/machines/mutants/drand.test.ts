import { bls12_381 } from '@noble/curves/bls12-381.js';
import { describe, expect, test } from 'vitest';
import { MAX_U64, sha256, u64be } from '../../../../src/codec/index.ts';
import { verifyDrand } from '../../../../src/machines/beacon/drand.ts';

const { shortSignatures } = bls12_381;
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const { secretKey, publicKey } = shortSignatures.keygen(new Uint8Array(48).fill(7));
const key = publicKey.toHex(true);

/** What a source with this key says of a round, whatever number that is. */
const signatureOf = (bytes: Uint8Array): string =>
  shortSignatures.sign(shortSignatures.hash(sha256(bytes), DST), secretKey).toHex(true);

describe('the rounds of a drand source (PROTOCOL §6.4)', () => {
  test.each([1n, 2n, MAX_U64])('round %d is one', (round) => {
    expect(verifyDrand(key, round, signatureOf(u64be(round)))).toBe(true);
  });

  test('there is no round 0, not even a signed one', () => {
    expect(verifyDrand(key, 0n, signatureOf(u64be(0n)))).toBe(false);
  });

  test.each([-1n, MAX_U64 + 1n])('%d is no round', (round) => {
    expect(verifyDrand(key, round, signatureOf(u64be(1n)))).toBe(false);
  });
});
