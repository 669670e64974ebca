import { compareBytes, toHex } from '../../codec/index.ts';
import { nibbleAt } from './changes.ts';
import { HASH_BYTES, HASH_WORDS, PLACEHOLDER, codecSha256, createHasher } from './hash.ts';
import type { Sha256Into, TreeHasher } from './hash.ts';
import { EMPTY, INNER, LEAF } from './node.ts';

/** Entries whose hashes are held in memory at once (64 bytes each); more take several passes. */
export const ENTRIES_PER_PASS = 1 << 21;

/** A subtree: what it is, and its hash. */
interface Subtree {
  readonly kind: number;
  readonly hash: Uint8Array;
}

const NOTHING: Subtree = { kind: EMPTY, hash: PLACEHOLDER };

/**
 * The root, 64 hex digits, of a set of entries given in any order, made without any stored node.
 * `entries` is read once for up to `perPass` entries, and sixteen times for each sixteen times as
 * many.
 */
export function rebuildRoot(
  entries: () => Iterable<readonly [Uint8Array, Uint8Array]>,
  count: number,
  sha256: Sha256Into = codecSha256,
  perPass = ENTRIES_PER_PASS,
): string {
  const hasher = createHasher(sha256);
  let depth = 0;
  for (let part = count; part > perPass; part >>= 4) depth += 1;
  let subtrees: Subtree[] = [];
  for (let prefix = 0; prefix < 1 << (4 * depth); prefix++) {
    const leaves = collect(entries(), hasher, prefix, depth);
    subtrees.push(fold(leaves, 0, leaves.length, 4 * depth, hasher));
  }
  while (subtrees.length > 1) {
    const above: Subtree[] = [];
    for (let i = 0; i < subtrees.length; i += 2) {
      above.push(join(subtrees[i] as Subtree, subtrees[i + 1] as Subtree, hasher));
    }
    subtrees = above;
  }
  return toHex((subtrees[0] ?? NOTHING).hash);
}

interface Leaf {
  readonly keyHash: Uint8Array;
  readonly hash: Uint8Array;
}

/** The leaves whose key hashes begin with these nibbles, in the order of the tree. */
function collect(
  entries: Iterable<readonly [Uint8Array, Uint8Array]>,
  hasher: TreeHasher,
  prefix: number,
  depth: number,
): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const scratch = new Uint8Array(HASH_BYTES);
  for (const [key, value] of entries) {
    hasher.digest(key, scratch, 0);
    let found = 0;
    for (let i = 0; i < depth; i++) found = found * 16 + nibbleAt(scratch, 0, i);
    if (found !== prefix) continue;
    const both = new Uint8Array(2 * HASH_BYTES);
    both.set(scratch);
    hasher.leaf(scratch, 0, value, both, HASH_BYTES);
    leaves.push({ keyHash: both.subarray(0, HASH_BYTES), hash: both.subarray(HASH_BYTES) });
  }
  return leaves.sort((a, b) => compareBytes(a.keyHash, b.keyHash));
}

/** The subtree of the leaves `from`…`to`, which share the first `bit` bits of their key hashes. */
function fold(
  leaves: readonly Leaf[],
  from: number,
  to: number,
  bit: number,
  hasher: TreeHasher,
): Subtree {
  const first = leaves[from];
  if (from === to || first === undefined) return NOTHING;
  if (to - from === 1) return { kind: LEAF, hash: first.hash };
  let middle = from;
  while (middle < to && !bitAt((leaves[middle] as Leaf).keyHash, bit)) middle += 1;
  const left = fold(leaves, from, middle, bit + 1, hasher);
  return join(left, fold(leaves, middle, to, bit + 1, hasher), hasher);
}

const bitAt = (hash: Uint8Array, bit: number): boolean =>
  (((hash[bit >> 3] as number) >> (7 - (bit & 7))) & 1) === 1;

/** The subtree above two others: a subtree of one leaf is that leaf. */
function join(left: Subtree, right: Subtree, hasher: TreeHasher): Subtree {
  if (left.kind + right.kind === EMPTY) return NOTHING;
  if (left.kind + right.kind === LEAF) return left.kind === LEAF ? left : right;
  const both = new Uint8Array(2 * HASH_BYTES);
  both.set(left.hash);
  both.set(right.hash, HASH_BYTES);
  const hash = new Uint8Array(HASH_BYTES);
  hasher.inner(new Uint32Array(both.buffer), 0, HASH_WORDS, hash, 0);
  return { kind: INNER, hash };
}
