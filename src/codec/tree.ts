import { assert } from './failure.ts';
import { toHex, u32be, u64be } from './bytes.ts';
import { hash, hashBytes } from './hash.ts';

/** The most leaves of a tree: bounds proofs to 20 hashes. */
export const MAX_LEAVES = 1_048_576;

/** A Merkle tree by the node and root rules of PROTOCOL §2. */
export interface MerkleTree {
  readonly root: string;
  /** Number of leaves. */
  readonly count: number;
  /** Total length of what the leaves stand for, u64. */
  readonly bytes: bigint;
  /** The topmost node, which the root binds to count and bytes. */
  readonly top: string;
  /** The siblings of a leaf from the bottom up; levels where it moves up alone give none. */
  prove(index: number): string[];
}

/** `H("aivm/evidence-node/1", l[32], r[32])`. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  hashBytes('aivm/evidence-node/1', left, right);

/** `H("aivm/evidence/1", count u32, bytes u64, top[32])`. */
export const treeRoot = (count: number, bytes: bigint, top: Uint8Array): string =>
  hash('aivm/evidence/1', u32be(count), u64be(bytes), top);

function levelAbove(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2) {
    above.push(nodeHash(level[i] as Uint8Array, level[i + 1] as Uint8Array));
  }
  if (level.length % 2 === 1) above.push(level[level.length - 1] as Uint8Array);
  return above;
}

/** The tree over leaf hashes. No leaves give a top of zeros. */
export function merkleTree(leaves: readonly Uint8Array[], bytes: bigint): MerkleTree {
  const count = leaves.length;
  assert(count <= MAX_LEAVES, `a tree has at most ${MAX_LEAVES} leaves`);
  const levels: (readonly Uint8Array[])[] = [leaves];
  for (let level = leaves; level.length > 1;) {
    level = levelAbove(level);
    levels.push(level);
  }
  const top = levels[levels.length - 1]?.[0] ?? new Uint8Array(32);
  return {
    root: treeRoot(count, bytes, top),
    count,
    bytes,
    top: toHex(top),
    prove(index) {
      assert(Number.isInteger(index) && index >= 0 && index < count, `no leaf ${index}`);
      const proof: string[] = [];
      for (let depth = 0; depth < levels.length - 1; depth++) {
        const sibling = levels[depth]?.[(index >>> depth) ^ 1];
        if (sibling !== undefined) proof.push(toHex(sibling));
      }
      return proof;
    },
  };
}

/** Climbs from a leaf to the top, or gives nothing when the proof has another length than due. */
export function climb(
  leaf: Uint8Array,
  index: number,
  count: number,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  let node = leaf;
  let used = 0;
  let position = index;
  for (let width = count; width > 1; width = (width + 1) >>> 1, position >>>= 1) {
    if ((position ^ 1) >= width) continue;
    const sibling = proof[used];
    if (sibling === undefined) return undefined;
    node = position % 2 === 0 ? nodeHash(node, sibling) : nodeHash(sibling, node);
    used++;
  }
  return used === proof.length ? node : undefined;
}

/** The tree under a block's transactions root; see `transactionsRoot`. */
export const transactionTree = (txIds: readonly Uint8Array[]): MerkleTree =>
  merkleTree(
    txIds.map((id, index) => hashBytes('aivm/tx-leaf/1', u32be(index), id)),
    BigInt(32 * txIds.length),
  );
