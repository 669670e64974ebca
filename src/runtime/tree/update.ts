import { assert, equalBytes, toHex, u64be } from '../../codec/index.ts';
import { SortedChanges, nibbleAt } from './changes.ts';
import type { TreeChanges } from './changes.ts';
import { HASH_BYTES, codecSha256, createHasher } from './hash.ts';
import type { Sha256Into, TreeHasher } from './hash.ts';
import { CHILDREN, EMPTY, INNER, LEAF, WorkNode } from './node.ts';
import { NIBBLES, nodeKey, versionHex } from './nodekey.ts';
import { loadNode } from './reader.ts';
import type { NodeReader } from './reader.ts';
import { RecordArena, encodeNode } from './record.ts';

export interface TreeUpdateInput {
  /** Nodes of the parent's tree. */
  readonly reader: NodeReader;
  /** The tree to start from; undefined for the empty one. */
  readonly parent: { readonly version: bigint } | undefined;
  /** The new version: the height of the block. Greater than the parent's. */
  readonly version: bigint;
  readonly changes: TreeChanges;
  /** SHA-256; which one is used changes speed only. The codec's by default. */
  readonly sha256?: Sha256Into;
}

export interface TreeUpdate {
  /** Root of the new version, 64 hex digits. */
  readonly root: string;
  /**
   * Nodes to store, by key. There is always one for the root of the version. The records share
   * memory: whoever keeps single ones for long keeps copies.
   */
  readonly put: ReadonlyMap<string, Uint8Array>;
  /** Keys of nodes of older versions that the new one does not refer to any more. */
  readonly stale: readonly string[];
}

/**
 * The tree after a batch of changes. The root depends on the resulting set of keys and values only
 * (ARCHITECTURE, state root): a subtree of one leaf is that leaf, so deleting a key undoes its
 * insertion. Paths are hashed once a batch. Throws TreeDamagedError when the parent's tree cannot
 * be read.
 */
export function updateTree(input: TreeUpdateInput): TreeUpdate {
  const { parent, version, reader } = input;
  assert(parent === undefined || parent.version < version, 'a version follows its parent');
  const sha256 = input.sha256 ?? codecSha256;
  const update = new Updater(reader, version, sha256, new SortedChanges(input.changes, sha256));
  return update.run(parent?.version);
}

class Updater {
  readonly #reader: NodeReader;
  readonly #version: string;
  readonly #versionBytes: Uint8Array;
  readonly #hasher: TreeHasher;
  readonly #changes: SortedChanges;
  /** One working node a depth: a node is finished before its next sibling is begun. */
  readonly #nodes: WorkNode[] = [];
  readonly #put = new Map<string, Uint8Array>();
  readonly #stale: string[] = [];
  readonly #arena = new RecordArena();
  readonly #scratch = new Uint8Array(HASH_BYTES);

  constructor(reader: NodeReader, version: bigint, sha256: Sha256Into, changes: SortedChanges) {
    this.#reader = reader;
    this.#version = versionHex(version);
    this.#versionBytes = u64be(version);
    this.#hasher = createHasher(sha256);
    this.#changes = changes;
  }

  run(parent: bigint | undefined): TreeUpdate {
    const root = this.#nodeAt(0);
    root.reset();
    if (parent !== undefined) {
      const key = nodeKey(versionHex(parent), '');
      loadNode(this.#reader, key, root);
      this.#stale.push(key);
    }
    this.#apply(root, '', 0, this.#changes.count);
    root.rehash(this.#hasher);
    this.#put.set(nodeKey(this.#version, ''), encodeNode(root, this.#arena));
    const at = root.hashAt(1);
    return {
      root: toHex(root.hashes.subarray(at, at + HASH_BYTES)),
      put: this.#put,
      stale: this.#stale,
    };
  }

  #nodeAt(depth: number): WorkNode {
    return (this.#nodes[depth] ??= new WorkNode());
  }

  /** Applies the changes `from`…`to`, which share the node's path; says whether any mattered. */
  #apply(node: WorkNode, path: string, from: number, to: number): boolean {
    let changed = false;
    for (let start = from; start < to;) {
      const slot = this.#changes.nibble(start, path.length);
      let end = start + 1;
      while (end < to && this.#changes.nibble(end, path.length) === slot) end += 1;
      if (this.#applyToChild(node, path, slot, start, end)) changed = true;
      start = end;
    }
    return changed;
  }

  #applyToChild(node: WorkNode, path: string, slot: number, from: number, to: number): boolean {
    const kind = node.kind[CHILDREN + slot];
    const childPath = path + (NIBBLES[slot] as string);
    if (kind === INNER) {
      const child = this.#nodeAt(childPath.length);
      const key = nodeKey(node.versionAt(slot), childPath);
      loadNode(this.#reader, key, child);
      if (!this.#apply(child, childPath, from, to)) return false;
      this.#stale.push(key);
      this.#settle(node, slot, child, childPath);
      return true;
    }
    if (to - from === 1) {
      if (kind === EMPTY) return this.#applyToNothing(node, slot, from);
      if (equalBytes(node.keyAt(slot), this.#changes.keys[from] as Uint8Array)) {
        return this.#applyToLeaf(node, slot, from);
      }
      if (this.#changes.values[from] === undefined) return false;
    }
    return this.#split(node, childPath, slot, from, to);
  }

  #applyToNothing(node: WorkNode, slot: number, change: number): boolean {
    const value = this.#changes.values[change];
    if (value === undefined) return false;
    this.#hasher.leaf(this.#changes.hashes, change * HASH_BYTES, value, this.#scratch, 0);
    node.setLeaf(slot, this.#scratch, 0, this.#changes.keys[change] as Uint8Array);
    return true;
  }

  /** The change is of the key of the leaf itself. */
  #applyToLeaf(node: WorkNode, slot: number, change: number): boolean {
    const value = this.#changes.values[change];
    if (value === undefined) {
      node.clear(slot);
      return true;
    }
    this.#hasher.leaf(this.#changes.hashes, change * HASH_BYTES, value, this.#scratch, 0);
    const at = node.hashAt(CHILDREN + slot);
    if (equalBytes(node.hashes.subarray(at, at + HASH_BYTES), this.#scratch)) return false;
    node.setLeaf(slot, this.#scratch, 0, this.#changes.keys[change] as Uint8Array);
    return true;
  }

  /** Several keys meet where there was nothing or a leaf: a level more, which may fold up again. */
  #split(node: WorkNode, path: string, slot: number, from: number, to: number): boolean {
    const child = this.#nodeAt(path.length);
    child.reset();
    if (node.kind[CHILDREN + slot] === LEAF) {
      const key = node.keyAt(slot);
      this.#hasher.digest(key, this.#scratch, 0);
      const nibble = nibbleAt(this.#scratch, 0, path.length);
      child.setLeaf(nibble, node.hashes, node.hashAt(CHILDREN + slot), key);
    }
    if (!this.#apply(child, path, from, to)) return false;
    this.#settle(node, slot, child, path);
    return true;
  }

  /** Writes what became of a child into its parent. */
  #settle(node: WorkNode, slot: number, child: WorkNode, path: string): void {
    child.rehash(this.#hasher);
    const kind = child.kind[1];
    if (kind === EMPTY) {
      node.clear(slot);
    } else if (kind === LEAF) {
      const only = child.nextChild(0, 1);
      assert(only !== undefined, 'a node of one leaf has a child');
      node.setLeaf(slot, child.hashes, child.hashAt(1), child.keyAt(only));
    } else {
      this.#put.set(nodeKey(this.#version, path), encodeNode(child, this.#arena));
      node.setInner(slot, child.hashes, child.hashAt(1), this.#versionBytes);
    }
  }
}
