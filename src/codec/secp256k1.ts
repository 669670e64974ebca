import { type Failure, type Result, assert, ok } from './failure.ts';
import { fromHex } from './bytes.ts';
import { codecFail } from './errors.ts';
import { ripemd160Hex, sha256 } from './hash.ts';
import { type Secp256k1, signatureFault } from './keys/signature.ts';
import { nobleSecp256k1 } from './secp256k1-noble.ts';

export { type Secp256k1, type Secp256k1Name, SIGNATURE_BYTES } from './keys/signature.ts';
export { nobleSecp256k1, publicKeyOf } from './secp256k1-noble.ts';

/** Compressed public key: 02 or 03, then the x coordinate (SEC 1 v2 §2.3.3). */
export const PUBLIC_KEY_BYTES = 33;
const PUBLIC_KEY_TEXT = /^0[23][0-9a-f]{64}$/;

/** `RIPEMD-160(SHA-256(compressed public key))`, 20 bytes as 40 hex digits (PROTOCOL §2). */
export function addressOf(publicKey: string): string {
  assert(
    PUBLIC_KEY_TEXT.test(publicKey),
    'a compressed public key is 66 hex digits, 02 or 03 first',
  );
  return ripemd160Hex(sha256(fromHex(publicKey)));
}

/**
 * The canonical signature of a digest by the reference implementation. The others make the same one
 * for digests below the group order; above it (1 in 2^128) libsecp256k1 does not reduce the digest
 * before it derives the nonce (RFC 6979 §2.3.4), which gives another signature that is as valid.
 */
export const sign = (digest: string, privateKey: string): string =>
  nobleSecp256k1.sign(digest, privateKey);

/** The address whose key made the signature, or what is wrong with it. */
export function recoverAddress(
  engine: Secp256k1,
  digest: string,
  signature: string,
): Result<string, Failure> {
  const fault = signatureFault(signature);
  if (fault !== undefined) return codecFail(fault);
  const publicKey = engine.recover(digest, signature);
  if (publicKey === undefined) return codecFail('codec/signature-not-recoverable');
  return ok(addressOf(publicKey));
}

/**
 * Whether the signature over the digest was made by the key. By recovery, so that what verifies is
 * exactly what recovers: the right v is part of a signature here.
 */
export const verify = (
  engine: Secp256k1,
  digest: string,
  signature: string,
  publicKey: string,
): boolean => engine.recover(digest, signature) === publicKey;
