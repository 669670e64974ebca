import * as Effect from 'effect/Effect';
import type { Failure, Result } from '../codec/failure.ts';
import { AivmError } from './aivm-error.ts';
import { failureOf } from './defect.ts';
import { runtimeFail } from './errors.ts';
import type { Ledger } from './ledger/ledger.ts';
import { operationsOn } from './ledger/operations.ts';
import { status } from './ledger/status.ts';
import type { AivmOperations } from './operations.ts';

type Success<R> = R extends { readonly ok: true; readonly value: infer V } ? V : never;

/** Operations that give Results, as operations that give Effects; `runSync` may run each. */
export type Effectful<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => infer R
    ? (...args: Args) => Effect.Effect<Success<R>, AivmError>
    : never;
};

type Operation = (...args: readonly unknown[]) => Result<unknown>;

/**
 * Operations whose work is, or becomes, state. A broken invariant in one of them stops the runtime;
 * in any other, where nothing is ever written, it only fails the call, so that nobody who may ask
 * can stop a node.
 */
const STATEFUL: ReadonlySet<string> = new Set(['buildBlock', 'execute', 'commit', 'drop']);

/** The gate in front of a ledger: it lets operations through until it is halted or closed. */
export class Shell {
  readonly #ledger: Ledger;
  #halted: Failure | undefined;
  #isClosed = false;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Refuses all that comes from now on; the store is closed by its own layer. */
  close(): void {
    this.#isClosed = true;
    this.#ledger.subscribers.clear();
    this.#ledger.forest.clear();
    this.#ledger.built = undefined;
  }

  operations(): Effectful<AivmOperations> {
    const plain: Record<string, Operation> = {
      ...(operationsOn(this.#ledger) as unknown as Record<string, Operation>),
      status: () => ({ ok: true, value: status(this.#ledger, this.#halted) }),
    };
    const effectful = Object.keys(plain).map((name) => {
      const operation = plain[name] as Operation;
      return [name, (...args: unknown[]) => this.#run(name, () => operation(...args))] as const;
    });
    return Object.fromEntries(effectful) as unknown as Effectful<AivmOperations>;
  }

  #run(name: string, operation: () => Result<unknown>): Effect.Effect<unknown, AivmError> {
    return Effect.suspend(() => {
      if (this.#isClosed) return refuse(runtimeFail('runtime/closed').failure);
      if (this.#halted !== undefined && name !== 'status') return refuse(this.#halted);
      let result: Result<unknown>;
      try {
        result = operation();
      } catch (thrown) {
        return this.#met(name, failureOf(thrown), thrown);
      }
      if (result.ok) return Effect.succeed(result.value);
      const { failure } = result;
      return failure.code === 'store/damaged' ? this.#met(name, failure, failure) : refuse(failure);
    });
  }

  /** Something that must not be: reports it, and stops when the state may depend on it. */
  #met(name: string, failure: Failure, thrown: unknown): Effect.Effect<never, AivmError> {
    const isFatal = STATEFUL.has(name);
    const { height, blockId } = this.#ledger.store.tip() ?? { height: -1n, blockId: '' };
    const report = Effect.annotateLogs(
      isFatal ? Effect.logFatal(failure.message, thrown) : Effect.logError(failure.message, thrown),
      { operation: name, code: failure.code, tipHeight: String(height), tipBlockId: blockId },
    );
    if (!isFatal) return Effect.andThen(report, refuse(failure));
    const { details, code } = failure;
    const cause = details['cause'] ?? details['what'] ?? failure.message;
    const halted = runtimeFail('runtime/halted', { ...details, operation: name, code, cause });
    this.#halted = halted.failure;
    return Effect.andThen(report, refuse(halted.failure));
  }
}

const refuse = (failure: Failure): Effect.Effect<never, AivmError> =>
  Effect.fail(new AivmError(failure));
