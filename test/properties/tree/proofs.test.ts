import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JMT_SPEC,
  proveKey,
  verifyExistence,
  verifyNonExistence,
} from '../../../src/runtime/tree/index.ts';
import type { CommitmentProof, ExistenceProof, InnerOp } from '../../../src/runtime/tree/index.ts';
import { MemoryTree, bytesOf, hex } from '../../unit/tree/support.ts';

const SEED = 20_260_402;
const RUNS = 60;

const key = fc.integer({ min: 0, max: 400 }).map((i) => i.toString(16).padStart(4, '0'));
const valueBytes = fc.uint8Array({ minLength: 1, maxLength: 6 });
const state = fc
  .uniqueArray(fc.tuple(key, valueBytes), { selector: ([name]) => name, maxLength: 120 })
  .map((entries) => new Map(entries));

function treeOf(entries: ReadonlyMap<string, Uint8Array>): MemoryTree {
  const tree = new MemoryTree();
  tree.apply(entries);
  return tree;
}

const prove = (tree: MemoryTree, name: string, version = tree.version) =>
  proveKey({ reader: tree, version, key: bytesOf(name), valueOf: tree.valueOf(version) });

function proven(tree: MemoryTree, name: string, version = tree.version): CommitmentProof {
  const proof = prove(tree, name, version);
  if (!proof.ok) throw new Error(proof.failure.code);
  return proof.value;
}

const verifies = (
  root: string,
  proof: CommitmentProof,
  name: string,
  bytes?: Uint8Array,
): boolean =>
  'exist' in proof
    ? verifyExistence(JMT_SPEC, root, proof.exist, bytesOf(name), bytes ?? proof.exist.value).ok
    : verifyNonExistence(JMT_SPEC, root, proof.nonexist, bytesOf(name)).ok;

/** The proof with one bit of one byte string turned. */
function flipped(proof: ExistenceProof, pick: number, bit: number): ExistenceProof {
  const parts: Uint8Array[] = [];
  const copy = (bytes: Uint8Array): Uint8Array => {
    const own = Uint8Array.from(bytes);
    parts.push(own);
    return own;
  };
  const leaf = proof.leaf === undefined ? undefined : { ...proof.leaf };
  const path = proof.path.map((op): InnerOp => ({
    hash: op.hash,
    prefix: copy(op.prefix),
    suffix: copy(op.suffix),
  }));
  const changed = { key: copy(proof.key), value: copy(proof.value), leaf, path };
  const filled = parts.filter((part) => part.length > 0);
  const part = filled[pick % filled.length];
  if (part === undefined) throw new Error('a proof has a key');
  const at = (bit >> 3) % part.length;
  part[at] = (part[at] as number) ^ (1 << (bit & 7));
  return changed;
}

describe('proofs under the Penumbra JMT specification', () => {
  it('show what is there and what is not', () => {
    fc.assert(
      fc.property(state, key, (entries, asked) => {
        const tree = treeOf(entries);
        const proof = prove(tree, asked);
        const code = proof.ok ? undefined : proof.failure.code;
        expect(code).toBe(entries.size === 0 ? 'proof/empty-tree' : undefined);
        if (!proof.ok) return;
        expect('exist' in proof.value).toBe(entries.has(asked));
        expect(verifies(tree.root, proof.value, asked, entries.get(asked))).toBe(true);
        expect(verifies(hex(new Uint8Array(32)), proof.value, asked)).toBe(false);
      }),
      { seed: SEED, numRuns: RUNS * 3 },
    );
  });

  it('hold for every key and the gaps between', () => {
    const entries = new Map(
      Array.from({ length: 300 }, (_, i): [string, Uint8Array] => [
        (2 * i).toString(16).padStart(4, '0'),
        Uint8Array.of(1, i & 255),
      ]),
    );
    const tree = treeOf(entries);
    for (let i = 0; i < 600; i++) {
      const name = i.toString(16).padStart(4, '0');
      const proof = proven(tree, name);
      expect('exist' in proof).toBe(i % 2 === 0);
      expect(verifies(tree.root, proof, name, entries.get(name))).toBe(true);
    }
  });

  it('do not survive a turned bit', () => {
    const proofWithFlip = fc.tuple(state, fc.nat(), fc.nat(), fc.nat());
    fc.assert(
      fc.property(proofWithFlip, ([entries, which, pick, bit]) => {
        const names = [...entries.keys()];
        const name = names[which % Math.max(names.length, 1)];
        if (name === undefined) return;
        const tree = treeOf(entries);
        const proof = proven(tree, name);
        if (!('exist' in proof)) throw new Error('the key is there');
        const bad = flipped(proof.exist, pick, bit);
        expect(
          verifyExistence(JMT_SPEC, tree.root, bad, bytesOf(name), proof.exist.value).ok ||
            verifyExistence(JMT_SPEC, tree.root, bad, bad.key, bad.value).ok,
        ).toBe(false);
      }),
      { seed: SEED, numRuns: RUNS * 2 },
    );
  });

  it('of absence cannot be made from neighbours that are not adjacent', () => {
    fc.assert(
      fc.property(state, fc.nat(), fc.nat(), key, (entries, a, b, asked) => {
        const names = [...entries.keys()];
        if (names.length < 2) return;
        const tree = treeOf(entries);
        const existence = (i: number): ExistenceProof | undefined => {
          const name = names[i % (names.length + 1)];
          if (name === undefined) return undefined;
          const proof = proven(tree, name);
          return 'exist' in proof ? proof.exist : undefined;
        };
        const forged = { key: bytesOf(asked), left: existence(a), right: existence(b) };
        const accepted = verifyNonExistence(JMT_SPEC, tree.root, forged, bytesOf(asked)).ok;
        expect(accepted && entries.has(asked)).toBe(false);
        if (!accepted) return;
        // What is accepted is the one proof there is.
        const honest = proven(tree, asked);
        expect('nonexist' in honest && honest.nonexist).toEqual(forged);
      }),
      { seed: SEED, numRuns: RUNS * 3 },
    );
  });

  it('can be made for every version that is kept, and for no other', () => {
    const change = fc.tuple(key, fc.option(valueBytes, { nil: undefined }));
    fc.assert(
      fc.property(
        fc.array(
          fc.array(change, { maxLength: 20 }).map((changes) => new Map(changes)),
          { minLength: 3, maxLength: 8 },
        ),
        key,
        (batches, asked) => {
          const tree = new MemoryTree();
          const roots = batches.map((changes) => tree.apply(changes));
          const oldest = tree.version - 1n;
          tree.prune(oldest);
          roots.forEach((root, i) => {
            const version = BigInt(i);
            const kept = tree.values.get(`${version}`) ?? new Map<string, Uint8Array>();
            const proof = prove(tree, asked, version);
            const code = proof.ok ? undefined : proof.failure.code;
            const empty = kept.size === 0 ? 'proof/empty-tree' : undefined;
            expect(code).toBe(version < oldest ? 'proof/version-unknown' : empty);
            if (!proof.ok) return;
            expect(verifies(root, proof.value, asked)).toBe(true);
            const value = 'exist' in proof.value ? proof.value.exist.value : undefined;
            expect(value).toEqual(kept.get(asked));
          });
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
