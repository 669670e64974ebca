import { assert, fromHex, ok, toHex } from '../../codec/index.ts';
import type { Result } from '../../codec/index.ts';
import { writeBlock, writeTip } from './commit.ts';
import { StoreDamagedError, storeFailure } from './errors.ts';
import {
  MIN_PRUNED_RECORDS,
  PRUNED_PER_WRITE,
  prune,
  stateRecordAt,
  undoBlock,
} from './history.ts';
import {
  MAX_STATE_KEY_BYTES,
  TIP_KEY,
  blockRecord,
  heightKey,
  heightOf,
  itemKey,
  placeOf,
  tipRecord,
  transactionRecord,
} from './layout.ts';
import type { TipRecord } from './layout.ts';
import { NodeCache } from './node-cache.ts';
import { damaged, openState, unseal, unsealRecord } from './records.ts';
import type {
  CommitBatch,
  RecordCounts,
  Store,
  StoreIdentity,
  StoreStats,
  StoredBlock,
  StoredTransaction,
  Tip,
} from './store.ts';
import type { Row, TableWriter, Tables } from './tables.ts';
import { verifyTables } from './verify.ts';
import { checkWitness } from './witness.ts';

/** Whether the state could have this key: neither an empty one nor one that is too long. */
const isStateKey = (key: Uint8Array): boolean =>
  key.length > 0 && key.length <= MAX_STATE_KEY_BYTES;

/** The beginning of a bound: as no key is longer, the rest cannot make a difference. */
const bound = (key: Uint8Array): Uint8Array => key.subarray(0, MAX_STATE_KEY_BYTES + 1);

/** The store over tables that hold its identity already; what differs is only the tables. */
export class ChainStore implements Store {
  readonly identity: StoreIdentity;
  readonly #tables: Tables;
  readonly #historyHeights: bigint;
  readonly #isInspected: boolean;
  readonly #nodes = new NodeCache();
  #tip: TipRecord | undefined;

  /**
   * `isInspected` says that every page of the tables was looked at, so that what is not found
   * there is not there; else the state tree is asked, too. Throws StoreDamagedError when the record
   * of the last block is damaged.
   */
  constructor(
    tables: Tables,
    identity: StoreIdentity,
    historyHeights: number,
    isInspected: boolean,
  ) {
    assert(Number.isInteger(historyHeights) && historyHeights >= 0, 'a history is whole heights');
    this.identity = identity;
    this.#tables = tables;
    this.#historyHeights = BigInt(historyHeights);
    this.#isInspected = isInspected;
    const tip = tables.get('meta', TIP_KEY);
    this.#tip = tip === undefined ? undefined : unsealRecord('meta', tipRecord, TIP_KEY, tip);
  }

  tip(): Tip | undefined {
    if (this.#tip === undefined) return undefined;
    const { height, blockId, root, time, activity } = this.#tip;
    return { height, blockId, root, time, activity };
  }

  oldestHeight(): bigint {
    return this.#tip?.oldest ?? 0n;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    if (!isStateKey(key)) return undefined;
    const sealed = this.#tables.get('state', key);
    if (sealed !== undefined) return openState(key, sealed);
    if (this.#tip !== undefined) this.#witness(this.#tip.height, key, undefined);
    return undefined;
  }

  /** Lets the tree confirm what tables that nobody looked at say of a key. */
  #witness(height: bigint, key: Uint8Array, value: Uint8Array | undefined): void {
    if (!this.#isInspected) checkWitness(this, height, key, value);
  }

  *range(from: Uint8Array, to: Uint8Array): Iterable<Row> {
    for (const [key, sealed] of this.#tables.range('state', bound(from), bound(to))) {
      yield [key, openState(key, sealed)];
    }
  }

  *entries(): Iterable<Row> {
    for (const [key, sealed] of this.#tables.range('state', new Uint8Array(0))) {
      yield [key, openState(key, sealed)];
    }
  }

  getNode(key: string): Uint8Array | undefined {
    const cached = this.#nodes.get(key);
    if (cached !== undefined) return cached;
    const bytes = fromHex(key);
    const sealed = this.#tables.get('nodes', bytes);
    if (sealed === undefined) return undefined;
    const node = unseal('nodes', bytes, sealed);
    this.#nodes.set(key, node);
    return node;
  }

  commit(batch: CommitBatch): Result<void> {
    const tip = this.#tip;
    const due = tip === undefined ? 0n : tip.height + 1n;
    if (batch.height !== due) {
      return storeFailure('store/out-of-order', { height: `${batch.height}`, due: `${due}` });
    }
    if (tip !== undefined && batch.parentId !== tip.blockId) {
      return storeFailure('store/wrong-parent', { parent: batch.parentId, tip: tip.blockId });
    }
    const { height, blockId, root, time, activity } = batch;
    const kept = height - this.#historyHeights;
    const before = tip?.oldest ?? 0n;
    const next = { height, blockId, root, time, activity, oldest: kept > before ? kept : before };
    const pruned: string[] = [];
    const written = this.#write((writer) => {
      const writes = writeBlock(writer, batch);
      writeTip(writer, next);
      const limit = MIN_PRUNED_RECORDS + PRUNED_PER_WRITE * writes;
      if (next.oldest > 0n) prune(writer, next.oldest, limit, (key) => pruned.push(toHex(key)));
    });
    if (!written.ok) return written;
    this.#tip = next;
    for (const key of pruned) this.#nodes.delete(key);
    for (const key of batch.treeStale) this.#nodes.delete(key);
    for (const [key, bytes] of batch.treePut) this.#nodes.set(key, bytes);
    return written;
  }

  rollback(toHeight: bigint): Result<void> {
    const reachable = this.#checkHeight(toHeight);
    if (!reachable.ok) return reachable;
    const tip = reachable.value;
    let target: TipRecord = tip;
    const written = this.#write((writer) => {
      for (let height = tip.height; height > toHeight; height -= 1n) {
        undoBlock(writer, height, fromHex(this.#blockAt(height).blockId));
      }
      const { blockId, root, time, activity } = this.#blockAt(toHeight);
      target = { height: toHeight, blockId, root, time, activity, oldest: tip.oldest };
      writeTip(writer, target);
    });
    if (!written.ok) return written;
    this.#tip = target;
    this.#nodes.clear();
    return written;
  }

  /** Runs a transaction; damage that it meets is a failure here, with nothing written. */
  #write(body: (writer: TableWriter) => void): Result<void> {
    try {
      return this.#tables.write(body);
    } catch (error) {
      if (error instanceof StoreDamagedError) return { ok: false, failure: error.failure };
      throw error;
    }
  }

  /** The last block, if a height lies between what is kept and it. */
  #checkHeight(height: bigint): Result<TipRecord> {
    const tip = this.#tip;
    if (tip === undefined || height > tip.height) {
      return storeFailure('store/unknown-height', { height: `${height}` });
    }
    if (height < tip.oldest) {
      return storeFailure('store/pruned', { height: `${height}`, oldest: `${tip.oldest}` });
    }
    return ok(tip);
  }

  getAt(key: Uint8Array, height: bigint): Result<Uint8Array | undefined> {
    const reachable = this.#checkHeight(height);
    if (!reachable.ok) return reachable;
    if (!isStateKey(key)) return ok(undefined);
    const sealed = stateRecordAt(this.#tables, key, height, reachable.value.height);
    const value = sealed === undefined ? undefined : openState(key, sealed);
    this.#witness(height, key, value);
    return ok(value);
  }

  block(reference: bigint | string): StoredBlock | undefined {
    if (typeof reference === 'bigint') {
      const sealed = this.#tables.get('blocks', heightKey(reference));
      return sealed === undefined ? undefined : this.#openBlock(reference, sealed);
    }
    const id = fromHex(reference);
    const sealed = this.#tables.get('blockIds', id);
    if (sealed === undefined) return undefined;
    return this.#blockAt(heightOf(unseal('blockIds', id, sealed)));
  }

  #openBlock(height: bigint, sealed: Uint8Array): StoredBlock {
    return { height, ...unsealRecord('blocks', blockRecord, heightKey(height), sealed) };
  }

  /** A block that must be there. */
  #blockAt(height: bigint): StoredBlock {
    const sealed = this.#tables.get('blocks', heightKey(height));
    if (sealed === undefined) throw damaged('blocks', heightKey(height), 'the record is missing');
    return this.#openBlock(height, sealed);
  }

  receipt(transactionId: string): StoredTransaction | undefined {
    const id = fromHex(transactionId);
    const place = this.#tables.get('transactionIds', id);
    if (place === undefined) return undefined;
    const key = unseal('transactionIds', id, place);
    const sealed = this.#tables.get('transactions', key);
    if (sealed === undefined) throw damaged('transactions', key, 'the record is missing');
    return this.#openTransaction([key, sealed]);
  }

  transactions(height: bigint): readonly StoredTransaction[] {
    const rows = this.#tables.range('transactions', itemKey(height, 0), itemKey(height + 1n, 0));
    return Array.from(rows, (row) => this.#openTransaction(row));
  }

  #openTransaction([key, sealed]: Row): StoredTransaction {
    const { id, bytes, receipt } = unsealRecord('transactions', transactionRecord, key, sealed);
    return { ...placeOf(key), id, bytes, receipt };
  }

  verifyRecords(): Result<RecordCounts> {
    return verifyTables(this.#tables);
  }

  stats(): StoreStats {
    return {
      entries: this.#tables.count('state'),
      nodes: this.#tables.count('nodes'),
      ...this.#tables.sizes(),
    };
  }

  close(): void {
    this.#tables.close();
  }
}
