import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import { ok, type Failure, type Result } from '../../../codec/index.ts';
import { AivmError } from '../../../runtime/index.ts';
import { NodeService } from '../../embedded/layer.ts';
import type { EmbeddedNode } from '../../embedded/node.ts';
import { hostFail } from '../../errors.ts';
import { HEARTBEAT_MILLISECONDS, type HttpLimits } from '../limits.ts';
import { EventStream } from './stream.ts';
import { EventTexts } from './text.ts';

type Limits = Pick<HttpLimits, 'subscribers' | 'subscriberLagBlocks'>;

/**
 * The open event streams of a node. A stream has no buffer: it reads block after block at the pace
 * of its reader, so what a slow one costs is its place; when it falls too far behind it is ended.
 */
export class Streams {
  readonly #node: EmbeddedNode;
  readonly #limits: Limits;
  readonly #texts: EventTexts;
  readonly #open = new Set<EventStream>();
  #isStopped = false;

  constructor(node: EmbeddedNode, limits: Limits) {
    this.#node = node;
    this.#limits = limits;
    this.#texts = new EventTexts(node.chain);
  }

  get count(): number {
    return this.#open.size;
  }

  /** A stream from a height on; the next block to come unless told. */
  open(from: bigint | undefined): Result<ReadableStream<Uint8Array>, Failure> {
    if (this.#isStopped) return hostFail('hosts/stopped');
    const { subscribers } = this.#limits;
    if (this.#open.size >= subscribers) {
      return hostFail('hosts/too-many-subscribers', { limit: String(subscribers) });
    }
    const tip = this.#node.chain.tip();
    if (!tip.ok) return tip;
    const next = tip.value.height + 1n;
    const first = from ?? next;
    if (first > next) return hostFail('hosts/bad-range', { latest: String(next) });
    const stream = new EventStream(
      first,
      (height) => this.#texts.of(height),
      () => this.#open.delete(stream),
    );
    this.#open.add(stream);
    return ok(stream.body);
  }

  /** A block was committed: who waits for it gets it, who is too far behind is ended. */
  wake(height: bigint): void {
    for (const stream of this.#open) {
      const lag = height - stream.next;
      if (lag < BigInt(this.#limits.subscriberLagBlocks)) {
        stream.wake();
        continue;
      }
      const next = String(stream.next);
      stream.end(hostFail('hosts/subscriber-too-slow', { next }).failure);
    }
  }

  beat(): void {
    for (const stream of this.#open) stream.beat();
  }

  /** Ends all of them; the node stops. */
  stop(): void {
    this.#isStopped = true;
    const { failure } = hostFail('hosts/stopped');
    for (const stream of this.#open) stream.end(failure);
  }
}

/** The event streams as a service, fed by the node as long as the layer's scope lives. */
export class EventStreams extends Context.Service<EventStreams, Streams>()(
  'aivm/hosts/EventStreams',
) {
  static readonly layer = (limits: Limits): Layer.Layer<EventStreams, AivmError, NodeService> =>
    Layer.effect(
      EventStreams,
      Effect.gen(function* () {
        const node = yield* NodeService;
        const streams = new Streams(node, limits);
        node.metrics.gauge('event_subscribers', 'Open event streams.', () => streams.count);
        const subscribed = node.chain.subscribe(({ height }) => streams.wake(height));
        if (!subscribed.ok) return yield* Effect.fail(new AivmError(subscribed.failure));
        yield* Effect.addFinalizer(() =>
          Effect.sync(() => {
            subscribed.value();
            streams.stop();
          }),
        );
        const beat = Effect.delay(
          Effect.sync(() => streams.beat()),
          HEARTBEAT_MILLISECONDS,
        );
        yield* Effect.forkScoped(Effect.forever(beat));
        return streams;
      }),
    );
}
