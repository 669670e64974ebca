import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../../src/runtime/store/index.ts';
import { openState, sealState } from '../../../src/runtime/store/records.ts';
import { nodeKey, versionHex } from '../../../src/runtime/tree/index.ts';
import { commitNext, IDENTITY, utf8, valueOf } from './support.ts';

describe('a record of the state', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('is refused with byte %d of its tag damaged', (at) => {
    const key = utf8('key');
    const sealed = sealState(key, utf8('value')).slice();
    expect(openState(key, sealed)).toEqual(utf8('value'));
    sealed[at] = (sealed[at] ?? 0) ^ 1;
    expect(() => openState(key, sealed)).toThrow(/does not match its leaf hash/);
  });
});

describe('after a rollback', () => {
  it('no node of a block that is gone is served, in memory neither', () => {
    const store = openMemoryStore({ identity: IDENTITY, historyHeights: 4 });
    commitNext(store, new Map([['aa', utf8('one')]]));
    const kept = store.getNode(nodeKey(versionHex(0n), ''));
    commitNext(store, new Map([['aa', utf8('two')]]));
    const gone = nodeKey(versionHex(1n), '');
    expect(store.getNode(gone)).toBeDefined();
    valueOf(store.rollback(0n));
    expect(store.getNode(gone)).toBeUndefined();
    expect(store.getNode(nodeKey(versionHex(0n), ''))).toEqual(kept);
  });
});
