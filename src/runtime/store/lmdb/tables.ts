import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';
import { AssertionError, ok } from '../../../codec/index.ts';
import { StoreDamagedError, storeFailure } from '../errors.ts';
import { TABLES } from '../tables.ts';
import type { BeforeWrite, Row, Table, TableWriter, Tables } from '../tables.ts';

type LmdbTable = Database<Uint8Array, Uint8Array>;

/**
 * Every one of these is needed (ARCHITECTURE, store): bytes as they are, no cache of values and no
 * compression between the checksum and the disk.
 */
const ENCODING = {
  encoding: 'binary',
  keyEncoding: 'binary',
  cache: false,
  compression: false,
} as const;

export interface LmdbOptions {
  /** Folder of the database. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly beforeWrite: BeforeWrite | undefined;
  /** Size of the data file, bytes. */
  readonly fileBytes: () => number;
}

/**
 * Tables of an LMDB database whose file was inspected before. One `transactionSync` a write, with
 * its sync to disk inside (`overlappingSync` off); never noSync, a writable map, clearSync, backup
 * or a worker thread, each of which can lose or mix up what was acknowledged.
 */
export class LmdbTables implements Tables {
  readonly #root: RootDatabase<Uint8Array, Uint8Array>;
  readonly #tables: ReadonlyMap<Table, LmdbTable>;
  readonly #options: LmdbOptions;
  readonly #writer: TableWriter;

  /** Opens the database. Throws what LMDB throws. */
  constructor(options: LmdbOptions) {
    this.#options = options;
    this.#root = open({
      path: options.path,
      ...ENCODING,
      overlappingSync: false,
      noSubdir: false,
      readOnly: options.readOnly,
      maxDbs: TABLES.length,
    });
    try {
      this.#tables = new Map(TABLES.map((name) => [name, this.#openTable(name)]));
    } catch (error) {
      void this.#root.close();
      throw error;
    }
    const { beforeWrite } = options;
    this.#writer = {
      get: (table, key) => this.get(table, key),
      range: (table, from, to) => this.range(table, from, to),
      put: (table, key, value) => {
        beforeWrite?.('put');
        this.#table(table).putSync(key, value);
      },
      remove: (table, key) => {
        beforeWrite?.('remove');
        this.#table(table).removeSync(key);
      },
    };
  }

  #openTable(name: Table): LmdbTable {
    return this.#root.openDB<Uint8Array, Uint8Array>({ name, ...ENCODING });
  }

  #table(name: Table): LmdbTable {
    return this.#tables.get(name) as LmdbTable;
  }

  get(table: Table, key: Uint8Array): Uint8Array | undefined {
    const value = this.#table(table).getBinary(key);
    // Large values come as Buffers, whose parts would be views where those of arrays are copies.
    return value === undefined || value.constructor === Uint8Array
      ? value
      : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }

  *range(table: Table, from: Uint8Array, to?: Uint8Array): Iterable<Row> {
    // LMDB has no empty key, so a range from the beginning starts at the lowest byte.
    const start = from.length === 0 ? LOWEST : from;
    const options = to === undefined ? { start } : { start, end: to };
    for (const { key, value } of this.#table(table).getRange(options)) yield [key, value];
  }

  write(body: (writer: TableWriter) => void): ReturnType<Tables['write']> {
    if (this.#options.readOnly) return storeFailure('store/read-only');
    try {
      this.#root.transactionSync(() => {
        body(this.#writer);
        this.#options.beforeWrite?.('commit');
      });
      return ok(undefined);
    } catch (error) {
      if (error instanceof StoreDamagedError || error instanceof AssertionError) throw error;
      return storeFailure('store/write-failed', { error: String(error) });
    }
  }

  count(table: Table): number {
    const stats: { readonly entryCount?: number } = this.#table(table).getStats();
    return stats.entryCount ?? 0;
  }

  sizes(): { readonly bytes: number; readonly mapBytes: number } {
    const stats: { readonly mapSize?: number } = this.#root.getStats();
    return { bytes: this.#options.fileBytes(), mapBytes: stats.mapSize ?? 0 };
  }

  close(): void {
    // Without asynchronous writes nothing is pending, so the database is closed when this returns.
    void this.#root.close();
  }
}

const LOWEST = Uint8Array.of(0);
