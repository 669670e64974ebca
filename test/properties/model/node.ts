// The chain under test as a host embeds it, with forks, restarts and loss of power.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as Layer from 'effect/Layer';
import * as ManagedRuntime from 'effect/ManagedRuntime';
import * as References from 'effect/References';
import type { Result } from '../../../src/codec/index.ts';
import { installNodePrimitives, loadSecp256k1 } from '../../../src/codec/node.ts';
import type { Genesis } from '../../../src/genesis/index.ts';
import { Aivm } from '../../../src/runtime/aivm.ts';
import { identityOf } from '../../../src/runtime/ledger/open.ts';
import type { ExecutedBlock } from '../../../src/runtime/ledger/blocks.ts';
import { makeSignatures, Signatures } from '../../../src/runtime/services/signatures.ts';
import { StateStore } from '../../../src/runtime/services/state-store.ts';
import { openLmdbStore } from '../../../src/runtime/store/lmdb/open.ts';
import { openMemoryStore } from '../../../src/runtime/store/memory.ts';
import type { Store } from '../../../src/runtime/store/store.ts';

installNodePrimitives();
const ENGINE = loadSecp256k1();
const SIGNATURES = makeSignatures(ENGINE);
const PROPOSER = '00'.repeat(20);
const HISTORY = 8;
/**
 * A disk in memory, where the system has one: thousands of commits wait for no hardware. What a
 * disk does is a matter of the tests of the store.
 */
const MEMORY_DISK = '/dev/shm';
const FOLDERS = existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir();

/** Thrown by a write to stop it there, as a machine does that loses power. */
class PowerLoss extends Error {}

export const valueOf = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  const { code, message, details } = result.failure;
  throw new Error(`${code}: ${message} ${JSON.stringify(details)}`);
};

interface Extended extends ExecutedBlock {
  /** Ids of those that no block may carry, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/**
 * The chain under test: the runtime as a host embeds it, on a store in memory or in a folder that
 * is opened again and again. The store is at hand, so that every record of the state can be read.
 */
export class Node {
  readonly #genesis: Genesis;
  readonly #folder: string | undefined;
  #store: Store;
  #runtime: ManagedRuntime.ManagedRuntime<Aivm, unknown>;
  #aivm: typeof Aivm.Service;
  #writesLeft = Infinity;
  restarts = 0;

  constructor(genesis: Genesis, isDurable: boolean) {
    this.#genesis = genesis;
    this.#folder = isDurable ? mkdtempSync(join(FOLDERS, 'aivm-model-')) : undefined;
    this.#store = this.#openStore();
    this.#runtime = this.#open();
    this.#aivm = this.#runtime.runSync(Aivm);
  }

  get store(): Store {
    return this.#store;
  }

  get isDurable(): boolean {
    return this.#folder !== undefined;
  }

  /** Builds a block on a parent and executes it from its bytes. */
  extend(parent: string, time: bigint, transactions: readonly Uint8Array[]): Extended {
    const request = { parent, time, proposer: PROPOSER, transactions };
    const built = this.#run((aivm) => aivm.buildBlock(request));
    const executed = this.#run((aivm) => aivm.execute(parent, built.bytes));
    if (executed.root !== built.root) throw new Error('executed to another root than it was built');
    const leftOut = new Map(built.leftOut.map(({ id, failure }) => [id, failure.code] as const));
    return { ...executed, leftOut };
  }

  commit(blockId: string): void {
    this.#run((aivm) => aivm.commit(blockId));
  }

  drop(blockId: string): void {
    this.#run((aivm) => aivm.drop(blockId));
  }

  /** Commits, but the power fails at the n-th write: true if it failed before the end. */
  commitUntil(blockId: string, writes: number): boolean {
    this.#writesLeft = writes;
    const exit = this.#runtime.runSyncExit(this.#aivm.commit(blockId));
    this.#writesLeft = Infinity;
    return Exit.isFailure(exit);
  }

  /** Ends the process, as far as a test can, and begins another on the same folder. */
  restart(): void {
    if (!this.isDurable) return;
    this.restarts += 1;
    Effect.runSync(this.#runtime.disposeEffect);
    this.#store.close();
    this.#store = this.#openStore();
    this.#runtime = this.#open();
    this.#aivm = this.#runtime.runSync(Aivm);
  }

  /** Reads the whole database: checksums, the tree rebuilt, the supply. */
  check(): void {
    const { root } = this.#run((aivm) => aivm.check());
    if (root !== this.#store.tip()?.root) throw new Error('the tree has another root');
  }

  close(): void {
    Effect.runSync(this.#runtime.disposeEffect);
    this.#store.close();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  #openStore(): Store {
    const identity = identityOf(this.#genesis);
    if (this.#folder === undefined) return openMemoryStore({ identity, historyHeights: HISTORY });
    const beforeWrite = (): void => {
      this.#writesLeft -= 1;
      if (this.#writesLeft < 0) throw new PowerLoss('the power failed');
    };
    const path = this.#folder;
    return valueOf(openLmdbStore({ path, identity, historyHeights: HISTORY, beforeWrite }));
  }

  #open(): ManagedRuntime.ManagedRuntime<Aivm, unknown> {
    const services = Layer.mergeAll(
      Layer.succeed(StateStore, this.#store),
      Layer.succeed(Signatures, SIGNATURES),
    );
    const layer = Aivm.layer({ genesis: this.#genesis }).pipe(Layer.provide(services));
    const silent = Layer.succeed(References.MinimumLogLevel, 'None');
    return ManagedRuntime.make(layer.pipe(Layer.provideMerge(silent)));
  }

  #run<A>(operation: (aivm: typeof Aivm.Service) => Effect.Effect<A, unknown>): A {
    return this.#runtime.runSync(operation(this.#aivm));
  }
}

export { ENGINE };
