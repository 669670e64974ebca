import { assert } from '../../codec/index.ts';
import { HASH_BYTES, HASH_WORDS, PLACEHOLDER } from './hash.ts';
import type { TreeHasher } from './hash.ts';
import { readVersionHex } from './nodekey.ts';

/** Children of a stored node: four binary levels. */
export const CHILDREN = 16;
/** What stands at a position: nothing, a subtree of one leaf (hence that leaf), a larger one. */
export const EMPTY = 0;
export const LEAF = 1;
export const INNER = 2;
/** Bytes of a version. */
export const VERSION_BYTES = 8;
/** Positions of the binary heap: 1 is the node, 2j and 2j+1 are below j, 16…31 the children. */
export const POSITIONS = 2 * CHILDREN;

/**
 * A storage node of the tree in working form: up to sixteen children and the hashes of the binary
 * levels between, so that a changed child costs four hashes and not fifteen. Objects are reused:
 * `reset` starts a node without children, `decodeNode` one from its record.
 */
export class WorkNode {
  /** EMPTY, LEAF or INNER by position. */
  readonly kind = new Uint8Array(POSITIONS);
  /** Hashes: index 0 the placeholder, 1…31 those computed here, from 32 on those of the record. */
  readonly hashes = new Uint8Array(2 * POSITIONS * HASH_BYTES);
  readonly words = new Uint32Array(this.hashes.buffer);
  /** Index into `hashes` by position; a subtree of one leaf shares the index of that leaf. */
  readonly index = new Uint8Array(POSITIONS);
  /** Versions of the inner children, eight bytes each. */
  readonly versions = new Uint8Array(CHILDREN * VERSION_BYTES);
  /** Raw keys of the leaf children. */
  readonly keys: (Uint8Array | undefined)[] = Array.from({ length: CHILDREN }, () => undefined);
  readonly #dirty = new Uint8Array(POSITIONS);

  constructor() {
    this.hashes.set(PLACEHOLDER);
  }

  /** Starts a node without children. */
  reset(): void {
    this.kind.fill(EMPTY);
    this.index.fill(0);
    this.keys.fill(undefined);
    this.#dirty.fill(0);
  }

  /** Offset in `hashes` of the hash at a position; an empty one has the placeholder. */
  hashAt(position: number): number {
    return (this.index[position] as number) * HASH_BYTES;
  }

  /** The raw key of a leaf child. */
  keyAt(slot: number): Uint8Array {
    const key = this.keys[slot];
    assert(key !== undefined, 'the child is not a leaf');
    return key;
  }

  /** The version under which an inner child is stored, as sixteen hex digits. */
  versionAt(slot: number): string {
    return readVersionHex(this.versions, slot * VERSION_BYTES);
  }

  /** First child there is, from `slot` on in one direction; undefined beyond the last. */
  nextChild(slot: number, step: 1 | -1): number | undefined {
    for (let next = slot; next >= 0 && next < CHILDREN; next += step) {
      if (this.kind[CHILDREN + next] !== EMPTY) return next;
    }
    return undefined;
  }

  clear(slot: number): void {
    const position = CHILDREN + slot;
    this.kind[position] = EMPTY;
    this.index[position] = 0;
    this.#dirty[position] = 1;
    this.keys[slot] = undefined;
  }

  /** Puts a leaf; its hash is copied from `source` at `offset`. */
  setLeaf(slot: number, source: Uint8Array, offset: number, key: Uint8Array): void {
    this.#setHash(CHILDREN + slot, source, offset, LEAF);
    this.keys[slot] = key;
  }

  /** Puts an inner child that is stored under `version` (eight bytes). */
  setInner(slot: number, source: Uint8Array, offset: number, version: Uint8Array): void {
    this.#setHash(CHILDREN + slot, source, offset, INNER);
    this.versions.set(version, slot * VERSION_BYTES);
    this.keys[slot] = undefined;
  }

  #setHash(position: number, source: Uint8Array, offset: number, kind: number): void {
    const target = position * HASH_BYTES;
    for (let i = 0; i < HASH_BYTES; i++) this.hashes[target + i] = source[offset + i] as number;
    this.kind[position] = kind;
    this.index[position] = position;
    this.#dirty[position] = 1;
  }

  /** Hashes anew what lies above changed children, and position 1, the node's own hash. */
  rehash(hasher: TreeHasher): void {
    const dirty = this.#dirty;
    for (let position = CHILDREN - 1; position >= 1; position--) {
      const left = 2 * position;
      if (position > 1 && dirty[left] === 0 && dirty[left + 1] === 0) continue;
      dirty[position] = 1;
      this.join(position);
      if (this.kind[position] !== INNER) continue;
      const leftAt = (this.index[left] as number) * HASH_WORDS;
      const rightAt = (this.index[left + 1] as number) * HASH_WORDS;
      hasher.inner(this.words, leftAt, rightAt, this.hashes, position * HASH_BYTES);
      this.index[position] = position;
    }
    dirty.fill(0);
  }

  /** Kind of a position from those below it, and where its hash is when it has none of its own. */
  join(position: number): void {
    const left = 2 * position;
    // EMPTY, LEAF and INNER are 0, 1 and 2: two leaves, and whatever holds more, make an inner one.
    const sum = (this.kind[left] as number) + (this.kind[left + 1] as number);
    this.kind[position] = sum > INNER ? INNER : sum;
    if (sum === EMPTY) this.index[position] = 0;
    if (sum !== LEAF) return;
    this.index[position] = this.index[this.kind[left] === LEAF ? left : left + 1] as number;
  }
}
