import * as Cause from 'effect/Cause';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as Layer from 'effect/Layer';
import * as Logger from 'effect/Logger';
import * as ManagedRuntime from 'effect/ManagedRuntime';
import * as Option from 'effect/Option';
import * as References from 'effect/References';
import { type Failure, ok, type Result } from '../codec/failure.ts';
import type { Secp256k1 } from '../codec/index.ts';
import { installNodePrimitives } from '../codec/node.ts';
import type { Genesis } from '../genesis/genesis.ts';
import { Aivm } from './aivm.ts';
import type { AivmError } from './aivm-error.ts';
import { runtimeFail } from './errors.ts';
import { identityOf } from './ledger/open.ts';
import type { AivmOperations } from './operations.ts';
import { Signatures } from './services/signatures.ts';
import { StateStore } from './services/state-store.ts';
import type { Effectful } from './shell.ts';

/** One line of the runtime's log. */
export interface LogEntry {
  readonly level: string;
  readonly message: string;
  /** What was thrown, and what the line is about. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface AivmOptions {
  readonly genesis: Genesis;
  /** Folder of the database, made if there is none; without it the chain lives in memory. */
  readonly path?: string | undefined;
  /** Heights before the last that stay readable, provable and traceable; 1,024 unless told. */
  readonly historyHeights?: number | undefined;
  /** Opens a database that exists, and writes nothing. */
  readonly readOnly?: boolean | undefined;
  /** secp256k1 of the host's choice; the fastest that the machine has unless told. */
  readonly engine?: Secp256k1 | undefined;
  /** Takes the log; without it, errors go to standard error and nothing else is told. */
  readonly log?: ((entry: LogEntry) => void) | undefined;
}

/** A chain in hand, for a host without Effect: every operation gives its Result at once. */
export interface EmbeddedAivm extends AivmOperations {
  /** Ends the use: what is executed and not committed is forgotten. May be called again. */
  readonly close: () => void;
}

const MAX_HISTORY_HEIGHTS = 1_000_000_000;

/** Without a log of the host: errors only, to standard error, a line each. */
const errorsOnly = Layer.merge(
  Logger.layer([Logger.withConsoleError(Logger.formatLogFmt)]),
  Layer.succeed(References.MinimumLogLevel, 'Error'),
);

const loggerOf = (log: (entry: LogEntry) => void) =>
  Logger.layer([
    Logger.make(({ logLevel, message, fiber }) => {
      const [text, cause] = Array.isArray(message) ? message : [message];
      const annotations = fiber.getRef(References.CurrentLogAnnotations);
      const details = cause === undefined ? annotations : { ...annotations, cause };
      log({ level: logLevel, message: String(text), details });
    }),
  ]);

const storeOf = ({ genesis, path, historyHeights, readOnly = false }: AivmOptions) => {
  const identity = identityOf(genesis);
  const history = historyHeights === undefined ? {} : { historyHeights };
  return path === undefined
    ? StateStore.memory({ identity, ...history })
    : StateStore.lmdb({ path, identity, readOnly, ...history });
};

/** The whole chain as one layer, from the options of an embedding host. */
export const layerOf = (options: AivmOptions) => {
  const { engine, genesis, log } = options;
  const signatures = engine === undefined ? Signatures.layer : Signatures.layerOf(engine);
  const services = Layer.merge(storeOf(options), signatures);
  return Aivm.layer({ genesis }).pipe(
    Layer.provide(services),
    Layer.provideMerge(log === undefined ? errorsOnly : loggerOf(log)),
  );
};

const failureOf = ({ code, message, details }: AivmError): Failure => ({ code, message, details });

/** What an effect came to; anything but a value and an AivmError is a wrong program. */
const resultOf = <A>(exit: Exit.Exit<A, AivmError>): Result<A> => {
  if (Exit.isSuccess(exit)) return ok(exit.value);
  const error = Exit.findErrorOption(exit);
  if (Option.isSome(error)) return { ok: false, failure: failureOf(error.value) };
  throw Cause.squash(exit.cause);
};

/**
 * Opens a chain: in a folder, where it goes on with what is committed there, or in memory. The
 * first opening applies the genesis as height 0. Failures: those of the database (`store/…`:
 * foreign, damaged, in use, of another version), of a genesis that does not hold together
 * (`genesis/…`), and `runtime/bad-option`.
 *
 * @example
 * const opened = openAivm({ genesis: presetGenesis('local'), path: 'data' });
 * if (!opened.ok) throw new Error(opened.failure.message);
 * const { commit, execute } = opened.value;
 */
export const openAivm = (options: AivmOptions): Result<EmbeddedAivm> => {
  const { historyHeights: heights = 0 } = options;
  if (!Number.isInteger(heights) || heights < 0 || heights > MAX_HISTORY_HEIGHTS) {
    const expected = `a whole number up to ${MAX_HISTORY_HEIGHTS}`;
    return runtimeFail('runtime/bad-option', { option: 'historyHeights', expected });
  }
  installNodePrimitives();
  const runtime = ManagedRuntime.make(layerOf(options));
  const opened = resultOf(runtime.runSyncExit(Aivm));
  if (!opened.ok) {
    Effect.runSync(runtime.disposeEffect);
    return opened;
  }
  return ok(embed(opened.value, runtime));
};

type Runtime = ManagedRuntime.ManagedRuntime<Aivm, AivmError>;
type Operation = (...args: readonly unknown[]) => Effect.Effect<unknown, AivmError>;

/** Runs each operation at once: `Effect.runSync` proves that nothing in it is asynchronous. */
const embed = (service: Effectful<AivmOperations>, runtime: Runtime): EmbeddedAivm => {
  let isClosed = false;
  const names = Object.keys(service) as (keyof AivmOperations)[];
  const operations = names.map((name) => {
    const operation = service[name] as Operation;
    const run = (...args: unknown[]): Result<unknown> =>
      isClosed ? runtimeFail('runtime/closed') : resultOf(runtime.runSyncExit(operation(...args)));
    return [name, run] as const;
  });
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    Effect.runSync(runtime.disposeEffect);
  };
  return { ...(Object.fromEntries(operations) as unknown as AivmOperations), close };
};
