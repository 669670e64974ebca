import { equalBytes } from '../../../codec/index.ts';
import type { InnerOp, InnerSpec } from './types.ts';

/** How many bytes stand before and behind a child in the preimage of its node. */
interface Padding {
  readonly minPrefix: number;
  readonly maxPrefix: number;
  readonly suffix: number;
}

/** Undefined for a branch that the order of the specification does not name. */
function paddingOf(spec: InnerSpec, branch: number): Padding | undefined {
  const position = spec.child_order.indexOf(branch);
  if (position < 0) return undefined;
  const before = position * spec.child_size;
  return {
    minPrefix: before + spec.min_prefix_length,
    maxPrefix: before + spec.max_prefix_length,
    suffix: (spec.child_order.length - 1 - position) * spec.child_size,
  };
}

const hasPadding = (op: InnerOp, padding: Padding): boolean =>
  op.prefix.length >= padding.minPrefix &&
  op.prefix.length <= padding.maxPrefix &&
  op.suffix.length === padding.suffix;

/** Which branch a step comes from, by its padding (`orderFromPadding`). */
function branchOf(spec: InnerSpec, op: InnerOp): number | undefined {
  for (let branch = 0; branch < spec.child_order.length; branch++) {
    const padding = paddingOf(spec, branch);
    if (padding !== undefined && hasPadding(op, padding)) return branch;
  }
  return undefined;
}

/** Whether the children in `bytes` from `start` on are all empty ones. */
function allEmpty(spec: InnerSpec, bytes: Uint8Array, start: number, count: number): boolean {
  const size = spec.child_size;
  for (let i = 0; i < count; i++) {
    const position = spec.child_order.indexOf(i);
    if (position < 0) return false;
    const from = start + position * size;
    if (!equalBytes(spec.empty_child, bytes.subarray(from, from + size))) return false;
  }
  return true;
}

/** Whether whatever stands left of a step's child is empty (`leftBranchesAreEmpty`). */
export function leftBranchesAreEmpty(spec: InnerSpec, op: InnerOp): boolean {
  const branch = branchOf(spec, op);
  if (branch === undefined || branch === 0) return false;
  const start = op.prefix.length - branch * spec.child_size;
  return start >= 0 && allEmpty(spec, op.prefix, start, branch);
}

/** Whether whatever stands right of a step's child is empty (`rightBranchesAreEmpty`). */
export function rightBranchesAreEmpty(spec: InnerSpec, op: InnerOp): boolean {
  const branch = branchOf(spec, op);
  if (branch === undefined) return false;
  const count = spec.child_order.length - 1 - branch;
  if (count === 0 || op.suffix.length !== count * spec.child_size) return false;
  return allEmpty(spec, op.suffix, 0, count);
}

/** Whether a path leads to the left-most leaf, empty children aside. */
export function isLeftMost(spec: InnerSpec, path: readonly InnerOp[]): boolean {
  const padding = paddingOf(spec, 0);
  if (padding === undefined) return false;
  return path.every((step) => hasPadding(step, padding) || leftBranchesAreEmpty(spec, step));
}

/** Whether a path leads to the right-most leaf, empty children aside. */
export function isRightMost(spec: InnerSpec, path: readonly InnerOp[]): boolean {
  const padding = paddingOf(spec, spec.child_order.length - 1);
  if (padding === undefined) return false;
  return path.every((step) => hasPadding(step, padding) || rightBranchesAreEmpty(spec, step));
}

/**
 * Whether nothing stands between two leaves: behind the part of their paths that is the same, one
 * branch lies next to the other, and below the left path goes right-most, the right one left-most.
 */
export function isLeftNeighbour(
  spec: InnerSpec,
  left: readonly InnerOp[],
  right: readonly InnerOp[],
): boolean {
  let shared = 0;
  for (; ; shared += 1) {
    const a = left[left.length - 1 - shared];
    const b = right[right.length - 1 - shared];
    if (a === undefined || b === undefined) return false;
    if (equalBytes(a.prefix, b.prefix) && equalBytes(a.suffix, b.suffix)) continue;
    const leftBranch = branchOf(spec, a);
    const rightBranch = branchOf(spec, b);
    if (leftBranch === undefined || rightBranch !== leftBranch + 1) return false;
    break;
  }
  return (
    isRightMost(spec, left.slice(0, left.length - 1 - shared)) &&
    isLeftMost(spec, right.slice(0, right.length - 1 - shared))
  );
}
