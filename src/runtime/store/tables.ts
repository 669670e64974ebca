import type { Failure, Result } from '../../codec/index.ts';

/** The tables of the database. Their order is that in which all records are verified. */
export const TABLES = [
  'meta',
  'state',
  'nodes',
  'stale',
  'undo',
  'blocks',
  'blockIds',
  'transactions',
  'transactionIds',
] as const;

export type Table = (typeof TABLES)[number];

export type Row = readonly [key: Uint8Array, value: Uint8Array];

/** Reads of ordered tables. What is returned is the caller's own. */
export interface TableReader {
  readonly get: (table: Table, key: Uint8Array) => Uint8Array | undefined;
  /** Rows with `from` ≤ key < `to` (to the end without `to`), in the order of their bytes. */
  readonly range: (table: Table, from: Uint8Array, to?: Uint8Array) => Iterable<Row>;
}

/** Writes, inside of a transaction only. Reads there see what was written before. */
export interface TableWriter extends TableReader {
  readonly put: (table: Table, key: Uint8Array, value: Uint8Array) => void;
  readonly remove: (table: Table, key: Uint8Array) => void;
}

/** Ordered tables of bytes with one writer: what a store needs of LMDB, or of memory. */
export interface Tables extends TableReader {
  /**
   * Runs `body` as one transaction: all that it writes becomes visible and durable when this
   * returns, or nothing when it throws or the disk fails (store/write-failed, store/read-only).
   */
  readonly write: (body: (writer: TableWriter) => void) => Result<void, Failure>;
  readonly count: (table: Table) => number;
  readonly sizes: () => { readonly bytes: number; readonly mapBytes: number };
  readonly close: () => void;
}

/** Called before each write of a transaction and before it is committed; tests stop here. */
export type BeforeWrite = (operation: 'put' | 'remove' | 'commit') => void;
