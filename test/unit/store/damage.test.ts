import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, openLmdbStore } from '../../../src/runtime/store/index.ts';
import type { Store } from '../../../src/runtime/store/index.ts';
import { scriptedBlock } from './children/script.ts';
import { readRows, tamper } from './raw.ts';
import { IDENTITY, bytesOf, codeOf, temporaryFolder, valueOf } from './support.ts';

let folder: { readonly path: string; readonly remove: () => void };
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Of the height that a key of the history begins with. */
const HEIGHT_BYTES = 8;

const openHere = (inspection: 'all' | 'branches') =>
  openLmdbStore({ path: folder.path, identity: IDENTITY, historyHeights: 3, inspection });
const openQuick = (): Store => valueOf(openHere('branches'));

function makeChain(blocks: number): void {
  const store = valueOf(openHere('all'));
  for (let i = 0; i < blocks; i++) scriptedBlock(store, 12);
  store.close();
}

/** What a check of the database says, which opens without looking at records. */
function checkDetails(): Readonly<Record<string, string>> | undefined {
  const store = openQuick();
  const checked = check(store);
  store.close();
  return checked.ok ? undefined : checked.failure.details;
}

const turn = (value: Buffer): Buffer => {
  const at = value.length - 1;
  value[at] = (value[at] as number) ^ 4;
  return value;
};

describe('a damaged record', () => {
  it('of the state is named by whoever opens, reads or checks it', async () => {
    makeChain(6);
    const key = await tamper(folder.path, 'state', turn, 3);
    const refused = openHere('all');
    expect(refused.ok ? undefined : refused.failure).toMatchObject({
      code: 'store/damaged',
      details: { table: 'state', key },
    });
    const store = openQuick();
    expect(() => store.get(bytesOf(key))).toThrow(/does not match its leaf hash/);
    expect(() => [...store.entries()]).toThrow(/does not match its leaf hash/);
    store.close();
    expect(checkDetails()).toMatchObject({ table: 'state', key });
  });

  it('stops a commit and a rollback that meet it, with nothing written', async () => {
    makeChain(6);
    await tamper(folder.path, 'undo', turn, 0);
    const store = openQuick();
    const before = store.tip();
    expect(codeOf(store.rollback(2n))).toBe('store/damaged');
    expect(store.tip()).toEqual(before);
    expect(codeOf(store.rollback(4n))).toBeUndefined();
    store.close();
    await tamper(folder.path, 'stale', turn, 0);
    const again = openQuick();
    // The damaged record is due to be pruned with the next block but one.
    scriptedBlock(again, 12);
    expect(() => scriptedBlock(again, 12)).toThrow(/store\/damaged/);
    expect(again.tip()?.height).toBe(5n);
    again.close();
  });

  it.each(['nodes', 'stale', 'undo', 'blocks', 'blockIds', 'transactions', 'transactionIds'])(
    'of table %s is found by its checksum',
    async (table) => {
      makeChain(6);
      const key = await tamper(folder.path, table, turn);
      expect(codeOf(openHere('all'))).toBe('store/damaged');
      expect(checkDetails()).toMatchObject({ table, key });
    },
  );

  it('that is missing is found by a check', async () => {
    makeChain(6);
    const key = await tamper(folder.path, 'state', () => undefined, 2);
    const what = 'the record is missing';
    expect(checkDetails()).toMatchObject({ table: 'state', key, what });
  });

  it('that is missing is not taken for one that never was', async () => {
    makeChain(6);
    const key = bytesOf(await tamper(folder.path, 'state', () => undefined, 2));
    const store = openQuick();
    expect(() => store.get(key)).toThrow(/the record is missing/);
    expect(() => store.getAt(key, 5n)).toThrow(/the record is missing/);
    expect(store.get(bytesOf('ffff'))).toBeUndefined();
    expect(valueOf(store.getAt(bytesOf('ffff'), 4n))).toBeUndefined();
    store.close();
  });

  it('of the history that is missing does not make a later value an earlier one', async () => {
    makeChain(6);
    const place = await tamper(folder.path, 'undo', () => undefined);
    const height = BigInt(`0x${place.slice(0, 2 * HEIGHT_BYTES)}`);
    const key = bytesOf(place.slice(2 * HEIGHT_BYTES));
    const store = openQuick();
    const oldest = store.oldestHeight();
    const before = height > oldest ? height - 1n : oldest;
    expect(() => store.getAt(key, before)).toThrow(/the record is (?:missing|not the one)/);
    store.close();
  });

  it.each(['blocks', 'blockIds', 'transactions', 'transactionIds'])(
    'that is missing from table %s is found by a check',
    async (table) => {
      makeChain(6);
      await tamper(folder.path, table, () => undefined, 2);
      expect(checkDetails()).toBeDefined();
    },
  );

  it('of an older value, sound in itself, is found by a check', async () => {
    makeChain(3);
    const before = await readRows(folder.path, 'state');
    makeChain(3);
    const rows = [...(await readRows(folder.path, 'state'))];
    const nth = rows.findIndex(([name, value]) => before.has(name) && before.get(name) !== value);
    const older = bytesOf(before.get(rows[nth]?.[0] ?? '') ?? '');
    const key = await tamper(folder.path, 'state', () => older, nth);
    const what = 'the record is not the one in the tree';
    expect(checkDetails()).toMatchObject({ table: 'state', key, what });
  });
});
