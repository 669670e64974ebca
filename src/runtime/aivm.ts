import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import type { Genesis } from '../genesis/genesis.ts';
import { trustsTestRoot } from '../genesis/trust.ts';
import { TEST_ROOT_WARNING } from '../tee/generator/index.ts';
import { AivmError } from './aivm-error.ts';
import { failureOf } from './defect.ts';
import { openLedger } from './ledger/open.ts';
import { Subscribers } from './ledger/subscribers.ts';
import type { AivmOperations } from './operations.ts';
import { Signatures } from './services/signatures.ts';
import { StateStore } from './services/state-store.ts';
import { type Effectful, Shell } from './shell.ts';

export interface AivmConfig {
  readonly genesis: Genesis;
}

const open = ({ genesis }: AivmConfig) =>
  Effect.gen(function* () {
    const store = yield* StateStore;
    const signatures = yield* Signatures;
    const context = yield* Effect.context();
    const subscribers = new Subscribers((thrown) => {
      Effect.runForkWith(context)(Effect.logError('a listener of committed blocks threw', thrown));
    });
    const ledger = yield* Effect.try({
      try: () => openLedger({ genesis, store, signatures, subscribers }),
      catch: (thrown) => new AivmError(failureOf(thrown)),
    });
    if (!ledger.ok) return yield* Effect.fail(new AivmError(ledger.failure));
    const shell = new Shell(ledger.value);
    yield* Effect.addFinalizer(() => Effect.sync(() => shell.close()));
    const { height, root } = ledger.value.tip;
    const { engine } = signatures;
    yield* Effect.annotateLogs(Effect.logDebug('opened'), { height: String(height), root, engine });
    if (trustsTestRoot(genesis)) yield* Effect.logWarning(TEST_ROOT_WARNING);
    return Aivm.of(shell.operations());
  });

/**
 * The chain as a service: every operation of `AivmOperations` as an Effect. Each is synchronous, so
 * `Effect.runSync` runs it, and proves that nothing in a block is asynchronous.
 *
 * One service is one writer: open a database once. `layer` takes the store and the signature checks
 * from the host; `openAivm` puts all together for hosts without Effect.
 */
export class Aivm extends Context.Service<Aivm, Effectful<AivmOperations>>()('aivm/runtime/Aivm') {
  /** Opens the chain of a genesis on the store; an empty store gets the genesis as height 0. */
  static readonly layer = (
    config: AivmConfig,
  ): Layer.Layer<Aivm, AivmError, StateStore | Signatures> => Layer.effect(Aivm, open(config));
}
