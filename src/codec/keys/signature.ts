import { AssertionError } from '../failure.ts';
import type { CodecErrorCode } from '../errors.ts';
import { fromHex, toHex } from '../bytes.ts';

/** r ‖ s ‖ v. */
export const SIGNATURE_BYTES = 65;
/** Order n of the group (SEC 2 v2 §2.4.1). */
export const GROUP_ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
/** ⌊n/2⌋: a larger s is the other form of the same signature, and refused (PROTOCOL §2). */
export const HALF_ORDER = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0';

const ZERO = '0'.repeat(64);
const SIGNATURE_TEXT = /^[0-9a-f]{130}$/;
const DIGEST_TEXT = /^[0-9a-f]{64}$/;

/** Name of an implementation of secp256k1: libsecp256k1 natively or in WebAssembly, or noble. */
export type Secp256k1Name = 'native' | 'wasm' | 'noble';

/** An implementation of secp256k1. All accept the same set of signatures. */
export interface Secp256k1 {
  readonly name: Secp256k1Name;
  /**
   * The compressed public key (66 hex digits) that made a canonical signature (130 hex digits) over
   * a digest (64 hex digits, not hashed again), or nothing when there is none.
   */
  recover(digest: string, signature: string): string | undefined;
  /** The canonical signature of a digest, its nonce by RFC 6979. */
  sign(digest: string, privateKey: string): string;
}

/** What an implementation brings; the canonical checks are made around it. */
export interface RawSecp256k1 {
  readonly name: Secp256k1Name;
  /** Gives the 33-byte key, or nothing when none exists; r and s are in range, s is low. */
  recover(digest: Uint8Array, rs: Uint8Array, recoveryId: 0 | 1): Uint8Array | undefined;
  /** Gives r ‖ s with low s, and the recovery id. */
  sign(digest: Uint8Array, privateKey: Uint8Array): { rs: Uint8Array; recoveryId: number };
}

/**
 * Why a signature is not canonical, or nothing. Hex digits of one length order as the integers they
 * stand for, so ranges are compared as text (SEC 1 v2 §4.1.4 for r and s, else PROTOCOL §2).
 */
export function signatureFault(signature: string): CodecErrorCode | undefined {
  if (!SIGNATURE_TEXT.test(signature)) return 'codec/signature-length';
  const r = signature.slice(0, 64);
  const s = signature.slice(64, 128);
  const v = signature.slice(128);
  if (v !== '00' && v !== '01') return 'codec/signature-v';
  if (r === ZERO || r >= GROUP_ORDER) return 'codec/signature-r-range';
  if (s === ZERO || s >= GROUP_ORDER) return 'codec/signature-s-range';
  return s > HALF_ORDER ? 'codec/signature-high-s' : undefined;
}

/** Asserts that a digest is one: it is computed here and never comes from outside. */
export function digestBytes(digest: string): Uint8Array {
  if (!DIGEST_TEXT.test(digest)) throw new AssertionError('a digest is 64 lower-case hex digits');
  return fromHex(digest);
}

/** Asserts that a private key is in 1..n−1 (SEC 1 v2 §3.2.1). */
export function privateKeyBytes(privateKey: string): Uint8Array {
  const isKey = DIGEST_TEXT.test(privateKey) && privateKey !== ZERO && privateKey < GROUP_ORDER;
  if (!isKey) throw new AssertionError('a private key is 64 lower-case hex digits in 1..n−1');
  return fromHex(privateKey);
}

/** Puts the canonical checks around an implementation, so that all accept the same set. */
export function canonical(raw: RawSecp256k1): Secp256k1 {
  return {
    name: raw.name,
    recover(digest, signature) {
      const message = digestBytes(digest);
      if (signatureFault(signature) !== undefined) return undefined;
      const bytes = fromHex(signature);
      const key = raw.recover(message, bytes.subarray(0, 64), bytes[64] === 0 ? 0 : 1);
      return key === undefined ? undefined : toHex(key);
    },
    sign(digest, privateKey) {
      const { rs, recoveryId } = raw.sign(digestBytes(digest), privateKeyBytes(privateKey));
      const signature = `${toHex(rs)}0${recoveryId}`;
      if (signatureFault(signature) === undefined) return signature;
      throw new AssertionError(`${raw.name} made a signature that is not canonical`);
    },
  };
}
