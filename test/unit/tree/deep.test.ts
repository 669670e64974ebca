import { describe, expect, it } from 'vitest';
import {
  auditTree,
  codecSha256,
  nodeKey,
  proveKey,
  rebuildRoot,
  updateTree,
  versionHex,
} from '../../../src/runtime/tree/index.ts';
import type { Sha256Into } from '../../../src/runtime/tree/index.ts';
import { MemoryTree, bytesOf, hex, naiveRoot } from './support.ts';

// Keys whose SHA-256 begin alike over many levels cannot be found, so here the key is its own hash.

const KEY_BYTES = 33;
/** A key of 33 bytes hashes to its first 32; everything else as ever. */
const ownHash: Sha256Into = (data, out, offset) => {
  if (data.length === KEY_BYTES) out.set(data.subarray(0, 32), offset);
  else codecSha256(data, out, offset);
};

/** A key whose hash shares `bits` bits with that of zeros. */
function keySharing(bits: number): string {
  const key = new Uint8Array(KEY_BYTES);
  if (bits < 256) key[bits >> 3] = 0x80 >> (bits & 7);
  return hex(key);
}

class DeepTree extends MemoryTree {
  override apply(changes: ReadonlyMap<string, Uint8Array | undefined>): string {
    const parent = this.version < 0n ? undefined : { version: this.version };
    this.version += 1n;
    const version = this.version;
    const update = updateTree({ reader: this, parent, version, changes, sha256: ownHash });
    for (const [key, bytes] of update.put) this.nodes.set(key, bytes);
    for (const key of update.stale) this.nodes.delete(key);
    this.root = update.root;
    return update.root;
  }

  code(bits: number): string {
    const { version } = this;
    const valueOf = (): Uint8Array => Uint8Array.of(1);
    const key = bytesOf(keySharing(bits));
    const proof = proveKey({ reader: this, version, key, valueOf, sha256: ownHash });
    if (!proof.ok) return proof.failure.code;
    return 'exist' in proof.value ? `${proof.value.exist.path.length} steps` : 'absent';
  }
}

const one = (bits: number, value: Uint8Array | undefined) => new Map([[keySharing(bits), value]]);

describe('keys whose hashes begin alike', () => {
  it('are told apart down to the last bit, and fold up again', () => {
    const tree = new DeepTree();
    const alone = tree.apply(one(256, Uint8Array.of(1)));
    for (const bits of [255, 252, 251, 128, 5, 4, 3, 0]) {
      const before = tree.nodes.size;
      tree.apply(one(bits, Uint8Array.of(1)));
      expect(tree.nodes.size).toBe((bits >> 2) + 1);
      expect(tree.apply(one(bits, undefined))).toBe(alone);
      expect(tree.nodes.size).toBe(before);
    }
  });

  it('have no proof that light clients would follow once they share more than 63 bits', () => {
    const tree = new DeepTree();
    tree.apply(new Map([...one(256, Uint8Array.of(1)), ...one(63, Uint8Array.of(1))]));
    expect(tree.code(256)).toBe('64 steps');
    expect(tree.code(64)).toBe('absent');
    tree.apply(one(64, Uint8Array.of(1)));
    expect(tree.code(256)).toBe('proof/too-deep');
    expect(tree.code(64)).toBe('proof/too-deep');
    // Such keys are in nobody's way.
    expect(tree.code(63)).toBe('64 steps');
  });
});

describe('a tree made anew', () => {
  const entries = Array.from({ length: 500 }, (_, i): [string, Uint8Array] => [
    i.toString(16).padStart(4, '0'),
    Uint8Array.of(1, i & 255),
  ]);
  const rows = entries.map(([key, value]) => [bytesOf(key), value] as const);

  it('from the entries alone has the same root, in one pass or in many', () => {
    const due = naiveRoot(new Map(entries));
    for (const perPass of [1_000, 499, 31, 1]) {
      expect(rebuildRoot(() => rows, rows.length, codecSha256, perPass)).toBe(due);
    }
    expect(rebuildRoot(() => [], 0)).toBe(naiveRoot(new Map()));
    expect(rebuildRoot(() => rows.slice(0, 1), 500, codecSha256, 10)).toBe(
      naiveRoot(new Map(entries.slice(0, 1))),
    );
  });

  it('from its nodes has the same root, and meets every leaf once', () => {
    const tree = new MemoryTree();
    tree.apply(new Map(entries));
    const met = new Set<string>();
    const onLeaf = (key: Uint8Array): void => {
      met.add(hex(key));
    };
    const audit = auditTree({ reader: tree, version: 0n, onLeaf });
    expect(audit).toEqual({ root: tree.root, nodes: tree.nodes.size });
    expect(met.size).toBe(entries.length);
  });

  it('shows which node was exchanged', () => {
    const tree = new MemoryTree();
    tree.apply(new Map(entries));
    tree.apply(new Map([['0007', Uint8Array.of(9)]]));
    const onLeaf = (): void => undefined;
    const [older, newer] = [0n, 1n].map((version) =>
      [...tree.nodes].filter(([key]) => key.startsWith(versionHex(version)) && key.length > 18),
    );
    const [key, bytes] = newer?.at(0) ?? ['', new Uint8Array(0)];
    const twin = older?.find(([name]) => name.slice(16) === key.slice(16));
    tree.nodes.set(key, twin?.[1] ?? bytes);
    expect(() => auditTree({ reader: tree, version: 1n, onLeaf })).toThrow(
      `tree node ${key} is not what its parent refers to`,
    );
    tree.nodes.set(key, bytes);
    const root = nodeKey(versionHex(1n), '');
    const sound = tree.nodes.get(root) ?? bytes;
    const turned = sound.slice();
    turned[4 + 16 * 32] = (turned[4 + 16 * 32] as number) ^ 1;
    tree.nodes.set(root, turned);
    expect(() => auditTree({ reader: tree, version: 1n, onLeaf })).toThrow(
      `tree node ${root} has a wrong hash inside`,
    );
  });
});
