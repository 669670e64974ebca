import type { Failure, Result } from '../../codec/index.ts';
import type { NodeReader } from '../tree/index.ts';

/** Layout of the database. A database of another number is refused, never converted in place. */
export const STORE_SCHEMA = 1;
/** How many heights before the last one stay readable and provable, unless told otherwise. */
export const DEFAULT_HISTORY_HEIGHTS = 1_024;

/** The chain that a database belongs to. */
export interface ChainIdentity {
  readonly networkId: number;
  readonly chainId: string;
  readonly genesisHash: string;
}

export interface StoreIdentity extends ChainIdentity {
  readonly schema: number;
}

/** The committed state, by raw key. Reads throw StoreDamagedError for a damaged record. */
export interface StateReader {
  readonly get: (key: Uint8Array) => Uint8Array | undefined;
  /** Entries with `from` ≤ key < `to`, in the order of their bytes. */
  readonly range: (from: Uint8Array, to: Uint8Array) => Iterable<readonly [Uint8Array, Uint8Array]>;
}

/** One block and all that it changes. Ids, roots and activity hashes are 64 hex digits. */
export interface CommitBatch {
  readonly height: bigint;
  readonly blockId: string;
  /** Id of the block before; of no meaning at height 0. */
  readonly parentId: string;
  /** Block time, seconds. */
  readonly time: bigint;
  readonly header: Uint8Array;
  readonly root: string;
  readonly activity: string;
  /** Raw key in hex → value, or undefined where the key is deleted. */
  readonly state: ReadonlyMap<string, Uint8Array | undefined>;
  readonly treePut: ReadonlyMap<string, Uint8Array>;
  readonly treeStale: readonly string[];
  readonly transactions: readonly NewTransaction[];
  /** Receipt of the timers that ran at the beginning of the block. */
  readonly beginReceipt: Uint8Array;
}

export interface NewTransaction {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly receipt: Uint8Array;
}

export interface Tip {
  readonly height: bigint;
  readonly blockId: string;
  readonly root: string;
  readonly time: bigint;
  readonly activity: string;
}

export interface StoredBlock extends Tip {
  readonly parentId: string;
  readonly header: Uint8Array;
  readonly beginReceipt: Uint8Array;
  /** Number of transactions. */
  readonly transactionCount: number;
}

export interface StoredTransaction extends NewTransaction {
  readonly height: bigint;
  /** Place in the block, from 0. */
  readonly index: number;
}

export interface StoreStats {
  /** Keys in the state. */
  readonly entries: number;
  /** Stored nodes of the tree, of all versions that are kept. */
  readonly nodes: number;
  /** Size of the database on disk; for a store in memory, of keys and values. */
  readonly bytes: number;
  /** Address space that the database is mapped to; 0 in memory. */
  readonly mapBytes: number;
}

/** How many records were looked at, by table. */
export type RecordCounts = Readonly<Record<string, number>>;

/**
 * The durable state of a chain: the last committed block and, for some heights before it, what is
 * needed to read and to prove. Reads throw StoreDamagedError for a damaged record, so that whoever
 * executes a block stops; what changes the store answers with a failure.
 */
export interface Store extends StateReader, NodeReader {
  readonly identity: StoreIdentity;
  /** The last committed block; undefined before genesis. */
  readonly tip: () => Tip | undefined;
  /** The lowest height that can be read, proved, and rolled back to. */
  readonly oldestHeight: () => bigint;
  /**
   * Commits a block, all of it or nothing; durable when it returns. Failures: store/out-of-order,
   * store/wrong-parent, store/write-failed, store/damaged, store/read-only.
   */
  readonly commit: (batch: CommitBatch) => Result<void, Failure>;
  /** Goes back to a height, wholly or not at all. Failures: those of `getAt` and of `commit`. */
  readonly rollback: (toHeight: bigint) => Result<void, Failure>;
  /** A value as of the block of a height. Failures: store/pruned, store/unknown-height. */
  readonly getAt: (key: Uint8Array, height: bigint) => Result<Uint8Array | undefined, Failure>;
  /** A block by height or by id. */
  readonly block: (reference: bigint | string) => StoredBlock | undefined;
  /** A transaction by id; the first one, should an id occur twice. */
  readonly receipt: (transactionId: string) => StoredTransaction | undefined;
  /** The transactions of a height, in order; none for a height that is not there. */
  readonly transactions: (height: bigint) => readonly StoredTransaction[];
  /** The whole state, in the order of keys. */
  readonly entries: () => Iterable<readonly [Uint8Array, Uint8Array]>;
  /** Reads every record of every table and checks it against its checksum. */
  readonly verifyRecords: () => Result<RecordCounts, Failure>;
  readonly stats: () => StoreStats;
  /** Ends the use of the store, which must not be called again. */
  readonly close: () => void;
}
