import { assert } from '../../codec/failure.ts';
import { MAX_PENDING_BLOCKS } from './limits.ts';
import type { Overlay } from './overlay.ts';

/**
 * The executed blocks that are neither committed nor dropped, as a tree that grows from the
 * committed tip. Each holds only what it changed, so siblings cannot see each other, and dropping
 * one is forgetting it (PROTOCOL §10).
 */
export class Forest {
  readonly #overlays = new Map<string, Overlay>();

  get size(): number {
    return this.#overlays.size;
  }

  get isFull(): boolean {
    return this.#overlays.size >= MAX_PENDING_BLOCKS;
  }

  get(blockId: string): Overlay | undefined {
    return this.#overlays.get(blockId);
  }

  /** All pending blocks, parents before children. */
  blocks(): readonly Overlay[] {
    return [...this.#overlays.values()];
  }

  add(overlay: Overlay): void {
    assert(!this.isFull, 'a full forest takes no further block');
    assert(!this.#overlays.has(overlay.blockId), 'a block is executed once');
    this.#overlays.set(overlay.blockId, overlay);
  }

  /**
   * A block and its pending ancestors, itself first. The last one's parent is the committed tip.
   * Empty when the block is the tip itself, or unknown.
   */
  lineage(blockId: string): readonly Overlay[] {
    const lineage: Overlay[] = [];
    for (
      let overlay = this.#overlays.get(blockId);
      overlay !== undefined;
      overlay = this.#overlays.get(overlay.header.parentId)
    ) {
      lineage.push(overlay);
    }
    return lineage;
  }

  /** Forgets a block with all that was executed on it; gives their ids, the block's first. */
  drop(blockId: string): readonly string[] {
    if (!this.#overlays.has(blockId)) return [];
    const dropped = new Set([blockId]);
    // Insertion order has parents before children, so one pass finds every descendant.
    for (const [id, overlay] of this.#overlays) {
      if (dropped.has(overlay.header.parentId)) dropped.add(id);
    }
    for (const id of dropped) this.#overlays.delete(id);
    return [...dropped];
  }

  /** After a commit: the block leaves, its siblings and all that stands on them are dropped. */
  settle(committed: Overlay): readonly string[] {
    const { parentId } = committed.header;
    const siblings = this.blocks().filter(
      ({ blockId, header }) => header.parentId === parentId && blockId !== committed.blockId,
    );
    const dropped = siblings.flatMap(({ blockId }) => this.drop(blockId));
    this.#overlays.delete(committed.blockId);
    return dropped;
  }

  clear(): void {
    this.#overlays.clear();
  }
}
