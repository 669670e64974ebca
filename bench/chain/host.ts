import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as Logger from 'effect/Logger';
import * as ManagedRuntime from 'effect/ManagedRuntime';
import { loadSecp256k1 } from '../../src/codec/node.ts';
import type { Genesis } from '../../src/genesis/index.ts';
import { Aivm } from '../../src/runtime/aivm.ts';
import { identityOf } from '../../src/runtime/ledger/open.ts';
import { makeSignatures, Signatures } from '../../src/runtime/services/signatures.ts';
import type { SignatureService } from '../../src/runtime/services/signatures.ts';
import { StateStore } from '../../src/runtime/services/state-store.ts';
import { openLmdbStore, type Store } from '../../src/runtime/store/index.ts';
import { must } from './must.ts';

/** What one block took, and what it wrote. */
export interface BlockFigures {
  /** Of `execute` and `commit` together, milliseconds by the clock. */
  readonly wallMs: number;
  /** Of it the commit, with its sync to disk. */
  readonly commitMs: number;
  /** Processor time of this process meanwhile, all threads. */
  readonly cpuMs: number;
  /** Keys of the state tree that it changed. */
  readonly keys: number;
}

/**
 * Opens the store of the benchmark. A short history, so that what leaves it is deleted within the
 * measured blocks, as it is on a chain that has run for long.
 */
export const openStore = (path: string, genesis: Genesis, historyHeights: number): Store =>
  must(openLmdbStore({ path, identity: identityOf(genesis), historyHeights }));

/**
 * A chain in this process with its store and its signature cache in hand: the runtime as every host
 * has it, through its Effect services, on services that the benchmark can look into.
 */
export class Host {
  readonly signatures: SignatureService = makeSignatures(loadSecp256k1());
  readonly store: Store;
  readonly #runtime;
  readonly #aivm;
  #keys = 0;

  constructor(store: Store, genesis: Genesis) {
    const commit = store.commit.bind(store);
    this.store = Object.assign(store, {
      commit: (batch: Parameters<Store['commit']>[0]) => {
        this.#keys = batch.state.size;
        return commit(batch);
      },
    });
    const services = Layer.merge(
      Layer.succeed(StateStore, this.store),
      Layer.succeed(Signatures, this.signatures),
    );
    // Standard output is for the figures.
    const silent = Layer.merge(services, Logger.layer([]));
    this.#runtime = ManagedRuntime.make(Aivm.layer({ genesis }).pipe(Layer.provide(silent)));
    this.#aivm = this.#runtime.runSync(Aivm);
  }

  tip() {
    return this.#runtime.runSync(this.#aivm.tip());
  }

  supply() {
    return this.#runtime.runSync(this.#aivm.supply());
  }

  /** Executes a block from its bytes and commits it; every transaction must be applied. */
  run(bytes: Uint8Array): BlockFigures {
    const { blockId: parent } = this.tip();
    const cpu = process.cpuUsage();
    const start = performance.now();
    const executed = this.#runtime.runSync(this.#aivm.execute(parent, bytes));
    const middle = performance.now();
    this.#runtime.runSync(this.#aivm.commit(executed.blockId));
    const end = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    for (const { receipt } of executed.receipts) {
      if (receipt.outcome.type === 'refused') throw new Error(JSON.stringify(receipt.outcome));
    }
    return {
      wallMs: end - start,
      commitMs: end - middle,
      cpuMs: (user + system) / 1000,
      keys: this.#keys,
    };
  }

  close(): void {
    Effect.runSync(this.#runtime.disposeEffect);
    this.store.close();
  }
}
