import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ascii, concat } from '../bytes.ts';
import { integerBytes, sequence } from './der.ts';

/** A P-256 key of the test hierarchy. Its secret follows from a seed: worth nothing, ever. */
export interface TestKey {
  readonly secret: Uint8Array;
  /** 65 bytes, uncompressed. */
  readonly publicKey: Uint8Array;
}

/** The key with this label under this seed: the same on every machine. */
export const testKey = (seed: string, label: string): TestKey => {
  const digest = sha256(ascii(`aivm-test-key/${seed}/${label}`));
  // Below n with certainty: n starts with ff ff ff ff 00.
  const secret = concat(Uint8Array.of(0x7f), digest.subarray(1));
  return { secret, publicKey: p256.getPublicKey(secret, false) };
};

/** r ‖ s, deterministic (RFC 6979). */
export const sign = (key: TestKey, message: Uint8Array): Uint8Array =>
  p256.sign(sha256(message), key.secret, { prehash: false, lowS: false });

/** The same as Ecdsa-Sig-Value. */
export const signDer = (key: TestKey, message: Uint8Array): Uint8Array => {
  const signature = sign(key, message);
  return sequence(
    integerBytes(signature.subarray(0, 32)),
    integerBytes(signature.subarray(32, 64)),
  );
};
