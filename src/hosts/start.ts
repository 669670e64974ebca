import * as Cause from 'effect/Cause';
import * as Exit from 'effect/Exit';
import * as Layer from 'effect/Layer';
import * as ManagedRuntime from 'effect/ManagedRuntime';
import * as Option from 'effect/Option';
import { ok, type Failure, type Result } from '../codec/failure.ts';
import { trustsTestRoot } from '../genesis/trust.ts';
import type { AivmError } from '../runtime/index.ts';
import { TEST_ROOT_WARNING } from '../tee/generator/index.ts';
import { NodeService } from './embedded/layer.ts';
import type { EmbeddedNode } from './embedded/node.ts';
import type { NodeOptions } from './embedded/options.ts';
import { httpConfigOf, isLoopback, type HttpOptions } from './http/options.ts';
import type { Listening } from './http/server.ts';

export interface StartOptions extends NodeOptions {
  readonly http?: HttpOptions | undefined;
}

/** A node that runs, without its HTTP API. */
export interface OpenNode {
  readonly node: EmbeddedNode;
  /** Finishes the block in hand and closes the database. May be called again. */
  readonly stop: () => Promise<void>;
}

/** A node that runs and listens. */
export interface RunningNode extends OpenNode, Listening {
  /** What whoever started it should know. */
  readonly warnings: readonly string[];
}

/** What an effect came to; anything but a value and an AivmError is a wrong program. */
const resultOf = <A>(exit: Exit.Exit<A, AivmError>): Result<A, Failure> => {
  if (Exit.isSuccess(exit)) return ok(exit.value);
  const error = Exit.findErrorOption(exit);
  if (Option.isNone(error)) throw Cause.squash(exit.cause);
  const { code, message, details } = error.value;
  return { ok: false, failure: { code, message, details } };
};

/**
 * Opens a node in this process: its chain, its mempool, and block after block as `production` says.
 * Failures: `hosts/bad-option`, `hosts/operator-key`, `hosts/data-dir`, and those of `openAivm`,
 * among them `store/locked` where another process holds the database.
 */
export const openNode = async (options: NodeOptions): Promise<Result<OpenNode, Failure>> => {
  const runtime = ManagedRuntime.make(NodeService.layer(options));
  const node = resultOf(await runtime.runPromiseExit(NodeService));
  if (!node.ok) {
    await runtime.dispose();
    return node;
  }
  return ok({ node: node.value, stop: () => runtime.dispose() });
};

const warningsOf = (host: string, node: EmbeddedNode): readonly string[] => [
  ...(isLoopback(host)
    ? []
    : [`The API listens at ${host}: whoever reaches this address can use it, without a password.`]),
  ...(node.config.genesis.beacon.type === 'dev'
    ? ['The beacon is of type dev, which everybody can foresee: safe on one machine only.']
    : []),
  ...(trustsTestRoot(node.config.genesis) ? [TEST_ROOT_WARNING] : []),
];

/**
 * Starts a node with its HTTP API, at 127.0.0.1:9640 unless told. Failures: those of `openNode`,
 * `hosts/port-in-use` and `hosts/cannot-listen`; then nothing is left open.
 */
export const startNode = async (options: StartOptions): Promise<Result<RunningNode, Failure>> => {
  const config = httpConfigOf(options.http ?? {});
  if (!config.ok) return config;
  // Only who listens loads what that needs.
  const { HttpApiServer } = await import('./http/server.ts');
  const layer = Layer.provideMerge(HttpApiServer.layer(config.value), NodeService.layer(options));
  const runtime = ManagedRuntime.make(layer);
  const node = resultOf(await runtime.runPromiseExit(NodeService));
  const listening = node.ok ? resultOf(await runtime.runPromiseExit(HttpApiServer)) : node;
  if (!node.ok || !listening.ok) {
    await runtime.dispose();
    return listening as Result<never, Failure>;
  }
  const warnings = warningsOf(config.value.host, node.value);
  const stop = (): Promise<void> => runtime.dispose();
  return ok({ ...listening.value, node: node.value, warnings, stop });
};
