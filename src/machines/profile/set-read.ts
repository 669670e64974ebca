import { assert } from '../../codec/index.ts';
import type { SetBranch, SetChild, SetLeaf, SetNode, StakeSet } from './record.ts';
import { isSet, OWNER_BITS } from './set-key.ts';

/** Looks a node up by its id. */
export type NodeReader = (id: bigint) => SetNode | undefined;

/** A node that a set refers to; versions that can be asked for are always whole. */
export const nodeOf = (read: NodeReader, id: bigint): SetNode => {
  const node = read(id);
  assert(node !== undefined, `node ${id} of a stake set is missing`);
  return node;
};

/** The set as the child that its root would be of a branch. */
export const rootOf = ({ root, weightNlux, owners }: StakeSet): SetChild => ({
  node: root,
  weightNlux,
  owners,
});

/** Do all members below this node have one owner? */
const isOneOwner = (node: SetNode): boolean => node.type === 'leaf' || node.bit >= OWNER_BITS;

/** The leaf with the lowest key below a node. */
const firstLeaf = (read: NodeReader, from: SetNode): SetLeaf => {
  let node = from;
  while (node.type === 'branch') node = nodeOf(read, node.left.node);
  return node;
};

export interface Interval {
  readonly from: bigint;
  readonly weightNlux: bigint;
}

/** A member as the leaf that holds a point, and the interval of its owner. */
export interface Located {
  readonly leaf: SetLeaf;
  readonly ownerInterval: Interval;
}

/** The member whose interval holds `point`; O(depth). `0 ≤ point < weight` of the set. */
export const locate = (read: NodeReader, set: StakeSet, point: bigint): Located => {
  assert(point >= 0n && point < set.weightNlux, 'a point lies inside the set');
  let child = rootOf(set);
  let from = 0n;
  let ownerInterval: Interval | undefined;
  for (;;) {
    const node = nodeOf(read, child.node);
    if (isOneOwner(node)) ownerInterval ??= { from, weightNlux: child.weightNlux };
    if (node.type === 'leaf') {
      assert(ownerInterval !== undefined, 'a leaf has one owner');
      return { leaf: node, ownerInterval };
    }
    const middle = from + node.left.weightNlux;
    const isRight = point >= middle;
    if (isRight) from = middle;
    child = isRight ? node.right : node.left;
  }
};

/** The interval of all members of an owner (hex), if it has any; O(depth). */
export const ownerInterval = (
  read: NodeReader,
  set: StakeSet,
  owner: string,
): Interval | undefined => {
  if (set.root === 0n) return undefined;
  let child = rootOf(set);
  let from = 0n;
  let node = nodeOf(read, child.node);
  while (!isOneOwner(node)) {
    const branch = node as SetBranch;
    const isRight = isSet(owner, branch.bit);
    if (isRight) from += branch.left.weightNlux;
    child = isRight ? branch.right : branch.left;
    node = nodeOf(read, child.node);
  }
  // The bits on the way agree; the others may not.
  if (firstLeaf(read, node).owner !== owner) return undefined;
  return { from, weightNlux: child.weightNlux };
};

/** All members in the order of their keys; O(n), for queries and tests. */
export const membersOf = (read: NodeReader, set: StakeSet): readonly SetLeaf[] => {
  const members: SetLeaf[] = [];
  const waiting = set.root === 0n ? [] : [set.root];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = nodeOf(read, id);
    if (node.type === 'leaf') members.push(node);
    else waiting.push(node.right.node, node.left.node);
  }
  return members;
};
