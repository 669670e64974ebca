import { equalBytes, fromHex } from '../../codec/index.ts';
import { heightKey, previousIn, transactionRecord, undoKey } from './layout.ts';
import { damaged, unseal, unsealRecord } from './records.ts';
import type { Row, Table, TableReader, TableWriter } from './tables.ts';

/**
 * Deletions that a commit spends on what left the history, besides twice as many as it has writes
 * of its own: work is bounded, and a backlog (of a shorter history, say) shrinks with every block.
 */
export const MIN_PRUNED_RECORDS = 1_024;
export const PRUNED_PER_WRITE = 2;
const STALE_RECORDS_AT_ONCE = 16;

const FIRST = heightKey(0n);

/** The records of a height in a table whose keys begin with one. */
const rowsOf = (reader: TableReader, table: Table, height: bigint): readonly Row[] => [
  ...reader.range(table, heightKey(height), heightKey(height + 1n)),
];

/** The node keys of a record of the index of stale nodes. */
export function staleKeys(key: Uint8Array, sealed: Uint8Array): readonly Uint8Array[] {
  const value = unseal('stale', key, sealed);
  const keys: Uint8Array[] = [];
  for (let at = 0; at < value.length;) {
    const end = at + 1 + (value[at] as number);
    if (end > value.length) throw damaged('stale', key, 'the record ends inside a key');
    keys.push(value.subarray(at + 1, end));
    at = end;
  }
  return keys;
}

/** A record of the state as it was after a block; the height must be in the history. */
export function stateRecordAt(
  reader: TableReader,
  key: Uint8Array,
  height: bigint,
  tip: bigint,
): Uint8Array | undefined {
  // The first block after that height that changed the key knows what was there before.
  for (let later = height + 1n; later <= tip; later += 1n) {
    const place = undoKey(later, key);
    const undo = reader.get('undo', place);
    if (undo !== undefined) return previousIn(unseal('undo', place, undo));
  }
  return reader.get('state', key);
}

/** Undoes the last block, whose height this is. */
export function undoBlock(writer: TableWriter, height: bigint, blockId: Uint8Array): void {
  for (const [place, sealed] of rowsOf(writer, 'undo', height)) {
    const previous = previousIn(unseal('undo', place, sealed));
    const key = place.subarray(heightKey(height).length);
    if (previous === undefined) writer.remove('state', key);
    else writer.put('state', key, previous);
    writer.remove('undo', place);
  }
  for (const [place, sealed] of rowsOf(writer, 'transactions', height)) {
    const { id } = unsealRecord('transactions', transactionRecord, place, sealed);
    const key = fromHex(id);
    const found = writer.get('transactionIds', key);
    const first = found === undefined ? undefined : unseal('transactionIds', key, found);
    if (first !== undefined && equalBytes(first, place)) writer.remove('transactionIds', key);
  }
  for (const table of ['nodes', 'stale', 'transactions'] as const) {
    for (const [key] of rowsOf(writer, table, height)) writer.remove(table, key);
  }
  writer.remove('blockIds', blockId);
  writer.remove('blocks', heightKey(height));
}

/** Deletes what only heights below `oldest` need, up to a number of records. */
export function prune(
  writer: TableWriter,
  oldest: bigint,
  limit: number,
  onNode: (key: Uint8Array) => void,
): void {
  const end = heightKey(oldest + 1n);
  let left = limit;
  while (left > 0) {
    const rows = take(writer.range('stale', FIRST, end), STALE_RECORDS_AT_ONCE);
    for (const [key, sealed] of rows) {
      const nodes = staleKeys(key, sealed);
      for (const node of nodes) {
        writer.remove('nodes', node);
        onNode(node);
      }
      writer.remove('stale', key);
      left -= nodes.length + 1;
    }
    if (rows.length < STALE_RECORDS_AT_ONCE) break;
  }
  for (const [key] of take(writer.range('undo', FIRST, end), left)) writer.remove('undo', key);
}

/** At most so many rows, read before the first of them is used: writing moves what is read. */
function take(rows: Iterable<Row>, count: number): readonly Row[] {
  const taken: Row[] = [];
  if (count <= 0) return taken;
  for (const row of rows) {
    taken.push(row);
    if (taken.length >= count) break;
  }
  return taken;
}
