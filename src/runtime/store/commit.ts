import { assert, concatBytes, fromHex } from '../../codec/index.ts';
import { nodeKey, versionHex } from '../tree/index.ts';
import {
  MAX_STATE_KEY_BYTES,
  STALE_KEYS_PER_RECORD,
  TIP_KEY,
  blockRecord,
  heightKey,
  itemKey,
  tipRecord,
  transactionRecord,
  undoKey,
  undoValue,
} from './layout.ts';
import type { TipRecord } from './layout.ts';
import { seal, sealRecord, sealState } from './records.ts';
import type { CommitBatch } from './store.ts';
import type { TableWriter } from './tables.ts';

/** Writes a block and all that it changes. Returns the number of writes. */
export function writeBlock(writer: TableWriter, batch: CommitBatch): number {
  const root = nodeKey(versionHex(batch.height), '');
  assert(batch.treePut.has(root), 'a block comes with the tree node of its root');
  return (
    writeState(writer, batch) +
    writeNodes(writer, batch) +
    writeStale(writer, batch) +
    writeIndex(writer, batch)
  );
}

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The state, and what it was before: nothing can be read before genesis, so that needs no undo. */
function writeState(writer: TableWriter, batch: CommitBatch): number {
  let writes = 0;
  // In the order of keys, neighbours in the database are written together.
  for (const [text, value] of [...batch.state].sort(byText)) {
    const key = fromHex(text);
    assert(key.length > 0 && key.length <= MAX_STATE_KEY_BYTES, 'a state key has 1 to 511 bytes');
    const previous = writer.get('state', key);
    if (value === undefined && previous === undefined) continue;
    if (value === undefined) writer.remove('state', key);
    else writer.put('state', key, sealState(key, value));
    writes += 1;
    if (batch.height === 0n) continue;
    const undo = undoKey(batch.height, key);
    writer.put('undo', undo, seal(undo, undoValue(previous)));
    writes += 1;
  }
  return writes;
}

function writeNodes(writer: TableWriter, batch: CommitBatch): number {
  for (const [text, bytes] of [...batch.treePut].sort(byText)) {
    const key = fromHex(text);
    writer.put('nodes', key, seal(key, bytes));
  }
  return batch.treePut.size;
}

/** The keys of stale nodes, each after its length. */
function writeStale(writer: TableWriter, batch: CommitBatch): number {
  const { height, treeStale } = batch;
  let part = 0;
  for (let start = 0; start < treeStale.length; start += STALE_KEYS_PER_RECORD) {
    const keys = treeStale.slice(start, start + STALE_KEYS_PER_RECORD).map(fromHex);
    const value = concatBytes(...keys.flatMap((key) => [Uint8Array.of(key.length), key]));
    const key = itemKey(height, part);
    writer.put('stale', key, seal(key, value));
    part += 1;
  }
  return part;
}

function writeIndex(writer: TableWriter, batch: CommitBatch): number {
  const key = heightKey(batch.height);
  const block = { ...batch, transactionCount: batch.transactions.length };
  writer.put('blocks', key, sealRecord(blockRecord, key, block));
  const blockId = fromHex(batch.blockId);
  writer.put('blockIds', blockId, seal(blockId, key));
  batch.transactions.forEach((transaction, index) => {
    const place = itemKey(batch.height, index);
    writer.put('transactions', place, sealRecord(transactionRecord, place, transaction));
    const id = fromHex(transaction.id);
    // Of an id that occurs again, the first place stays.
    if (writer.get('transactionIds', id) === undefined) {
      writer.put('transactionIds', id, seal(id, place));
    }
  });
  return 2 + 2 * batch.transactions.length;
}

export function writeTip(writer: TableWriter, tip: TipRecord): void {
  writer.put('meta', TIP_KEY, sealRecord(tipRecord, TIP_KEY, tip));
}
