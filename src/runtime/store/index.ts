export { check } from './check.ts';
export type { CheckReport } from './check.ts';
export { STORE_FAILURES, StoreDamagedError, storeFailure } from './errors.ts';
export type { StoreFailureCode } from './errors.ts';
export { MAX_STATE_KEY_BYTES } from './layout.ts';
export { FULL_INSPECTION_BYTES, openLmdbStore } from './lmdb/open.ts';
export type { LmdbStoreOptions } from './lmdb/open.ts';
export { openMemoryStore } from './memory.ts';
export type { MemoryStoreOptions } from './memory.ts';
export { proveState } from './prove.ts';
export { DEFAULT_HISTORY_HEIGHTS, STORE_SCHEMA } from './store.ts';
export type {
  ChainIdentity,
  CommitBatch,
  NewTransaction,
  RecordCounts,
  StateReader,
  Store,
  StoreIdentity,
  StoreStats,
  StoredBlock,
  StoredTransaction,
  Tip,
} from './store.ts';
export type { BeforeWrite } from './tables.ts';
