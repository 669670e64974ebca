import { equalBytes, ok } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { proofFailure } from '../errors.ts';
import { IAVL_SPEC, TENDERMINT_SPEC } from './specs.ts';
import { HashOp } from './types.ts';
import type { ExistenceProof, InnerOp, LeafOp, ProofSpec } from './types.ts';

/** Most steps of a path where a specification has no bound of its own (ICS-23 reference code). */
export const DEFAULT_MAX_DEPTH = 128;
/** An IAVL inner prefix ends with the length byte of the child, or with a whole sibling as well. */
const IAVL_LEFT_REST_BYTES = 1;
const IAVL_RIGHT_REST_BYTES = 34;
/** Longest varint of a 64-bit integer. */
const MAX_VARINT_BYTES = 10;

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean =>
  bytes.length >= prefix.length && equalBytes(bytes.subarray(0, prefix.length), prefix);

/** Whether two specifications are of one kind of tree, by the measure of the reference code. */
export function sameKind(a: ProofSpec, b: ProofSpec): boolean {
  return (
    a.leaf_spec.hash === b.leaf_spec.hash &&
    a.leaf_spec.prehash_key === b.leaf_spec.prehash_key &&
    a.leaf_spec.prehash_value === b.leaf_spec.prehash_value &&
    a.leaf_spec.length === b.leaf_spec.length &&
    a.inner_spec.hash === b.inner_spec.hash &&
    a.inner_spec.min_prefix_length === b.inner_spec.min_prefix_length &&
    a.inner_spec.max_prefix_length === b.inner_spec.max_prefix_length &&
    a.inner_spec.child_size === b.inner_spec.child_size &&
    a.inner_spec.child_order.length === b.inner_spec.child_order.length
  );
}

/** A zigzag varint of Go's `binary.ReadVarint`; undefined when it does not end or is too long. */
function readVarint(bytes: Uint8Array, at: number): { value: bigint; next: number } | undefined {
  let value = 0n;
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) {
      if (value >> 64n !== 0n) return undefined;
      return { value: (value & 1n) === 0n ? value >> 1n : -(value >> 1n) - 1n, next: at + i + 1 };
    }
  }
  return undefined;
}

/**
 * An IAVL prefix is height, size and version. Leaves stand on layer 0 and have height 0, size 1;
 * an inner node is at least as high as its layer.
 */
function checkIavl(op: LeafOp | InnerOp, layer: number): string | undefined {
  let at = 0;
  for (const name of ['height', 'size', 'version']) {
    const read = readVarint(op.prefix, at);
    if (read === undefined) return `IAVL ${name} cannot be read`;
    if (read.value < 0n) return `IAVL ${name} is negative`;
    if (name === 'height' && read.value < BigInt(layer)) return 'IAVL height is below the layer';
    if (layer === 0 && name === 'height' && read.value !== 0n) return 'IAVL leaf has a height';
    if (layer === 0 && name === 'size' && read.value !== 1n) return 'IAVL leaf is not of size 1';
    at = read.next;
  }
  const rest = op.prefix.length - at;
  if (layer === 0) return rest === 0 ? undefined : 'IAVL leaf prefix is too long';
  if (rest !== IAVL_LEFT_REST_BYTES && rest !== IAVL_RIGHT_REST_BYTES) {
    return 'IAVL inner prefix is of a wrong length';
  }
  return op.hash === HashOp.SHA256 ? undefined : 'IAVL hash is not SHA-256';
}

/** A Tendermint inner prefix begins with 1, and is nothing else when a right child follows. */
function checkTendermint(op: InnerOp): string | undefined {
  if (op.prefix[0] !== 1) return 'Tendermint inner prefix does not begin with 1';
  if (op.suffix.length > 0 && op.prefix.length !== 1) return 'Tendermint inner prefix is too long';
  return undefined;
}

/** `LeafOp.CheckAgainstSpec`. */
export function checkLeaf(op: LeafOp, spec: ProofSpec): Result<void> {
  const mismatch = (what: string) => proofFailure('proof/leaf-mismatch', { what });
  const wanted = spec.leaf_spec;
  if (sameKind(spec, IAVL_SPEC)) {
    const wrong = checkIavl(op, 0);
    if (wrong !== undefined) return mismatch(wrong);
  }
  if (op.hash !== wanted.hash) return mismatch('hash');
  if (op.prehash_key !== wanted.prehash_key) return mismatch('prehash_key');
  if (op.prehash_value !== wanted.prehash_value) return mismatch('prehash_value');
  if (op.length !== wanted.length) return mismatch('length');
  return startsWith(op.prefix, wanted.prefix) ? ok(undefined) : mismatch('prefix');
}

/** `InnerOp.CheckAgainstSpec`; `layer` counts from 1 at the step above the leaf. */
export function checkInner(op: InnerOp, spec: ProofSpec, layer: number): Result<void> {
  const mismatch = (what: string) => proofFailure('proof/inner-mismatch', { what });
  const wanted = spec.inner_spec;
  if (wanted.child_size <= 0) return proofFailure('proof/spec-invalid', { what: 'child_size' });
  if (op.hash !== wanted.hash) return mismatch('hash');
  const wrong = sameKind(spec, IAVL_SPEC)
    ? checkIavl(op, layer)
    : sameKind(spec, TENDERMINT_SPEC)
      ? checkTendermint(op)
      : undefined;
  if (wrong !== undefined) return mismatch(wrong);
  // Else a leaf could be passed off as an inner node.
  if (startsWith(op.prefix, spec.leaf_spec.prefix)) return mismatch('prefix of a leaf');
  const siblings = (wanted.child_order.length - 1) * wanted.child_size;
  if (op.prefix.length < wanted.min_prefix_length) return mismatch('prefix too short');
  if (op.prefix.length > wanted.max_prefix_length + siblings) return mismatch('prefix too long');
  return op.suffix.length % wanted.child_size === 0 ? ok(undefined) : mismatch('suffix');
}

/** `ExistenceProof.CheckAgainstSpec`: the form of every operation, whatever it leads to. */
export function checkAgainstSpec(proof: ExistenceProof, spec: ProofSpec): Result<void> {
  if (proof.leaf === undefined) return proofFailure('proof/leaf-missing');
  const leaf = checkLeaf(proof.leaf, spec);
  if (!leaf.ok) return leaf;
  const steps = proof.path.length;
  const most = spec.max_depth === 0 ? DEFAULT_MAX_DEPTH : spec.max_depth;
  if (steps < spec.min_depth) return proofFailure('proof/too-shallow', { steps: `${steps}` });
  if (steps > most) return proofFailure('proof/too-deep', { steps: `${steps}`, most: `${most}` });
  for (const [i, step] of proof.path.entries()) {
    const inner = checkInner(step, spec, i + 1);
    if (!inner.ok) return inner;
  }
  return ok(undefined);
}
