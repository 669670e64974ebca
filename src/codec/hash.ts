import { ripemd160 as nobleRipemd160 } from '@noble/hashes/legacy.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { assert } from './failure.ts';
import { concatBytes, equalBytes, toHex, u32be, utf8 } from './bytes.ts';

/** SHA-256 (FIPS 180-4) of a byte string: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;
/** RIPEMD-160 (ISO/IEC 10118-3) of a byte string: 20 bytes as 40 hex digits. */
export type Ripemd160Hex = (bytes: Uint8Array) => string;

const SELF_TEST = utf8('aivm/self-test/1');
const PREFIX_OF_TAG = new Map<string, Uint8Array>();
/**
 * Hash inputs are put together here: most are above the 64 bytes that an engine allocates cheaply.
 * Safe because nothing else runs before the digest of what was written is taken.
 */
const scratch = new Uint8Array(1024);

let digest: Sha256 = nobleSha256;
let digestHex: (bytes: Uint8Array) => string = (bytes) => toHex(digest(bytes));
let ripemd160: Ripemd160Hex = (bytes) => toHex(nobleRipemd160(bytes));

/**
 * Replaces the SHA-256 in use, once at start, by a faster one that gives the same digests; with its
 * own way to hex where that saves a copy. Which one is used can never change a result, so this is
 * not state of the chain.
 */
export function installSha256(
  fn: Sha256,
  hexFn: (bytes: Uint8Array) => string = (bytes) => toHex(fn(bytes)),
): void {
  const expected = nobleSha256(SELF_TEST);
  assert(equalBytes(fn(SELF_TEST), expected), 'the installed SHA-256 is wrong');
  assert(hexFn(SELF_TEST) === toHex(expected), 'the hex of the installed SHA-256 is wrong');
  digest = fn;
  digestHex = hexFn;
}

/** Replaces the RIPEMD-160 in use, under the same rule as `installSha256`. */
export function installRipemd160(fn: Ripemd160Hex): void {
  assert(fn(SELF_TEST) === toHex(nobleRipemd160(SELF_TEST)), 'the installed RIPEMD-160 is wrong');
  ripemd160 = fn;
}

/** SHA-256 of the bytes, 32 bytes. */
export const sha256: Sha256 = (bytes) => digest(bytes);

/** SHA-256 of the bytes as 64 hex digits. */
export const sha256Hex = (bytes: Uint8Array): string => digestHex(bytes);

/** RIPEMD-160 of the bytes as 40 hex digits. */
export const ripemd160Hex: Ripemd160Hex = (bytes) => ripemd160(bytes);

/** u8(len(tag)) ‖ tag. Tags are constants of the program, so the cache is bounded by the source. */
function prefixOf(tag: string): Uint8Array {
  const known = PREFIX_OF_TAG.get(tag);
  if (known !== undefined) return known;
  assert(/^aivm\/[a-z0-9-]+\/[0-9]+$/.test(tag), `hash tag ${tag} is not of the form aivm/name/1`);
  const bytes = utf8(tag);
  const prefix = concatBytes(Uint8Array.of(bytes.length), bytes);
  PREFIX_OF_TAG.set(tag, prefix);
  return prefix;
}

function preimage(tag: string, parts: readonly Uint8Array[]): Uint8Array {
  const prefix = prefixOf(tag);
  let length = prefix.length;
  for (const part of parts) length += part.length;
  if (length > scratch.length) return concatBytes(prefix, ...parts);
  scratch.set(prefix);
  let offset = prefix.length;
  for (const part of parts) {
    scratch.set(part, offset);
    offset += part.length;
  }
  return scratch.subarray(0, length);
}

/**
 * The domain-separated hash of PROTOCOL §2, `SHA-256(u8(len(tag)) ‖ tag ‖ parts…)`. A part whose
 * length is not fixed by the tag must be wrapped in `varying`.
 */
export const hashBytes = (tag: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  digest(preimage(tag, parts));

/** `hashBytes` as 64 hex digits. */
export const hash = (tag: string, ...parts: readonly Uint8Array[]): string =>
  digestHex(preimage(tag, parts));

/** A part of variable length: preceded by its u32 length (PROTOCOL §2). */
export const varying = (bytes: Uint8Array): Uint8Array => concatBytes(u32be(bytes.length), bytes);
