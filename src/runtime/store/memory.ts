import { ChainStore } from './chain-store.ts';
import { MemoryTables } from './memory-tables.ts';
import { DEFAULT_HISTORY_HEIGHTS, STORE_SCHEMA } from './store.ts';
import type { ChainIdentity, Store } from './store.ts';
import type { BeforeWrite } from './tables.ts';

export interface MemoryStoreOptions {
  readonly identity: ChainIdentity;
  readonly historyHeights?: number;
  /** Called before each write, for tests of what an interruption leaves. */
  readonly beforeWrite?: BeforeWrite;
}

/** A store that lives as long as the process: the same as the durable one in all else. */
export function openMemoryStore(options: MemoryStoreOptions): Store {
  const identity = { ...options.identity, schema: STORE_SCHEMA };
  const heights = options.historyHeights ?? DEFAULT_HISTORY_HEIGHTS;
  return new ChainStore(new MemoryTables(options.beforeWrite), identity, heights, true);
}
