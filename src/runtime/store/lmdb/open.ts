import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AssertionError, ok } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { ChainStore } from '../chain-store.ts';
import { StoreDamagedError, storeFailure } from '../errors.ts';
import { DEFAULT_HISTORY_HEIGHTS } from '../store.ts';
import type { ChainIdentity, Store, StoreIdentity } from '../store.ts';
import type { BeforeWrite, Tables } from '../tables.ts';
import { verifyTables } from '../verify.ts';
import { identify, writeIdentity } from './identity.ts';
import { inspectFile } from './inspect.ts';
import { lockFolder } from './lock.ts';
import { LmdbTables } from './tables.ts';

export interface LmdbStoreOptions {
  /** Folder of the database. It is made, with a new database in it, when there is none. */
  readonly path: string;
  /** The chain that the database must belong to. Without it, any; but none is made then. */
  readonly identity?: ChainIdentity;
  readonly historyHeights?: number;
  readonly readOnly?: boolean;
  /**
   * Whether every page and record is read before the database is used ('all'), or only the pages
   * that lead to others ('branches'). By default, 'all' up to `FULL_INSPECTION_BYTES`.
   */
  readonly inspection?: 'all' | 'branches';
  /** Called before each write, for tests of what an interruption leaves. */
  readonly beforeWrite?: BeforeWrite;
}

/** Up to this size a database is read as a whole when it is opened: under half a second. */
export const FULL_INSPECTION_BYTES = 64 * 1024 * 1024;
const DATA_FILE = 'data.mdb';
/** Where a new database is made before it is put in its place, complete. */
const NEW_FOLDER = '.aivm-new';

/**
 * Opens the store in a folder, or makes it. What is there is never written over: a file that is no
 * database, one of another program, chain or version, or a damaged one is refused. Failures:
 * store/missing, store/unreadable, store/locked, store/not-a-database, store/foreign,
 * store/wrong-chain, store/wrong-schema, store/damaged, store/write-failed.
 */
export function openLmdbStore(options: LmdbStoreOptions): Result<Store> {
  const { path } = options;
  try {
    const opened = openFolder(options);
    if (opened.ok) return opened;
    const { failure } = opened;
    return { ok: false, failure: { ...failure, details: { path, ...failure.details } } };
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    return storeFailure('store/unreadable', { path, error: String(error) });
  }
}

function openFolder(options: LmdbStoreOptions): Result<Store> {
  const exists = hasData(options.path);
  if (!exists.ok) return exists;
  if (!exists.value) {
    if (options.readOnly === true || options.identity === undefined) {
      return storeFailure('store/missing');
    }
    mkdirSync(options.path, { recursive: true });
  }
  const lock = lockUnlessReadOnly(options);
  if (!lock.ok) return lock;
  return guarded(lock.value, () => openLocked(options, lock.value));
}

/** Whether there is a data file; a failure when something else has its place. */
function hasData(path: string): Result<boolean> {
  const isAt = (place: string): ReturnType<typeof statSync> =>
    statSync(place, { throwIfNoEntry: false });
  const folder = isAt(path);
  if (folder === undefined) return ok(false);
  if (!folder.isDirectory()) return storeFailure('store/not-a-database');
  const data = isAt(join(path, DATA_FILE));
  if (data === undefined) return ok(false);
  return data.isFile() ? ok(true) : storeFailure('store/not-a-database');
}

function lockUnlessReadOnly(options: LmdbStoreOptions): Result<() => void> {
  try {
    return lockFolder(options.path);
  } catch (error) {
    // Nothing can be written there, so nobody else writes there either.
    if (options.readOnly === true) return ok(() => undefined);
    throw error;
  }
}

/** Gives the lock free again when the database could not be opened. */
function guarded<T>(release: () => void, body: () => Result<T>): Result<T> {
  let opened = false;
  try {
    const result = body();
    opened = result.ok;
    return result;
  } finally {
    if (!opened) release();
  }
}

function openLocked(options: LmdbStoreOptions, release: () => void): Result<Store> {
  const { identity, path } = options;
  const file = join(path, DATA_FILE);
  // Asked again under the lock: another process may have made the database meanwhile.
  const isMissing = statSync(file, { throwIfNoEntry: false }) === undefined;
  if (isMissing && identity !== undefined && options.readOnly !== true) {
    const made = create(path, identity);
    if (!made.ok) return made;
  }
  const isSmall = statSync(file).size <= FULL_INSPECTION_BYTES;
  const all = (options.inspection ?? (isSmall ? 'all' : 'branches')) === 'all';
  const identified = inspectFile(file, all ? 'pages' : 'branches', (contents) =>
    identify(contents, identity),
  );
  if (!identified.ok) return identified;
  const lmdb = new LmdbTables({
    path,
    readOnly: options.readOnly ?? false,
    beforeWrite: options.beforeWrite,
    fileBytes: () => statSync(file).size,
  });
  const store = openTables(closing(lmdb, release), identified.value, all, options);
  if (!store.ok) lmdb.close();
  return store;
}

/** The tables with the lock given free behind them. */
const closing = (tables: Tables, release: () => void): Tables => ({
  get: (table, key) => tables.get(table, key),
  range: (table, from, to) => tables.range(table, from, to),
  write: (body) => tables.write(body),
  count: (table) => tables.count(table),
  sizes: () => tables.sizes(),
  close: () => {
    tables.close();
    release();
  },
});

function openTables(
  tables: Tables,
  identity: StoreIdentity,
  verify: boolean,
  options: LmdbStoreOptions,
): Result<Store> {
  const verified: Result<unknown> = verify ? verifyTables(tables) : ok(undefined);
  if (!verified.ok) return verified;
  try {
    const heights = options.historyHeights ?? DEFAULT_HISTORY_HEIGHTS;
    return ok(new ChainStore(tables, identity, heights, verify));
  } catch (error) {
    if (error instanceof StoreDamagedError) return { ok: false, failure: error.failure };
    throw error;
  }
}

/** Makes a database beside its place and moves it there, so that half of one is never found. */
function create(path: string, identity: ChainIdentity): Result<void> {
  const folder = join(path, NEW_FOLDER);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const tables = new LmdbTables({
    path: folder,
    readOnly: false,
    beforeWrite: undefined,
    fileBytes: () => 0,
  });
  const written = tables.write((writer) => writeIdentity(writer, identity));
  tables.close();
  if (written.ok) {
    renameSync(join(folder, DATA_FILE), join(path, DATA_FILE));
    syncFolder(path);
  }
  rmSync(folder, { recursive: true, force: true });
  return written;
}

/** Makes a renaming durable, where the system has a way to. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
