import { EMPTY_SET, type SetBranch, type SetChild, type SetLeaf } from './record.ts';
import type { SetNode, StakeSet } from './record.ts';
import { criticalBit, isSet, OWNER_BITS, setKey, type MemberKey } from './set-key.ts';
import { nodeOf, type NodeReader } from './set-read.ts';

/** Where new nodes come from, and which old ones nobody else can see. */
export interface Nodes {
  readonly read: NodeReader;
  /** Id of the next node. */
  readonly next: bigint;
  /** Nodes from this id on are in no version that can be asked for: they are overwritten. */
  readonly mutableFrom: bigint;
}

/** A new version of a set, and what it writes. */
export interface SetChange {
  /** The same object as before if nothing changes. */
  readonly set: StakeSet;
  readonly next: bigint;
  /** Nodes to write or (`undefined`) to delete, by id, each once. */
  readonly puts: ReadonlyMap<bigint, SetNode | undefined>;
  /** Nodes of this version that the new one does without, and older versions need. */
  readonly retired: readonly bigint[];
}

interface Draft {
  readonly mutableFrom: bigint;
  readonly puts: Map<bigint, SetNode | undefined>;
  readonly retired: bigint[];
  next: bigint;
}

/** One step of the way from the root to a leaf. */
interface Turn {
  readonly id: bigint;
  readonly branch: SetBranch;
  readonly isRight: boolean;
}

const summary = (node: bigint, content: SetNode): SetChild => {
  if (content.type === 'leaf') return { node, weightNlux: content.weightNlux, owners: 1 };
  const { bit, left, right } = content;
  const owners = bit >= OWNER_BITS ? 1 : left.owners + right.owners;
  return { node, weightNlux: left.weightNlux + right.weightNlux, owners };
};

/** Takes a node out of the new version. */
const drop = (draft: Draft, id: bigint): void => {
  if (id >= draft.mutableFrom) draft.puts.set(id, undefined);
  else draft.retired.push(id);
};

/** Writes a node, in the place of `old` if there is one and nobody else can see it. */
const store = (draft: Draft, content: SetNode, old?: bigint): SetChild => {
  const isInPlace = old !== undefined && old >= draft.mutableFrom;
  if (old !== undefined && !isInPlace) drop(draft, old);
  const id = isInPlace ? old : draft.next;
  if (!isInPlace) draft.next += 1n;
  draft.puts.set(id, content);
  return summary(id, content);
};

/** Rebuilds the branches of the way, from the lowest up, around a new child. */
const rebuild = (draft: Draft, way: readonly Turn[], child: SetChild): SetChild =>
  way.reduceRight(
    (below, { id, branch, isRight }) =>
      store(draft, { ...branch, ...(isRight ? { right: below } : { left: below }) }, id),
    child,
  );

/** Follows the bits of a key to the one leaf that may hold it. */
const descend = (read: NodeReader, set: StakeSet, key: string) => {
  const way: Turn[] = [];
  let id = set.root;
  let node = nodeOf(read, id);
  while (node.type === 'branch') {
    const isRight = isSet(key, node.bit);
    way.push({ id, branch: node, isRight });
    id = (isRight ? node.right : node.left).node;
    node = nodeOf(read, id);
  }
  return { way, id, leaf: node };
};

const removeLeaf = (draft: Draft, way: readonly Turn[], id: bigint): SetChild | undefined => {
  drop(draft, id);
  const last = way.at(-1);
  if (last === undefined) return undefined;
  drop(draft, last.id);
  return rebuild(draft, way.slice(0, -1), last.isRight ? last.branch.left : last.branch.right);
};

/** Joins a new leaf and the leaf found where it would be, at the highest bit that tells them. */
const insertLeaf = (
  draft: Draft,
  way: readonly Turn[],
  found: { readonly id: bigint; readonly leaf: SetLeaf },
  leaf: SetLeaf,
): SetChild => {
  const key = setKey(leaf);
  const bit = criticalBit(key, setKey(found.leaf));
  const lower = way.findIndex(({ branch }) => branch.bit > bit);
  const turn = way[lower];
  const sibling =
    turn === undefined ? summary(found.id, found.leaf) : summary(turn.id, turn.branch);
  const own = store(draft, leaf);
  const [left, right] = isSet(key, bit) ? [sibling, own] : [own, sibling];
  const above = turn === undefined ? way : way.slice(0, lower);
  return rebuild(draft, above, store(draft, { type: 'branch', bit, left, right }));
};

/** The root of the new version, `null` for the empty set, or `undefined` if nothing changes. */
const newRoot = (
  draft: Draft,
  read: NodeReader,
  set: StakeSet,
  leaf: SetLeaf,
): SetChild | null | undefined => {
  const isMember = leaf.weightNlux > 0n;
  if (set.root === 0n) return isMember ? store(draft, leaf) : undefined;
  const key = setKey(leaf);
  const found = descend(read, set, key);
  if (setKey(found.leaf) !== key) {
    return isMember ? insertLeaf(draft, found.way, found, leaf) : undefined;
  }
  if (found.leaf.weightNlux === leaf.weightNlux) return undefined;
  if (!isMember) return removeLeaf(draft, found.way, found.id) ?? null;
  return rebuild(draft, found.way, store(draft, leaf, found.id));
};

/**
 * The set in which a member has this weight; with weight 0 it has no leaf, so it is never drawn.
 * Copy on write: of the nodes that older versions can see none is changed, and those that the new
 * version does without are given back as `retired`. O(depth) reads and writes; the shape of the
 * tree depends on its members only, not on the order in which they came.
 */
export const setWeight = (
  set: StakeSet,
  member: MemberKey,
  weightNlux: bigint,
  { read, next, mutableFrom }: Nodes,
): SetChange => {
  const draft: Draft = { mutableFrom, puts: new Map(), retired: [], next };
  const { owner, provider } = member;
  const root = newRoot(draft, read, set, { type: 'leaf', owner, provider, weightNlux });
  const { puts, retired } = draft;
  if (root === undefined) return { set, next, puts, retired };
  const after =
    root === null
      ? EMPTY_SET
      : { root: root.node, weightNlux: root.weightNlux, owners: root.owners };
  return { set: after, next: draft.next, puts, retired };
};
