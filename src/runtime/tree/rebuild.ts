import { toHex } from '../../codec/index.ts';
import { nibbleAt, sortByHash } from './changes.ts';
import { HASH_BYTES, HASH_WORDS, PLACEHOLDER, codecSha256, createHasher } from './hash.ts';
import type { Sha256Into, TreeHasher } from './hash.ts';
import { EMPTY, INNER, LEAF } from './node.ts';

/** Entries that are held in memory at once, by their hashes only; more take several passes. */
export const ENTRIES_PER_PASS = 1 << 20;
/** A leaf in memory: the hash of its key, and its own. */
const LEAF_BYTES = 2 * HASH_BYTES;

type Entries = Iterable<readonly [Uint8Array, Uint8Array]>;

/** A subtree: what it is, and its hash. */
interface Subtree {
  readonly kind: number;
  readonly hash: Uint8Array;
}

const NOTHING: Subtree = { kind: EMPTY, hash: PLACEHOLDER };

/**
 * The root, 64 hex digits, of a set of entries given in any order, made without any stored node.
 * `entries` is read once for up to `perPass` entries (about 80 bytes of memory each), and sixteen
 * times for each sixteen times as many.
 */
export function rebuildRoot(
  entries: () => Entries,
  count: number,
  sha256: Sha256Into = codecSha256,
  perPass = ENTRIES_PER_PASS,
): string {
  const hasher = createHasher(sha256);
  let depth = 0;
  for (let part = count; part > perPass; part >>= 4) depth += 1;
  let subtrees: Subtree[] = [];
  for (let prefix = 0; prefix < 1 << (4 * depth); prefix++) {
    const part = new Part(hasher);
    part.collect(entries(), prefix, depth);
    subtrees.push(part.subtree(4 * depth));
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

/** The subtree above two others: a subtree of one leaf is that leaf. */
function join(left: Subtree, right: Subtree, hasher: TreeHasher): Subtree {
  const sum = left.kind + right.kind;
  if (sum === EMPTY) return NOTHING;
  if (sum === LEAF) return left.kind === LEAF ? left : right;
  const both = new Uint8Array(LEAF_BYTES);
  both.set(left.hash);
  both.set(right.hash, HASH_BYTES);
  const hash = new Uint8Array(HASH_BYTES);
  hasher.inner(new Uint32Array(both.buffer), 0, HASH_WORDS, hash, 0);
  return { kind: INNER, hash };
}

/** The leaves whose key hashes begin with the same nibbles. */
class Part {
  readonly #hasher: TreeHasher;
  #leaves = new Uint8Array(LEAF_BYTES);
  #count = 0;
  #order: readonly number[] = [];

  constructor(hasher: TreeHasher) {
    this.#hasher = hasher;
  }

  collect(entries: Entries, prefix: number, depth: number): void {
    for (const [key, value] of entries) {
      const at = this.#room();
      this.#hasher.digest(key, this.#leaves, at);
      let found = 0;
      for (let i = 0; i < depth; i++) found = found * 16 + nibbleAt(this.#leaves, at, i);
      if (found !== prefix) continue;
      this.#hasher.leaf(this.#leaves, at, value, this.#leaves, at + HASH_BYTES);
      this.#count += 1;
    }
    this.#order = sortByHash(this.#leaves, this.#count, LEAF_BYTES);
  }

  /** The subtree of all leaves, below a number of bits that they share. */
  subtree(bit: number): Subtree {
    return this.#fold(0, this.#count, bit);
  }

  /** Where the next leaf goes. */
  #room(): number {
    const at = this.#count * LEAF_BYTES;
    if (at === this.#leaves.length) {
      const larger = new Uint8Array(2 * at);
      larger.set(this.#leaves);
      this.#leaves = larger;
    }
    return at;
  }

  #fold(from: number, to: number, bit: number): Subtree {
    if (from === to) return NOTHING;
    if (to - from === 1) {
      const at = (this.#order[from] as number) * LEAF_BYTES + HASH_BYTES;
      return { kind: LEAF, hash: this.#leaves.subarray(at, at + HASH_BYTES) };
    }
    let middle = from;
    while (middle < to && !this.#bitAt(middle, bit)) middle += 1;
    const left = this.#fold(from, middle, bit + 1);
    return join(left, this.#fold(middle, to, bit + 1), this.#hasher);
  }

  #bitAt(place: number, bit: number): boolean {
    const byte = this.#leaves[(this.#order[place] as number) * LEAF_BYTES + (bit >> 3)] as number;
    return ((byte >> (7 - (bit & 7))) & 1) === 1;
  }
}
