import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryTree, hex, naiveRoot, sha } from '../../unit/tree/support.ts';

const SEED = 20_260_401;

/** Keys out of a small pool, so that batches meet the same keys again and delete what is there. */
const key = fc.integer({ min: 0, max: 120 }).map((i) => i.toString(16).padStart(4, '0'));
const value = fc.uint8Array({ minLength: 1, maxLength: 6 });
const batch = fc
  .array(fc.tuple(key, fc.option(value, { nil: undefined, freq: 2 })), { maxLength: 40 })
  .map((changes) => new Map(changes));

/** Finds keys whose hashes begin alike, so that paths share many levels. */
function clustered(count: number): string[] {
  const buckets = new Map<string, string[]>();
  for (let i = 0; ; i++) {
    const candidate = i.toString(16).padStart(8, '0');
    const prefix = hex(sha(Buffer.from(candidate, 'hex'))).slice(0, 3);
    const bucket = buckets.get(prefix) ?? [];
    bucket.push(candidate);
    buckets.set(prefix, bucket);
    if (bucket.length === count) return bucket;
  }
}

/** A tree in front of another one, as the overlay of a block is before it is accepted. */
class ForkedTree extends MemoryTree {
  readonly #trunk: MemoryTree;

  constructor(trunk: MemoryTree) {
    super();
    this.#trunk = trunk;
    this.version = trunk.version;
  }

  override getNode(name: string): Uint8Array | undefined {
    return this.nodes.get(name) ?? this.#trunk.getNode(name);
  }
}

const applyAll = (state: Map<string, Uint8Array>, changes: Map<string, Uint8Array | undefined>) => {
  for (const [name, bytes] of changes) {
    if (bytes === undefined) state.delete(name);
    else state.set(name, bytes);
  }
};

describe('the root of the state tree', () => {
  it('is that of the definition after every batch of insertions, changes and deletions', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const tree = new MemoryTree();
        const state = new Map<string, Uint8Array>();
        for (const changes of batches) {
          applyAll(state, changes);
          expect(tree.apply(changes)).toBe(naiveRoot(state));
          tree.prune(tree.version);
        }
        // What is left after pruning is one tree, with nothing of earlier ones.
        const fresh = new MemoryTree();
        fresh.apply(state);
        if (batches.length > 0) expect(tree.nodes.size).toBe(fresh.nodes.size);
      }),
      { seed: SEED, numRuns: 120 },
    );
  });

  it('does not depend on order or batches', () => {
    const entries = fc.uniqueArray(fc.tuple(key, value), {
      selector: ([name]) => name,
      maxLength: 60,
    });
    const shuffled = entries.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 60 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, other, size]) => {
        const once = new MemoryTree();
        once.apply(new Map(all));
        const parts = new MemoryTree();
        parts.apply(new Map());
        for (let i = 0; i < other.length; i += size) {
          parts.apply(new Map(other.slice(i, i + size)));
        }
        expect(parts.root).toBe(once.root);
        // Deleting everything, one after the other, leads back to the empty tree.
        for (const [name] of all) parts.apply(new Map([[name, undefined]]));
        expect(parts.root).toBe(naiveRoot(new Map()));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('folds and unfolds long shared paths', () => {
    const names = clustered(7);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { maxLength: 30 }),
        (toggles) => {
          const tree = new MemoryTree();
          const state = new Map<string, Uint8Array>();
          tree.apply(new Map());
          for (const [name, present] of toggles) {
            const changes = new Map([[name, present ? Uint8Array.of(1, 2) : undefined]]);
            applyAll(state, changes);
            expect(tree.apply(changes)).toBe(naiveRoot(state));
          }
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('is right in each of two forks that use the same versions above one parent', () => {
    fc.assert(
      fc.property(batch, batch, batch, (base, first, second) => {
        const trunk = new MemoryTree();
        trunk.apply(base);
        const state = new Map(trunk.values.get('0'));
        for (const order of [
          [first, second],
          [second, first],
        ]) {
          const fork = new ForkedTree(trunk);
          const forked = new Map(state);
          for (const changes of order) {
            applyAll(forked, changes);
            expect(fork.apply(changes)).toBe(naiveRoot(forked));
          }
        }
        expect(trunk.nodes.size).toBeGreaterThan(0);
        expect(trunk.version).toBe(0n);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
