import { equalBytes, toHex } from '../../codec/index.ts';
import { nibbleAt } from './changes.ts';
import { TreeDamagedError } from './errors.ts';
import { HASH_BYTES, codecSha256, createHasher } from './hash.ts';
import type { Sha256Into, TreeHasher } from './hash.ts';
import { CHILDREN, EMPTY, INNER, LEAF, POSITIONS, WorkNode } from './node.ts';
import { NIBBLES, nodeKey, versionHex } from './nodekey.ts';
import { loadNode } from './reader.ts';
import type { NodeReader } from './reader.ts';

export interface AuditInput {
  readonly reader: NodeReader;
  readonly version: bigint;
  /** Called for every leaf, in the order of the tree, with its raw key and its hash. */
  readonly onLeaf: (key: Uint8Array, keyHash: Uint8Array, leafHash: Uint8Array) => void;
  readonly sha256?: Sha256Into;
}

/**
 * Reads the whole tree of a version, hashes it anew and returns its root, 64 hex digits. Throws
 * TreeDamagedError at the first node that is missing, that is not what its parent refers to, or
 * that has a leaf where its key does not belong.
 */
export function auditTree(input: AuditInput): { readonly root: string; readonly nodes: number } {
  const audit = new Audit(input);
  const root = new WorkNode();
  const key = nodeKey(versionHex(input.version), '');
  loadNode(input.reader, key, root);
  const hash = audit.node(root, key, '');
  return { root: toHex(hash), nodes: audit.nodes };
}

class Audit {
  nodes = 0;
  readonly #input: AuditInput;
  readonly #hasher: TreeHasher;
  readonly #again = new WorkNode();
  readonly #keyHash = new Uint8Array(HASH_BYTES);

  constructor(input: AuditInput) {
    this.#input = input;
    this.#hasher = createHasher(input.sha256 ?? codecSha256);
  }

  /** Checks a node and all below it; returns its hash. */
  node(node: WorkNode, key: string, path: string): Uint8Array {
    this.nodes += 1;
    const hash = this.#hashAgain(node, key);
    for (let slot = 0; slot < CHILDREN; slot++) {
      const kind = node.kind[CHILDREN + slot];
      if (kind === EMPTY) continue;
      const at = node.hashAt(CHILDREN + slot);
      const childHash = node.hashes.subarray(at, at + HASH_BYTES);
      const childPath = path + (NIBBLES[slot] as string);
      if (kind === LEAF) {
        this.#leaf(node.keyAt(slot), childHash, key, childPath);
        continue;
      }
      const child = new WorkNode();
      const childKey = nodeKey(node.versionAt(slot), childPath);
      loadNode(this.#input.reader, childKey, child);
      if (!equalBytes(this.node(child, childKey, childPath), childHash)) {
        throw new TreeDamagedError(childKey, 'is not what its parent refers to');
      }
    }
    return hash;
  }

  #leaf(raw: Uint8Array, leafHash: Uint8Array, nodeKeyText: string, path: string): void {
    this.#hasher.digest(raw, this.#keyHash, 0);
    for (let depth = 0; depth < path.length; depth++) {
      if (NIBBLES[nibbleAt(this.#keyHash, 0, depth)] !== path[depth]) {
        throw new TreeDamagedError(nodeKeyText, 'has a leaf that does not belong there');
      }
    }
    this.#input.onLeaf(raw, this.#keyHash, leafHash);
  }

  /** Hashes the levels of a node again from its children, and compares them with the record. */
  #hashAgain(node: WorkNode, key: string): Uint8Array {
    const again = this.#again;
    again.reset();
    for (let slot = 0; slot < CHILDREN; slot++) {
      const at = node.hashAt(CHILDREN + slot);
      const kind = node.kind[CHILDREN + slot];
      if (kind === LEAF) again.setLeaf(slot, node.hashes, at, node.keyAt(slot));
      if (kind === INNER) again.setInner(slot, node.hashes, at, NO_VERSION);
    }
    again.rehash(this.#hasher);
    for (let position = 2; position < POSITIONS; position++) {
      const found = node.hashes.subarray(node.hashAt(position), node.hashAt(position) + HASH_BYTES);
      const due = again.hashes.subarray(
        again.hashAt(position),
        again.hashAt(position) + HASH_BYTES,
      );
      if (!equalBytes(found, due)) throw new TreeDamagedError(key, 'has a wrong hash inside');
    }
    return again.hashes.slice(again.hashAt(1), again.hashAt(1) + HASH_BYTES);
  }
}

const NO_VERSION = new Uint8Array(8);
