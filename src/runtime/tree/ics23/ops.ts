import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { concatBytes, ok } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { proofFailure } from '../errors.ts';
import { HashOp, LengthOp } from './types.ts';
import type { ExistenceProof, InnerOp, LeafOp, ProofSpec } from './types.ts';

// BLAKE3 and Keccak have numbers in ICS-23 but no implementation in its reference code either.
const HASHES: ReadonlyMap<number, (bytes: Uint8Array) => Uint8Array> = new Map([
  [HashOp.SHA256, sha256],
  [HashOp.SHA512, sha512],
  [HashOp.RIPEMD160, ripemd160],
  [HashOp.BITCOIN, (bytes: Uint8Array) => ripemd160(sha256(bytes))],
  [HashOp.SHA512_256, sha512_256],
  [HashOp.BLAKE2B_512, (bytes: Uint8Array) => blake2b(bytes, { dkLen: 64 })],
  [HashOp.BLAKE2S_256, (bytes: Uint8Array) => blake2s(bytes, { dkLen: 32 })],
]);

/** The hash that a number of `HashOp` stands for; `NO_HASH` is none. */
export function applyHash(op: number, preimage: Uint8Array): Result<Uint8Array> {
  const hash = HASHES.get(op);
  if (hash === undefined) return proofFailure('proof/operation-unsupported', { hash: `${op}` });
  return ok(hash(preimage));
}

/** `applyHash`, and the bytes themselves for `NO_HASH`. */
export const applyPrehash = (op: number, bytes: Uint8Array): Result<Uint8Array> =>
  op === HashOp.NO_HASH ? ok(bytes) : applyHash(op, bytes);

/** A length as protobuf writes it: seven bits a byte, lowest first. */
function varint(length: number): Uint8Array {
  const bytes: number[] = [];
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function fixedLength(length: number, width: 4 | 8, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(width);
  const view = new DataView(bytes.buffer);
  view.setUint32(littleEndian ? 0 : width - 4, length, littleEndian);
  return bytes;
}

function applyLength(op: number, bytes: Uint8Array): Result<Uint8Array> {
  const prefixed = (prefix: Uint8Array): Result<Uint8Array> => ok(concatBytes(prefix, bytes));
  const required = (length: number): Result<Uint8Array> =>
    bytes.length === length
      ? ok(bytes)
      : proofFailure('proof/operation-invalid', { length: `${bytes.length}` });
  switch (op) {
    case LengthOp.NO_PREFIX:
      return ok(bytes);
    case LengthOp.VAR_PROTO:
      return prefixed(varint(bytes.length));
    case LengthOp.FIXED32_BIG:
      return prefixed(fixedLength(bytes.length, 4, false));
    case LengthOp.FIXED32_LITTLE:
      return prefixed(fixedLength(bytes.length, 4, true));
    case LengthOp.FIXED64_BIG:
      return prefixed(fixedLength(bytes.length, 8, false));
    case LengthOp.FIXED64_LITTLE:
      return prefixed(fixedLength(bytes.length, 8, true));
    case LengthOp.REQUIRE_32_BYTES:
      return required(32);
    case LengthOp.REQUIRE_64_BYTES:
      return required(64);
    default:
      return proofFailure('proof/operation-unsupported', { length: `${op}` });
  }
}

function prepare(prehash: number, length: number, data: Uint8Array): Result<Uint8Array> {
  const hashed = applyPrehash(prehash, data);
  return hashed.ok ? applyLength(length, hashed.value) : hashed;
}

/** Hash of a leaf (`LeafOp.Apply`). An empty key or value has none. */
export function applyLeaf(op: LeafOp, key: Uint8Array, value: Uint8Array): Result<Uint8Array> {
  if (key.length === 0 || value.length === 0) {
    return proofFailure('proof/operation-invalid', { leaf: 'empty key or value' });
  }
  const preparedKey = prepare(op.prehash_key, op.length, key);
  if (!preparedKey.ok) return preparedKey;
  const preparedValue = prepare(op.prehash_value, op.length, value);
  if (!preparedValue.ok) return preparedValue;
  return applyHash(op.hash, concatBytes(op.prefix, preparedKey.value, preparedValue.value));
}

/** Hash of a node from that of one child (`InnerOp.Apply`). */
export function applyInner(op: InnerOp, child: Uint8Array): Result<Uint8Array> {
  if (child.length === 0) return proofFailure('proof/operation-invalid', { inner: 'no child' });
  return applyHash(op.hash, concatBytes(op.prefix, child, op.suffix));
}

/**
 * The root that a proof leads to (`ExistenceProof.Calculate`). With a specification, a step whose
 * result is longer than a child may be is refused: it could not be a child.
 */
export function calculateRoot(proof: ExistenceProof, spec?: ProofSpec): Result<Uint8Array> {
  if (proof.leaf === undefined) return proofFailure('proof/leaf-missing');
  let current = applyLeaf(proof.leaf, proof.key, proof.value);
  for (const step of proof.path) {
    if (!current.ok) return current;
    current = applyInner(step, current.value);
    if (!current.ok || spec === undefined) continue;
    const size = spec.inner_spec.child_size;
    if (current.value.length > size && size >= 32) {
      return proofFailure('proof/operation-invalid', { inner: 'result longer than a child' });
    }
  }
  return current;
}
