import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import type { Result } from '../../codec/failure.ts';
import { AivmError } from '../aivm-error.ts';
import { type LmdbStoreOptions, openLmdbStore } from '../store/lmdb/open.ts';
import { type MemoryStoreOptions, openMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

const acquire = (open: () => Result<Store>) =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      const opened = open();
      return opened.ok ? Effect.succeed(opened.value) : Effect.fail(new AivmError(opened.failure));
    }),
    (store) => Effect.sync(() => store.close()),
  );

/** The durable state of one chain, closed when its layer's scope ends. */
export class StateStore extends Context.Service<StateStore, Store>()('aivm/runtime/StateStore') {
  /** A database in a folder; what is not that chain's is refused and never written over. */
  static readonly lmdb = (options: LmdbStoreOptions) =>
    Layer.effect(
      StateStore,
      acquire(() => openLmdbStore(options)),
    );

  /** A store that lives as long as the process. */
  static readonly memory = (options: MemoryStoreOptions) =>
    Layer.effect(
      StateStore,
      acquire(() => ({ ok: true, value: openMemoryStore(options) })),
    );
}
