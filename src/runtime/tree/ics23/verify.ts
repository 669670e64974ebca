import { compareBytes, equalBytes, ok, toHex } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { proofFailure } from '../errors.ts';
import { checkAgainstSpec } from './conformance.ts';
import { isLeftMost, isLeftNeighbour, isRightMost } from './neighbours.ts';
import { applyPrehash, calculateRoot } from './ops.ts';
import type { ExistenceProof, NonExistenceProof, ProofSpec } from './types.ts';

/**
 * Whether a proof shows that the tree with this root (lower-case hex) holds this key with this
 * value (ICS-23 `verifyMembership`). Nothing is assumed of the proof: it may come from anybody.
 */
export function verifyExistence(
  spec: ProofSpec,
  root: string,
  proof: ExistenceProof,
  key: Uint8Array,
  value: Uint8Array,
): Result<void> {
  const form = checkAgainstSpec(proof, spec);
  if (!form.ok) return form;
  if (!equalBytes(key, proof.key)) return proofFailure('proof/key-mismatch');
  if (!equalBytes(value, proof.value)) return proofFailure('proof/value-mismatch');
  const calculated = calculateRoot(proof, spec);
  if (!calculated.ok) return calculated;
  const found = toHex(calculated.value);
  return found === root ? ok(undefined) : proofFailure('proof/root-mismatch', { found, root });
}

/**
 * Whether a proof shows that the tree with this root (lower-case hex) does not hold this key
 * (ICS-23 `verifyNonMembership`): both neighbours exist, and nothing stands between them.
 */
export function verifyNonExistence(
  spec: ProofSpec,
  root: string,
  proof: NonExistenceProof,
  key: Uint8Array,
): Result<void> {
  const { left, right } = proof;
  for (const neighbour of [left, right]) {
    if (neighbour === undefined) continue;
    const exists = verifyExistence(spec, root, neighbour, neighbour.key, neighbour.value);
    if (!exists.ok) return exists;
  }
  const order = checkOrder(spec, proof, key);
  if (!order.ok) return order;
  const inner = spec.inner_spec;
  if (left === undefined && right === undefined) return proofFailure('proof/neighbours-missing');
  const adjacent =
    left === undefined
      ? right !== undefined && isLeftMost(inner, right.path)
      : right === undefined
        ? isRightMost(inner, left.path)
        : isLeftNeighbour(inner, left.path, right.path);
  return adjacent ? ok(undefined) : proofFailure('proof/not-adjacent');
}

/** The key lies right of the left neighbour and left of the right one, in the tree's own order. */
function checkOrder(spec: ProofSpec, proof: NonExistenceProof, key: Uint8Array): Result<void> {
  const inOrder = (bytes: Uint8Array): Result<Uint8Array> =>
    spec.prehash_key_before_comparison
      ? applyPrehash(spec.leaf_spec.prehash_key, bytes)
      : ok(bytes);
  const own = inOrder(key);
  if (!own.ok) return own;
  for (const [neighbour, sign] of [
    [proof.left, 1],
    [proof.right, -1],
  ] as const) {
    if (neighbour === undefined) continue;
    const other = inOrder(neighbour.key);
    if (!other.ok) return other;
    if (sign * compareBytes(own.value, other.value) <= 0) return proofFailure('proof/key-order');
  }
  return ok(undefined);
}
