import { ok, toHex } from '../../codec/index.ts';
import type { Result } from '../../codec/index.ts';
import { TreeDamagedError, auditTree, nodeSha256, rebuildRoot } from '../tree/index.ts';
import { StoreDamagedError, storeFailure } from './errors.ts';
import { leafHashOf } from './records.ts';
import type { RecordCounts, Store } from './store.ts';

/** What a sound database holds. */
export interface CheckReport {
  readonly height: bigint;
  readonly root: string;
  /** Keys in the state. */
  readonly entries: number;
  /** Nodes of the tree of the last block. */
  readonly nodes: number;
  /** Records read, by table. */
  readonly records: RecordCounts;
}

/**
 * Checks a database from end to end: every record against its checksum, every leaf of the tree
 * against its record, the root against one built anew from the records alone, and every block
 * against the one before. The first thing that is wrong is the failure, store/damaged, by table and
 * key. A store without a block yet is sound.
 */
export function check(store: Store): Result<CheckReport | undefined> {
  const records = store.verifyRecords();
  if (!records.ok) return records;
  const tip = store.tip();
  if (tip === undefined) return ok(undefined);
  try {
    const { root, nodes } = auditTree({
      reader: store,
      version: tip.height,
      sha256: nodeSha256,
      onLeaf: (key, keyHash, leafHash) => checkLeaf(store, key, keyHash, leafHash),
    });
    if (root !== tip.root) return damaged('nodes', 'root', `the tree has the root ${root}`);
    const { entries } = store.stats();
    const rebuilt = rebuildRoot(() => store.entries(), entries, nodeSha256);
    if (rebuilt !== tip.root) return damaged('state', '', `the records have the root ${rebuilt}`);
    checkBlocks(store, tip.height);
    return ok({ height: tip.height, root, entries, nodes, records: records.value });
  } catch (error) {
    if (error instanceof StoreDamagedError) return { ok: false, failure: error.failure };
    if (error instanceof TreeDamagedError) return damaged('nodes', error.nodeKey, error.message);
    throw error;
  }
}

const damaged = (table: string, key: string, what: string) =>
  storeFailure('store/damaged', { table, key, what });

function checkLeaf(store: Store, key: Uint8Array, keyHash: Uint8Array, leafHash: Uint8Array): void {
  const value = store.get(key);
  if (value === undefined) {
    throw new StoreDamagedError('state', toHex(key), 'the record is missing');
  }
  if (toHex(leafHashOf(keyHash, value)) !== toHex(leafHash)) {
    throw new StoreDamagedError('state', toHex(key), 'the record is not the one in the tree');
  }
}

function checkBlocks(store: Store, tip: bigint): void {
  let parent: string | undefined;
  for (let height = 0n; height <= tip; height += 1n) {
    const block = store.block(height);
    const where = `height ${height}`;
    if (block === undefined) throw new StoreDamagedError('blocks', where, 'the block is missing');
    if (parent !== undefined && block.parentId !== parent) {
      throw new StoreDamagedError('blocks', where, 'the block has another parent');
    }
    if (store.block(block.blockId)?.height !== height) {
      throw new StoreDamagedError('blockIds', block.blockId, 'the id leads to another block');
    }
    checkTransactions(store, height, block.transactionCount);
    parent = block.blockId;
  }
}

function checkTransactions(store: Store, height: bigint, due: number): void {
  const transactions = store.transactions(height);
  if (transactions.length !== due) {
    throw new StoreDamagedError('transactions', `height ${height}`, `of ${due} some are missing`);
  }
  for (const { id } of transactions) {
    if (store.receipt(id)?.id !== id) {
      throw new StoreDamagedError('transactionIds', id, 'the id leads to another transaction');
    }
  }
}
