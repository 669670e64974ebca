import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateTree } from '../../../src/runtime/tree/index.ts';
import type { NodeReader } from '../../../src/runtime/tree/index.ts';

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const base64 = (text: string | undefined): Uint8Array =>
  new Uint8Array(Buffer.from(text ?? '', 'base64'));
export const sha = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const VECTORS = join(import.meta.dirname, '../../../../shared/vectors');
/** Whether the published vectors lie beside the repository. */
export const hasVectors = existsSync(VECTORS);
export const vectors = (name: string): unknown =>
  JSON.parse(readFileSync(join(VECTORS, name), 'utf8'));

/** Key (hex) to value. */
export type Entries = ReadonlyMap<string, Uint8Array>;

const EMPTY_HASH = Buffer.from('SPARSE_MERKLE_PLACEHOLDER_HASH__');

/** The root by the definition, bit by bit: no storage nodes, no batches, nothing of `src`. */
export function naiveRoot(entries: Entries): string {
  const leaves = [...entries].map(([key, value]) => {
    const keyHash = sha(bytesOf(key));
    const bits = [...keyHash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return { bits, hash: sha(Buffer.from('JMT::LeafNode'), keyHash, sha(value)) };
  });
  const rootOf = (within: typeof leaves, depth: number): Buffer => {
    const [only] = within;
    if (only === undefined) return EMPTY_HASH;
    if (within.length === 1) return only.hash;
    const side = (bit: string): Buffer =>
      rootOf(
        within.filter((leaf) => leaf.bits[depth] === bit),
        depth + 1,
      );
    return sha(Buffer.from('JMT::IntrnalNode'), side('0'), side('1'));
  };
  return rootOf(leaves, 0).toString('hex');
}

/** Every node of a tree in memory, every version readable until it is pruned. */
export class MemoryTree implements NodeReader {
  readonly nodes = new Map<string, Uint8Array>();
  readonly staleSince = new Map<string, bigint>();
  readonly values = new Map<string, Map<string, Uint8Array>>();
  version = -1n;
  root = '';

  getNode(key: string): Uint8Array | undefined {
    return this.nodes.get(key);
  }

  apply(changes: ReadonlyMap<string, Uint8Array | undefined>): string {
    const parent = this.version < 0n ? undefined : { version: this.version };
    const state = new Map(this.values.get(`${this.version}`));
    this.version += 1n;
    const update = updateTree({ reader: this, parent, version: this.version, changes });
    for (const [key, bytes] of update.put) this.nodes.set(key, bytes);
    for (const key of update.stale) this.staleSince.set(key, this.version);
    for (const [key, value] of changes) {
      if (value === undefined) state.delete(key);
      else state.set(key, value);
    }
    this.values.set(`${this.version}`, state);
    this.root = update.root;
    return update.root;
  }

  /** Deletes what only versions before `oldest` refer to. */
  prune(oldest: bigint): void {
    for (const [key, since] of this.staleSince) {
      if (since > oldest) continue;
      this.nodes.delete(key);
      this.staleSince.delete(key);
    }
  }

  valueOf(version: bigint): (key: Uint8Array) => Uint8Array | undefined {
    return (key) => this.values.get(`${version}`)?.get(hex(key));
  }
}
