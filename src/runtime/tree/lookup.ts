import { assert, equalBytes } from '../../codec/index.ts';
import { nibbleAt } from './changes.ts';
import { TreeDamagedError } from './errors.ts';
import { HASH_BYTES } from './hash.ts';
import type { Sha256Into } from './hash.ts';
import { CHILDREN, EMPTY, INNER, WorkNode } from './node.ts';
import { MAX_DEPTH, NIBBLES, nodeKey, versionHex } from './nodekey.ts';
import { loadNode } from './reader.ts';
import type { NodeReader } from './reader.ts';
import { decodeNode } from './record.ts';

/** A node on the way down and the child that the way takes. */
export interface Step {
  readonly node: WorkNode;
  readonly slot: number;
}

/** The root node of a version, or undefined when that version is not stored. */
export function loadRoot(reader: NodeReader, version: bigint): WorkNode | undefined {
  const bytes = reader.getNode(nodeKey(versionHex(version), ''));
  if (bytes === undefined) return undefined;
  const node = new WorkNode();
  decodeNode(node, bytes);
  return node;
}

/** Hash of a key: where it stands in the tree. */
export function keyHash(sha256: Sha256Into, key: Uint8Array): Uint8Array {
  const hash = new Uint8Array(HASH_BYTES);
  sha256(key, hash, 0);
  return hash;
}

/**
 * The way from the root towards a key's hash: one step a stored node, the last of which takes a
 * leaf or an empty child.
 */
export function descend(reader: NodeReader, root: WorkNode, hash: Uint8Array): readonly Step[] {
  const steps: Step[] = [];
  let node = root;
  let path = '';
  for (let depth = 0; ; depth += 1) {
    assert(depth < MAX_DEPTH, 'the tree is deeper than a hash is long');
    const slot = nibbleAt(hash, 0, depth);
    steps.push({ node, slot });
    if (node.kind[CHILDREN + slot] !== INNER) return steps;
    ({ node, path } = loadChild(reader, node, path, slot));
  }
}

/** The inner child of a node, and its path. */
export function loadChild(
  reader: NodeReader,
  parent: WorkNode,
  parentPath: string,
  slot: number,
): { readonly node: WorkNode; readonly path: string } {
  const path = parentPath + (NIBBLES[slot] as string);
  const node = new WorkNode();
  loadNode(reader, nodeKey(parent.versionAt(slot), path), node);
  return { node, path };
}

/** The key of the leaf that a way ends at; undefined at an empty child. */
export function leafKey(steps: readonly Step[]): Uint8Array | undefined {
  const last = steps.at(-1);
  if (last === undefined || last.node.kind[CHILDREN + last.slot] === EMPTY) return undefined;
  return last.node.keyAt(last.slot);
}

/** Whether a way ends at the leaf of this key. */
export function endsAt(steps: readonly Step[], key: Uint8Array): boolean {
  const found = leafKey(steps);
  return found !== undefined && equalBytes(found, key);
}

/**
 * Hash of the leaf that a version has for a raw key, or undefined when it has none. Throws
 * TreeDamagedError when the tree cannot be read.
 */
export function leafHashAt(
  reader: NodeReader,
  version: bigint,
  key: Uint8Array,
  sha256: Sha256Into,
): Uint8Array | undefined {
  const root = loadRoot(reader, version);
  if (root === undefined)
    throw new TreeDamagedError(nodeKey(versionHex(version), ''), 'is missing');
  const steps = descend(reader, root, keyHash(sha256, key));
  const last = steps.at(-1);
  if (last === undefined || !endsAt(steps, key)) return undefined;
  const at = last.node.hashAt(CHILDREN + last.slot);
  return last.node.hashes.subarray(at, at + HASH_BYTES);
}

/** Path of the node of a step, given the hash that the way was taken for. */
const pathAt = (hash: Uint8Array, depth: number): string =>
  Array.from({ length: depth }, (_, i) => NIBBLES[nibbleAt(hash, 0, i)] as string).join('');

/**
 * The key of the leaf next to a way on one side (−1 before, 1 behind), the end of the way itself
 * left out; undefined when there is none.
 */
export function neighbourKey(
  reader: NodeReader,
  steps: readonly Step[],
  hash: Uint8Array,
  side: 1 | -1,
): Uint8Array | undefined {
  for (let depth = steps.length - 1; depth >= 0; depth--) {
    const step = steps[depth] as Step;
    const slot = step.node.nextChild(step.slot + side, side);
    if (slot !== undefined) return outermost(reader, step.node, pathAt(hash, depth), slot, side);
  }
  return undefined;
}

/** The key of the leaf of a subtree that is nearest to where one came from. */
function outermost(
  reader: NodeReader,
  from: WorkNode,
  fromPath: string,
  fromSlot: number,
  side: 1 | -1,
): Uint8Array {
  let node = from;
  let path = fromPath;
  let slot = fromSlot;
  while (node.kind[CHILDREN + slot] === INNER) {
    ({ node, path } = loadChild(reader, node, path, slot));
    const next = node.nextChild(side === 1 ? 0 : CHILDREN - 1, side);
    assert(next !== undefined, 'an inner node has children');
    slot = next;
  }
  return node.keyAt(slot);
}
