import { depthOfKey } from '../tree/index.ts';

/** Nodes down to this depth are kept in memory: 1 + 16 + 256 + 4,096 of the last version. */
const CACHED_DEPTH = 3;
/** Most nodes in memory: those of the last version, and some of those that history reads. */
const MAX_CACHED_NODES = 8_192;

/**
 * Records of the upper nodes of the tree, which every update reads, by key. A stored node never
 * changes under its key but by a rollback, which clears the cache; so it changes speed only.
 */
export class NodeCache {
  readonly #nodes = new Map<string, Uint8Array>();

  get(key: string): Uint8Array | undefined {
    return this.#nodes.get(key);
  }

  /**
   * Keeps a node if it is an upper one, in place of the one that came first. Not of the one used
   * longest ago: keeping that order costs more at every read than it saves, since the nodes of the
   * last version all find room.
   */
  set(key: string, bytes: Uint8Array): void {
    if (depthOfKey(key) > CACHED_DEPTH) return;
    // A copy: the record may be a small part of a large piece of memory.
    this.#nodes.set(key, bytes.slice());
    if (this.#nodes.size <= MAX_CACHED_NODES) return;
    for (const oldest of this.#nodes.keys()) {
      this.#nodes.delete(oldest);
      return;
    }
  }

  delete(key: string): void {
    this.#nodes.delete(key);
  }

  clear(): void {
    this.#nodes.clear();
  }
}
