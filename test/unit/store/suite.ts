import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, proveState } from '../../../src/runtime/store/index.ts';
import type { Store } from '../../../src/runtime/store/index.ts';
import { JMT_SPEC, verifyExistence, verifyNonExistence } from '../../../src/runtime/tree/index.ts';
import {
  IDENTITY,
  bytesOf,
  codeOf,
  commitNext,
  hex,
  nextBlock,
  transaction,
  utf8,
  valueOf,
} from './support.ts';
import type { Changes } from './support.ts';

const HISTORY = 4;

export interface Subject {
  readonly store: Store;
  readonly end: () => void;
}

const put = (...pairs: readonly (readonly [string, string])[]): Changes =>
  new Map(pairs.map(([key, value]) => [key, utf8(value)]));
const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();
const keysOf = (rows: Iterable<readonly [Uint8Array, Uint8Array]>): string[] =>
  Array.from(rows, ([key]) => hex(key));

/** What every store does, on disk or in memory. */
export function describeStore(name: string, open: (historyHeights: number) => Subject): void {
  describe(`${name}: reading and committing`, () => {
    let subject: Subject;
    let store: Store;
    beforeEach(() => {
      subject = open(HISTORY);
      store = subject.store;
    });
    afterEach(() => subject.end());

    it('begins without a block', () => {
      expect(store.tip()).toBeUndefined();
      expect(store.identity).toEqual({ ...IDENTITY, schema: 1 });
      expect(store.get(bytesOf('aa'))).toBeUndefined();
      expect(store.block(0n)).toBeUndefined();
      expect(codeOf(store.getAt(bytesOf('aa'), 0n))).toBe('store/unknown-height');
      expect(codeOf(store.rollback(0n))).toBe('store/unknown-height');
      expect(valueOf(check(store))).toBeUndefined();
    });

    it('reads what was committed', () => {
      const genesis = commitNext(store, put(['aa', 'one'], ['bb', 'two']));
      expect(text(store.get(bytesOf('aa')))).toBe('one');
      expect(store.get(bytesOf('cc'))).toBeUndefined();
      const { height, blockId, root, time, activity } = genesis;
      expect(store.tip()).toEqual({ height, blockId, root, time, activity });
      commitNext(store, new Map([['aa', undefined], ...put(['cc', 'three'])]));
      expect(store.get(bytesOf('aa'))).toBeUndefined();
      expect(keysOf(store.entries())).toEqual(['bb', 'cc']);
      expect(store.stats().entries).toBe(2);
    });

    it('gives ranges in the order of bytes, without their end', () => {
      const names = ['00', '01', '0100', '01ff', '02', '7f', '80', 'ff', 'ffff'];
      commitNext(store, put(...names.toReversed().map((key) => [key, `v${key}`] as const)));
      const range = (from: string, to: string) => keysOf(store.range(bytesOf(from), bytesOf(to)));
      expect(keysOf(store.entries())).toEqual(names);
      expect(range('01', '02')).toEqual(['01', '0100', '01ff']);
      expect(range('0101', '80')).toEqual(['01ff', '02', '7f']);
      expect(range('80', 'ffffff')).toEqual(['80', 'ff', 'ffff']);
      expect(range('03', '03')).toEqual([]);
      expect(range('', '01')).toEqual(['00']);
      expect(range('80', '01')).toEqual([]);
      // No key is empty or longer than 511 bytes; bounds may be.
      expect(range('02', `02${'ff'.repeat(600)}`)).toEqual(['02']);
      expect(range('00'.repeat(5_000), '01')).toEqual([]);
      expect(store.get(new Uint8Array(0))).toBeUndefined();
      expect(store.get(new Uint8Array(5_000))).toBeUndefined();
      expect(valueOf(store.getAt(new Uint8Array(5_000), 0n))).toBeUndefined();
      // Rows are the caller's own: they outlive the reading of later ones.
      const rows = [...store.entries()];
      expect(rows.map(([, value]) => text(value))).toEqual(names.map((key) => `v${key}`));
    });

    it('takes keys of up to 511 bytes', () => {
      const key = 'ab'.repeat(511);
      commitNext(store, new Map());
      commitNext(store, put([key, 'long']));
      commitNext(store, put([key, 'longer']));
      expect(text(store.get(bytesOf(key)))).toBe('longer');
      expect(text(valueOf(store.getAt(bytesOf(key), 1n)))).toBe('long');
      valueOf(store.rollback(0n));
      expect(store.get(bytesOf(key))).toBeUndefined();
    });

    it('stops a range where the caller stops', () => {
      commitNext(store, put(['01', 'a'], ['02', 'b'], ['03', 'c']));
      for (const [key] of store.entries()) {
        if (hex(key) === '02') break;
      }
      commitNext(store, put(['04', 'd']));
      expect(keysOf(store.entries())).toEqual(['01', '02', '03', '04']);
    });

    it('holds large values, receipts and many records in one block', () => {
      const large = new Uint8Array(300_000).map((_, i) => i & 255);
      const many = Array.from({ length: 3_000 }, (_, i): [string, Uint8Array] => [
        i.toString(16).padStart(8, '0'),
        utf8(`value ${i}`),
      ]);
      const sent = { ...transaction('large'), bytes: large, receipt: large };
      commitNext(store, new Map([['aa', large], ...many]), [sent]);
      expect(hex(store.get(bytesOf('aa')) ?? new Uint8Array(0))).toBe(hex(large));
      expect(hex(store.receipt(sent.id)?.receipt ?? new Uint8Array(0))).toBe(hex(large));
      const rows = new Map(Array.from(store.entries(), ([key, value]) => [hex(key), hex(value)]));
      expect(rows.get('aa')).toBe(hex(large));
      expect(rows.size).toBe(3_001);
      expect(valueOf(check(store))?.entries).toBe(3_001);
    });

    it('refuses a block at another height or on another parent', () => {
      const genesis = nextBlock(store, put(['aa', 'one']));
      const wrongHeight = { ...genesis, height: 1n };
      expect(codeOf(store.commit(wrongHeight))).toBe('store/out-of-order');
      valueOf(store.commit(genesis));
      expect(codeOf(store.commit(genesis))).toBe('store/out-of-order');
      const next = nextBlock(store, put(['aa', 'two']));
      expect(codeOf(store.commit({ ...next, height: 2n }))).toBe('store/out-of-order');
      const orphan = { ...next, parentId: 'cd'.repeat(32) };
      expect(codeOf(store.commit(orphan))).toBe('store/wrong-parent');
      expect(store.tip()?.height).toBe(0n);
      expect(text(store.get(bytesOf('aa')))).toBe('one');
      valueOf(store.commit(next));
    });

    it('leaves no trace of a batch that is an error of the program', () => {
      commitNext(store, put(['aa', 'one']));
      const next = nextBlock(store, put(['aa', 'two'], ['bb', 'three']), [transaction('t')]);
      expect(() => store.commit({ ...next, activity: 'short' })).toThrow(/hex/);
      expect(() => store.commit({ ...next, treePut: new Map() })).toThrow(/tree node of its root/);
      const longKey = put(['ab'.repeat(512), 'x']);
      expect(() => store.commit({ ...next, state: longKey })).toThrow(/1 to 511 bytes/);
      expect(store.tip()?.height).toBe(0n);
      expect(keysOf(store.entries())).toEqual(['aa']);
      expect(store.receipt(transaction('t').id)).toBeUndefined();
      valueOf(store.commit(next));
      expect(valueOf(check(store))?.height).toBe(1n);
    });
  });

  describe(`${name}: blocks and history`, () => {
    let subject: Subject;
    let store: Store;
    beforeEach(() => {
      subject = open(HISTORY);
      store = subject.store;
    });
    afterEach(() => subject.end());

    it('finds blocks by height and id, transactions by id and height', () => {
      commitNext(store, put(['aa', 'one']));
      const sent = ['x', 'y', 'z'].map(transaction);
      const batch = commitNext(store, put(['aa', 'two']), sent);
      commitNext(store, new Map(), [transaction('w')]);
      const { height, blockId, parentId, root, time, activity, header, beginReceipt } = batch;
      const stored = { height, blockId, parentId, root, time, activity, header, beginReceipt };
      expect(store.block(1n)).toEqual({ ...stored, transactionCount: 3 });
      expect(store.block(blockId)).toEqual(store.block(1n));
      expect(store.block('ee'.repeat(32))).toBeUndefined();
      const due = sent.map((one, index) => ({ ...one, height: 1n, index }));
      expect(store.transactions(1n)).toEqual(due);
      expect(store.transactions(9n)).toEqual([]);
      expect(sent.map(({ id }) => store.receipt(id))).toEqual(due);
      expect(store.receipt('ee'.repeat(32))).toBeUndefined();
    });

    it('keeps the first place of a transaction id that occurs again', () => {
      commitNext(store, new Map(), [transaction('t')]);
      commitNext(store, new Map(), [transaction('t')]);
      expect(store.receipt(transaction('t').id)?.height).toBe(0n);
      valueOf(store.rollback(0n));
      expect(store.receipt(transaction('t').id)?.height).toBe(0n);
    });

    it('reads and proves the heights it keeps, and says so for others', () => {
      for (let height = 0; height < 10; height++) {
        const gone = height % 3 === 2 ? undefined : utf8(`aa at ${height}`);
        commitNext(store, new Map([['aa', gone], ...put([`b${height}`, `${height}`])]));
      }
      expect(store.oldestHeight()).toBe(5n);
      expect(codeOf(store.getAt(bytesOf('aa'), 4n))).toBe('store/pruned');
      expect(codeOf(proveState(store, bytesOf('aa'), 4n))).toBe('store/pruned');
      expect(codeOf(store.getAt(bytesOf('aa'), 10n))).toBe('store/unknown-height');
      for (let height = 5; height < 10; height++) {
        const at = BigInt(height);
        const due = height % 3 === 2 ? undefined : `aa at ${height}`;
        expect(text(valueOf(store.getAt(bytesOf('aa'), at)))).toBe(due);
        const newer = valueOf(store.getAt(bytesOf('b7'), at));
        expect(text(newer)).toBe(height < 7 ? undefined : '7');
        const root = store.block(at)?.root ?? '';
        const proof = valueOf(proveState(store, bytesOf('aa'), at));
        const verdict =
          'exist' in proof
            ? verifyExistence(JMT_SPEC, root, proof.exist, bytesOf('aa'), utf8(due ?? ''))
            : verifyNonExistence(JMT_SPEC, root, proof.nonexist, bytesOf('aa'));
        expect(codeOf(verdict)).toBeUndefined();
        expect('exist' in proof).toBe(due !== undefined);
      }
    });

    it('goes back to any height it keeps, and on from there', () => {
      const roots: string[] = [];
      for (let height = 0; height < 8; height++) {
        const changes = new Map([
          ['aa', height === 6 ? undefined : utf8(`${height}`)],
          [`b${height}`, utf8('new')],
        ]);
        roots.push(commitNext(store, changes, [transaction(`t${height}`)]).root);
      }
      expect(codeOf(store.rollback(2n))).toBe('store/pruned');
      expect(codeOf(store.rollback(8n))).toBe('store/unknown-height');
      valueOf(store.rollback(7n));
      valueOf(store.rollback(4n));
      expect(store.tip()?.root).toBe(roots[4]);
      expect(text(store.get(bytesOf('aa')))).toBe('4');
      expect(keysOf(store.entries())).toEqual(['aa', 'b0', 'b1', 'b2', 'b3', 'b4']);
      expect(store.block(5n)).toBeUndefined();
      expect(store.receipt(transaction('t5').id)).toBeUndefined();
      expect(store.receipt(transaction('t4').id)?.height).toBe(4n);
      expect(valueOf(check(store))?.root).toBe(roots[4]);
      // Another branch, with other nodes under the versions that were used before.
      commitNext(store, put(['aa', 'other'], ['c5', 'other']));
      commitNext(store, put(['aa', '6']));
      expect(valueOf(check(store))?.height).toBe(6n);
      expect(text(valueOf(store.getAt(bytesOf('aa'), 5n)))).toBe('other');
      expect(text(valueOf(store.getAt(bytesOf('aa'), 4n)))).toBe('4');
      expect(codeOf(store.rollback(2n))).toBe('store/pruned');
    });

    it('deletes what left the history', () => {
      const changes = (i: number): Changes =>
        new Map(Array.from({ length: 50 }, (_, k) => [(0xa000 + k).toString(16), utf8(`${i}`)]));
      for (let i = 0; i < HISTORY + 2; i++) commitNext(store, changes(i));
      const settled = store.stats().nodes;
      for (let i = 0; i < 30; i++) commitNext(store, changes(i));
      expect(store.stats().nodes).toBe(settled);
      expect(valueOf(store.verifyRecords())['undo']).toBe(HISTORY * 50);
    });
  });

  it(`${name}: a history of no heights keeps the last block only`, () => {
    const { store, end } = open(0);
    for (let i = 0; i < 5; i++) commitNext(store, put(['aa', `${i}`]));
    expect(store.oldestHeight()).toBe(4n);
    expect(codeOf(store.getAt(bytesOf('aa'), 3n))).toBe('store/pruned');
    expect(text(valueOf(store.getAt(bytesOf('aa'), 4n)))).toBe('4');
    expect(codeOf(store.rollback(3n))).toBe('store/pruned');
    expect(store.stats().nodes).toBe(1);
    end();
  });
}
