import * as Effect from 'effect/Effect';
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder';
import * as HttpServerResponse from 'effect/http/HttpServerResponse';
import * as PrometheusMetrics from 'effect/observability/PrometheusMetrics';
import { hrpOf, ok, type Failure, type Json, type Result } from '../../../codec/index.ts';
import { MAX_TRANSACTION_BYTES } from '../../../actors/transaction.ts';
import {
  healthAnswer,
  MAX_PAGE_BLOCKS,
  MAX_PAGE_ITEMS,
  writeJson,
  type HealthAnswer,
  type NodeAnswer,
} from '../../../client/wire/index.ts';
import { chainIdOf, genesisHash } from '../../../genesis/genesis.ts';
import { formatGenesis } from '../../../genesis/write.ts';
import { NodeService } from '../../embedded/layer.ts';
import type { EmbeddedNode } from '../../embedded/node.ts';
import { Api } from '../api/index.ts';
import type { HttpConfig } from '../options.ts';
import { HttpSettings } from '../settings.ts';
import { reply } from '../respond.ts';

/** Prefix of the names of all metrics. */
const METRICS_PREFIX = 'aivm';
const UNAVAILABLE = 503;

const health = (node: EmbeddedNode): Result<HealthAnswer, Failure> => {
  // The only question that a halted runtime answers.
  const status = node.chain.status();
  if (!status.ok) return status;
  const { tip, halted } = status.value;
  const failure = halted ?? node.failure;
  const age = node.config.clock() - tip.time;
  return ok({
    status: failure === undefined ? 'ok' : 'halted',
    height: tip.height,
    blockId: tip.blockId,
    time: tip.time,
    ageSeconds: age > 0n ? age : 0n,
    waiting: node.waiting.count,
    failure: failure === undefined ? undefined : { code: failure.code, message: failure.message },
  });
};

/** A node that makes no blocks says so with its status as well. */
const answerHealth = (node: EmbeddedNode) => {
  const found = health(node);
  if (!found.ok || found.value.status === 'ok') return reply(found);
  const body = writeJson(healthAnswer, found.value);
  return Effect.succeed(HttpServerResponse.jsonUnsafe(body, { status: UNAVAILABLE }));
};

const describe = (
  node: EmbeddedNode,
  { limits, name, version }: HttpConfig,
): Result<NodeAnswer, Failure> => {
  const status = node.chain.status();
  if (!status.ok) return status;
  const { genesis, mempool } = node.config;
  const { networkId, luxDecimals, beacon } = genesis;
  return ok({
    name,
    version,
    networkId,
    chainId: chainIdOf(genesis),
    genesisHash: genesisHash(genesis),
    hrp: hrpOf(networkId),
    luxDecimals,
    beacon,
    oldestHeight: status.value.oldestHeight,
    isDevelopment: beacon.type === 'dev',
    limits: {
      bodyBytes: limits.bodyBytes,
      transactionBytes: MAX_TRANSACTION_BYTES,
      pageItems: MAX_PAGE_ITEMS,
      pageBlocks: MAX_PAGE_BLOCKS,
      subscribers: limits.subscribers,
      mempoolTransactions: mempool.transactions,
      mempoolBytes: mempool.bytes,
      mempoolPerSender: mempool.perSender,
    },
  });
};

export const nodeHandlers = HttpApiBuilder.group(Api, 'node', (handlers) =>
  Effect.gen(function* () {
    const node = yield* NodeService;
    const settings = yield* HttpSettings;
    let genesis: Json | undefined;
    return handlers
      .handle('health', () => answerHealth(node))
      .handle('node', () => reply(describe(node, settings)))
      .handle('genesis', () => {
        genesis ??= JSON.parse(formatGenesis(node.config.genesis)) as Json;
        return Effect.succeed(genesis);
      })
      .handle('metrics', () =>
        Effect.sync(() =>
          PrometheusMetrics.formatUnsafe(node.metrics.context, { prefix: METRICS_PREFIX }),
        ),
      );
  }),
);
