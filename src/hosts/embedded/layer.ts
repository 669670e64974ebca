import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as Schedule from 'effect/Schedule';
import type * as Scope from 'effect/Scope';
import { ok, type Result } from '../../codec/failure.ts';
import { loadSecp256k1 } from '../../codec/node.ts';
import { chainIdOf } from '../../genesis/genesis.ts';
import { AivmError, type AivmOperations, openAivm } from '../../runtime/index.ts';
import { BeaconOperator } from './beacon.ts';
import { NodeMetrics } from './metrics.ts';
import { EmbeddedNode } from './node.ts';
import { configOf, type NodeConfig, type NodeOptions } from './options.ts';

/** How long to wait after a block that could not be made. */
const RETRY_MILLISECONDS = 1_000;

/** A Result of the core as an Effect. */
const effectOf = <T>(run: () => Result<T>): Effect.Effect<T, AivmError> =>
  Effect.suspend(() => {
    const result = run();
    return result.ok ? Effect.succeed(result.value) : Effect.fail(new AivmError(result.failure));
  });

/** The chain, closed when the scope ends. */
const openChain = ({ genesis, path, historyHeights, engine, log }: NodeConfig) =>
  Effect.acquireRelease(
    effectOf(() => openAivm({ genesis, path, historyHeights, engine, log })),
    ({ close }) => Effect.sync(close),
  );

const operatorOf = (
  { genesis, operatorKey, engine = loadSecp256k1() }: NodeConfig,
  chain: AivmOperations,
): Result<BeaconOperator | undefined> => {
  if (operatorKey === undefined) return ok(undefined);
  const { networkId, beacon: source } = genesis;
  const chainId = chainIdOf(genesis);
  const options = { chain, networkId, chainId, source, privateKey: operatorKey, engine };
  const operator = new BeaconOperator(options);
  const loaded = operator.load();
  return loaded.ok ? ok(operator) : loaded;
};

/** Ends as soon as something waits that a block could take. */
const somethingWaits = (node: EmbeddedNode): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (node.hasReady) {
      resume(Effect.void);
      return undefined;
    }
    const end = node.onWaiting(() => {
      if (!node.hasReady) return;
      end();
      resume(Effect.void);
    });
    return Effect.sync(end);
  });

/** Makes blocks until it is interrupted, which cannot happen inside of a block. */
const production = (node: EmbeddedNode): Effect.Effect<unknown> => {
  const produce = Effect.suspend(() => {
    node.produce();
    const { failure } = node;
    if (failure === undefined) return Effect.void;
    // A full disk may have room again; a halted runtime stays so.
    return failure.code === 'runtime/halted' ? Effect.never : Effect.sleep(RETRY_MILLISECONDS);
  });
  const { production: when } = node.config;
  switch (when.type) {
    case 'interval':
      return Effect.delay(
        Effect.repeat(produce, Schedule.fixed(when.milliseconds)),
        when.milliseconds,
      );
    case 'on-transaction':
      // What arrives in the same turn of the event loop goes into the same block.
      return somethingWaits(node).pipe(
        Effect.andThen(Effect.yieldNow),
        Effect.andThen(produce),
        Effect.forever,
      );
    case 'manual':
      return Effect.void;
  }
};

const describe = (node: EmbeddedNode): void => {
  const { metrics, chain } = node;
  const status = () => {
    const answer = chain.status();
    return answer.ok ? answer.value : undefined;
  };
  const add = (name: string, description: string, read: () => number): void =>
    metrics.gauge(name, description, read);
  add('block_height', 'Height of the last committed block.', () =>
    Number(status()?.tip.height ?? 0n),
  );
  add('block_time_seconds', 'Time of the last committed block, Unix seconds.', () =>
    Number(status()?.tip.time ?? 0n),
  );
  add('mempool_transactions', 'Transactions that wait.', () => node.waiting.count);
  add('mempool_bytes', 'Bytes of the transactions that wait.', () => node.waiting.bytes);
  add('state_entries', 'Records in the state.', () => status()?.store.entries ?? 0);
  add('store_bytes', 'Size of the database on disk.', () => status()?.store.bytes ?? 0);
  add('halted', 'Whether the node has stopped making blocks.', () =>
    node.failure === undefined ? 0 : 1,
  );
  add('resident_memory_bytes', 'Resident set size of the process.', () =>
    process.memoryUsage.rss(),
  );
};

const open = (options: NodeOptions): Effect.Effect<EmbeddedNode, AivmError, Scope.Scope> =>
  Effect.gen(function* () {
    const config = yield* effectOf(() => configOf(options));
    const chain = yield* openChain(config);
    const operator = yield* effectOf(() => operatorOf(config, chain));
    const metrics = new NodeMetrics();
    const node = new EmbeddedNode({ config, chain, operator, metrics });
    describe(node);
    yield* Effect.addFinalizer(() => Effect.sync(() => node.stop()));
    yield* Effect.forkScoped(production(node));
    return node;
  });

/**
 * A node as a service: its chain is open and its blocks are made as long as the layer's scope
 * lives. When that ends, the block in hand is finished and the database closed.
 */
export class NodeService extends Context.Service<NodeService, EmbeddedNode>()(
  'aivm/hosts/EmbeddedNode',
) {
  static readonly layer = (options: NodeOptions): Layer.Layer<NodeService, AivmError> =>
    Layer.effect(NodeService, open(options));
}
