import { assert } from '../../codec/index.ts';
import { HASH_BYTES, HASH_WORDS } from './hash.ts';
import { CHILDREN, EMPTY, INNER, LEAF, POSITIONS, VERSION_BYTES } from './node.ts';
import type { WorkNode } from './node.ts';

// The record of a node is
//   leaf mask u16 ‖ inner mask u16 ‖ hashes of the children, in order
//   ‖ hashes of the positions 2…15 that hold more than one leaf, in order
//   ‖ versions u64 of the inner children ‖ (length u16 ‖ raw key) of the leaf children.
// The masks have one bit a child. A leaf stands in its parent, with the raw key, since ICS-23
// proofs of absence name their neighbours by key. The root of a tree with at most one leaf is a
// node like any other.

const HEADER_BYTES = 4;
const KEY_LENGTH_BYTES = 2;
/** Longest raw key: a limit of the record's length field, and far above what actors need. */
export const MAX_KEY_BYTES = 511;

const u16At = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

/** Reads a record into `node`, which keeps parts of `bytes`: they must not change any more. */
export function decodeNode(node: WorkNode, bytes: Uint8Array): void {
  node.reset();
  assert(bytes.length >= HEADER_BYTES, 'a tree node is shorter than its header');
  const leaves = u16At(bytes, 0);
  const inners = u16At(bytes, 2);
  assert((leaves & inners) === 0, 'a child of a tree node is both leaf and inner');
  let next = POSITIONS;
  for (let slot = 0; slot < CHILDREN; slot++) {
    const bit = 1 << slot;
    if (((leaves | inners) & bit) === 0) continue;
    node.kind[CHILDREN + slot] = (leaves & bit) === 0 ? INNER : LEAF;
    node.index[CHILDREN + slot] = next++;
  }
  for (let position = CHILDREN - 1; position >= 1; position--) node.join(position);
  for (let position = 2; position < CHILDREN; position++) {
    if (node.kind[position] === INNER) node.index[position] = next++;
  }
  const end = HEADER_BYTES + (next - POSITIONS) * HASH_BYTES;
  assert(bytes.length >= end, 'a tree node ends inside its hashes');
  node.hashes.set(bytes.subarray(HEADER_BYTES, end), POSITIONS * HASH_BYTES);
  decodeTail(node, bytes, end);
}

function decodeTail(node: WorkNode, bytes: Uint8Array, start: number): void {
  let at = start;
  for (let slot = 0; slot < CHILDREN; slot++) {
    if (node.kind[CHILDREN + slot] !== INNER) continue;
    assert(bytes.length >= at + VERSION_BYTES, 'a tree node ends inside its versions');
    for (let i = 0; i < VERSION_BYTES; i++) {
      node.versions[slot * VERSION_BYTES + i] = bytes[at + i] as number;
    }
    at += VERSION_BYTES;
  }
  for (let slot = 0; slot < CHILDREN; slot++) {
    if (node.kind[CHILDREN + slot] !== LEAF) continue;
    assert(bytes.length >= at + KEY_LENGTH_BYTES, 'a tree node ends inside its keys');
    const end = at + KEY_LENGTH_BYTES + u16At(bytes, at);
    assert(bytes.length >= end, 'a tree node ends inside a key');
    node.keys[slot] = bytes.subarray(at + KEY_LENGTH_BYTES, end);
    at = end;
  }
  assert(at === bytes.length, 'a tree node has bytes behind its end');
}

/** Records of one update lie together in blocks of this size: one by one they cost more to make. */
const ARENA_BYTES = 1 << 16;

/** Where records are written. */
export class RecordArena {
  #bytes = new Uint8Array(0);
  words = new Uint32Array(0);
  #used = 0;

  /** So many bytes, all zero, beginning on a word boundary. */
  take(length: number): Uint8Array {
    const rounded = (length + 3) & ~3;
    if (this.#used + rounded > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(ARENA_BYTES, rounded));
      this.words = new Uint32Array(this.#bytes.buffer);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += rounded;
    return this.#bytes.subarray(start, start + length);
  }
}

/** The record of a node all of whose positions are hashed. */
export function encodeNode(node: WorkNode, arena: RecordArena): Uint8Array {
  let hashes = 0;
  let tail = 0;
  let leaves = 0;
  let inners = 0;
  for (let slot = 0; slot < CHILDREN; slot++) {
    const kind = node.kind[CHILDREN + slot];
    if (kind === EMPTY) continue;
    hashes += 1;
    if (kind === INNER) {
      inners |= 1 << slot;
      tail += VERSION_BYTES;
    } else {
      leaves |= 1 << slot;
      tail += KEY_LENGTH_BYTES + node.keyAt(slot).length;
    }
  }
  for (let position = 2; position < CHILDREN; position++) {
    if (node.kind[position] === INNER) hashes += 1;
  }
  const bytes = arena.take(HEADER_BYTES + hashes * HASH_BYTES + tail);
  bytes[0] = leaves >>> 8;
  bytes[1] = leaves;
  bytes[2] = inners >>> 8;
  bytes[3] = inners;
  encodeHashes(node, arena.words, (bytes.byteOffset + HEADER_BYTES) >>> 2);
  encodeTail(node, bytes, HEADER_BYTES + hashes * HASH_BYTES);
  return bytes;
}

function encodeHashes(node: WorkNode, target: Uint32Array, start: number): void {
  let at = start;
  for (let step = 0; step < POSITIONS; step++) {
    // The children first, then the levels between.
    const position = (step + CHILDREN) % POSITIONS;
    const kind = node.kind[position];
    if (position < 2 || kind === EMPTY || (position < CHILDREN && kind === LEAF)) continue;
    const from = (node.index[position] as number) * HASH_WORDS;
    for (let i = 0; i < HASH_WORDS; i++) target[at + i] = node.words[from + i] as number;
    at += HASH_WORDS;
  }
}

function encodeTail(node: WorkNode, bytes: Uint8Array, start: number): void {
  let at = start;
  for (let slot = 0; slot < CHILDREN; slot++) {
    if (node.kind[CHILDREN + slot] !== INNER) continue;
    for (let i = 0; i < VERSION_BYTES; i++) {
      bytes[at + i] = node.versions[slot * VERSION_BYTES + i] as number;
    }
    at += VERSION_BYTES;
  }
  for (let slot = 0; slot < CHILDREN; slot++) {
    if (node.kind[CHILDREN + slot] !== LEAF) continue;
    const key = node.keyAt(slot);
    bytes[at] = key.length >>> 8;
    bytes[at + 1] = key.length;
    bytes.set(key, at + KEY_LENGTH_BYTES);
    at += KEY_LENGTH_BYTES + key.length;
  }
}
