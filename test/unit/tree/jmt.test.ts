import { describe, expect, it } from 'vitest';
import { nodeKey, nodeSha256, updateTree, versionHex } from '../../../src/runtime/tree/index.ts';
import { MemoryTree, bytesOf, hasVectors, hex, naiveRoot, vectors } from './support.ts';

interface JmtVectors {
  readonly vectors: readonly {
    readonly expected_root: string;
    readonly data: readonly { readonly key: string; readonly value: string }[];
  }[];
}

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('Jellyfish Merkle Tree with SHA-256', () => {
  it.skipIf(!hasVectors)('has the published roots (needs ../shared/vectors)', () => {
    const file = vectors('jmt-sha256.json') as JmtVectors;
    expect(file.vectors).toHaveLength(3);
    for (const { expected_root, data } of file.vectors) {
      const changes = new Map(data.map(({ key, value }) => [key, bytesOf(value)]));
      expect(new MemoryTree().apply(changes)).toBe(expected_root);
      const oneByOne = new MemoryTree();
      oneByOne.apply(new Map());
      for (const change of changes) oneByOne.apply(new Map([change]));
      expect(oneByOne.root).toBe(expected_root);
    }
  });

  it('has the placeholder as the root of the empty tree', () => {
    const tree = new MemoryTree();
    expect(tree.apply(new Map())).toBe(hex(Buffer.from('SPARSE_MERKLE_PLACEHOLDER_HASH__')));
    tree.apply(new Map([['61', utf8('x')]]));
    expect(tree.apply(new Map([['61', undefined]]))).toBe(naiveRoot(new Map()));
  });

  it('gives the same with the portable and with the native SHA-256', () => {
    const changes = new Map(
      Array.from({ length: 200 }, (_, i) => [i.toString(16).padStart(4, '0'), utf8(`v${i}`)]),
    );
    const input = { reader: new MemoryTree(), parent: undefined, version: 0n, changes };
    expect(updateTree({ ...input, sha256: nodeSha256 })).toEqual(updateTree(input));
  });

  it('stores a node of the root in every version, also when nothing changes', () => {
    const tree = new MemoryTree();
    const first = tree.apply(new Map([['61', utf8('x')]]));
    expect(tree.apply(new Map())).toBe(first);
    expect(tree.apply(new Map([['61', utf8('x')]]))).toBe(first);
    expect(tree.apply(new Map([['62', undefined]]))).toBe(first);
    expect([...tree.nodes.keys()]).toEqual(
      [0n, 1n, 2n, 3n].map((version) => nodeKey(versionHex(version), '')),
    );
  });

  it('writes only the nodes on the paths of what changed', () => {
    const tree = new MemoryTree();
    const entries = Array.from({ length: 5_000 }, (_, i): [string, Uint8Array] => [
      i.toString(16).padStart(4, '0'),
      utf8(`v${i}`),
    ]);
    tree.apply(new Map(entries));
    const before = tree.nodes.size;
    tree.apply(new Map([['0001', utf8('other')]]));
    // 5,000 leaves fill three levels of sixteen; the path of a key is that long and one more.
    expect(tree.nodes.size - before).toBeLessThanOrEqual(5);
  });

  it('refuses empty keys and values as errors of the program', () => {
    const input = { reader: new MemoryTree(), parent: undefined, version: 0n };
    const update = (key: string, bytes: Uint8Array) => () =>
      updateTree({ ...input, changes: new Map([[key, bytes]]) });
    expect(update('', utf8('x'))).toThrow(/1 to 511 bytes/);
    expect(update('00'.repeat(512), utf8('x'))).toThrow(/1 to 511 bytes/);
    expect(update('61', new Uint8Array(0))).toThrow(/never empty/);
    expect(update('6', utf8('x'))).toThrow(/odd length/);
  });

  it('says which node is missing when the store has lost one', () => {
    const tree = new MemoryTree();
    const entries = Array.from({ length: 300 }, (_, i): [string, Uint8Array] => [
      i.toString(16).padStart(4, '0'),
      utf8(`v${i}`),
    ]);
    tree.apply(new Map(entries));
    const lost = [...tree.nodes.keys()].filter((key) => key !== nodeKey(versionHex(0n), ''));
    for (const key of lost) tree.nodes.delete(key);
    expect(() => tree.apply(new Map([['0001', undefined]]))).toThrow(/is missing/);
  });
});
