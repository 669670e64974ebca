import { Server as NodeServer } from 'node:http';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as ErrorReporter from 'effect/ErrorReporter';
import * as HttpApiBuilder from 'effect/http-api/HttpApiBuilder';
import * as HttpRouter from 'effect/http/HttpRouter';
import * as HttpServer from 'effect/http/HttpServer';
import * as Layer from 'effect/Layer';
import type * as Scope from 'effect/Scope';
import { serve } from 'srvx/node';
import { AivmError } from '../../runtime/index.ts';
import { NodeService } from '../embedded/layer.ts';
import { hostFail } from '../errors.ts';
import { assert } from '../../codec/failure.ts';
import { answerClientError } from './client-error.ts';
import { BadRequest } from './api/bad-request.ts';
import { Api } from './api/index.ts';
import { Connections } from './connections.ts';
import { EventStreams, type Streams } from './events/streams.ts';
import { Guard, type Handler } from './guard.ts';
import { historyHandlers } from './handlers/history.ts';
import { nodeHandlers } from './handlers/node.ts';
import { stateHandlers } from './handlers/state.ts';
import { transactionHandlers } from './handlers/transactions.ts';
import type { HttpConfig } from './options.ts';
import { HttpSettings } from './settings.ts';

/** Where a node listens. */
export interface Listening {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

const routes = HttpApiBuilder.layer(Api, { openapiPath: '/openapi.json' }).pipe(
  Layer.provide([transactionHandlers, stateHandlers, historyHandlers, nodeHandlers]),
  Layer.provide(BadRequest.layer),
);

/** A server that does not listen yet, with all its limits. */
const makeServer = (guard: Guard, { host, port, limits }: HttpConfig) => {
  const server = serve({
    fetch: (request) => guard.answer(request),
    hostname: host,
    port,
    manual: true,
    silent: true,
    gracefulShutdown: false,
    node: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMilliseconds,
      requestTimeout: limits.requestMilliseconds,
      connectionsCheckingInterval: limits.headersMilliseconds,
    },
  });
  const node = server.node?.server;
  // The types allow for HTTP/2, which needs a certificate; none is configured here.
  assert(node instanceof NodeServer, 'without a certificate the server is one of HTTP/1.1');
  node.timeout = limits.idleMilliseconds;
  node.maxConnections = limits.connections;
  node.on('clientError', answerClientError);
  return { server, node, connections: new Connections(node) };
};

type Made = ReturnType<typeof makeServer>;

const listenFailure = (error: unknown, { host, port }: HttpConfig) => {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const details = { host, port: String(port) };
  return code === 'EADDRINUSE'
    ? hostFail('hosts/port-in-use', details)
    : hostFail('hosts/cannot-listen', { ...details, cause: message ?? String(error) });
};

interface Parts {
  readonly handler: Handler;
  readonly streams: Streams;
  readonly config: HttpConfig;
  readonly report: Report;
}

/** Listens, and stops in order: no new request, time for those in hand, then the rest ends. */
const listen = ({
  handler,
  streams,
  config,
  report,
}: Parts): Effect.Effect<Listening, AivmError, Scope.Scope> =>
  Effect.gen(function* () {
    const guard = new Guard(handler, config.limits, report);
    const made = makeServer(guard, config);
    yield* Effect.tryPromise({
      try: async () => {
        await made.server.serve();
      },
      catch: (error) => new AivmError(listenFailure(error, config).failure),
    });
    yield* Effect.addFinalizer(() => Effect.promise(() => close(made, guard, streams, config)));
    const address = made.node.address();
    const port = typeof address === 'object' && address !== null ? address.port : config.port;
    const shown = config.host.includes(':') ? `[${config.host}]` : config.host;
    return { url: `http://${shown}:${port}`, host: config.host, port };
  });

/** Between two looks for connections that have nothing more to say. */
const IDLE_CHECK_MILLISECONDS = 20;

const close = async (
  { server, connections }: Made,
  guard: Guard,
  streams: Streams,
  { limits }: HttpConfig,
): Promise<void> => {
  guard.stop();
  streams.stop();
  const idle = setInterval(() => connections.closeIdle(), IDLE_CHECK_MILLISECONDS);
  const timer = setTimeout(() => void server.close(true), limits.stopMilliseconds);
  await server.close();
  clearInterval(idle);
  clearTimeout(timer);
};

type Report = (error: unknown) => void;

/** What an endpoint throws goes to the log of the node; the client only learns that it was so. */
const reporter = (report: Report) =>
  ErrorReporter.layer([ErrorReporter.make(({ error }) => report(error))]);

const handlerOf = (
  context: Context.Context<NodeService | EventStreams | HttpSettings>,
  report: Report,
) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      HttpRouter.toWebHandler(
        routes.pipe(
          Layer.provide(Layer.succeedContext(context)),
          Layer.provide(HttpServer.layerServices),
          Layer.provideMerge(reporter(report)),
        ),
        { disableLogger: true },
      ),
    ),
    ({ dispose }) => Effect.promise(dispose),
  );

/** The HTTP API of a node as a service: it listens as long as the layer's scope lives. */
export class HttpApiServer extends Context.Service<HttpApiServer, Listening>()(
  'aivm/hosts/HttpApiServer',
) {
  static readonly layer = (
    config: HttpConfig,
  ): Layer.Layer<HttpApiServer, AivmError, NodeService> =>
    Layer.effect(
      HttpApiServer,
      Effect.gen(function* () {
        const context = yield* Effect.context<NodeService | EventStreams | HttpSettings>();
        const node = yield* NodeService;
        const report: Report = (error) =>
          node.config.log?.({ level: 'Error', message: 'an answer failed', details: { error } });
        const { handler } = yield* handlerOf(context, report);
        const streams = yield* EventStreams;
        return yield* listen({ handler, streams, config, report });
      }),
    ).pipe(
      Layer.provide(EventStreams.layer(config.limits)),
      Layer.provide(Layer.succeed(HttpSettings)(config)),
    );
}
