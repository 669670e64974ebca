import type { ChainEvent, Receipt, RecordOf } from '../../actors/index.ts';
import { type ActorId, type ActorKind, type Collection } from '../../machines/kit/index.ts';
import type { Messages } from '../../machines/messages.ts';
import type { Moment, Offered, Unsigned } from '../../testing/engine/engine.ts';
import type { KernelMoment } from '../../testing/engine/kernel-engine.ts';
import { DEFAULT_GAS_LIMIT, type Order } from '../../testing/orders.ts';
import { accountOf, keyOfName } from '../../testing/people.ts';
import { ChainView } from '../../testing/view.ts';
import type { Signing } from './signing.ts';

/** Blocks for which an order stays valid; each goes into the next block or into none. */
const EXPIRY_BLOCKS = 100n;

/** What one block brought. */
export interface BlockResult {
  /** One for each order, in the order in which they were given. */
  readonly offered: readonly Offered[];
  /** Actors that its timers woke. */
  readonly woken: readonly ActorId[];
  /** Of timers and transactions, in order. */
  readonly events: readonly ChainEvent[];
}

export interface ChainParts {
  readonly signing: Signing;
  readonly blockSeconds: bigint;
  readonly supplyNlux: bigint;
}

/** What a block changed, for whoever checks invariants after each. */
export interface Passed {
  readonly before: ChainView;
  readonly after: ChainView;
  readonly events: readonly ChainEvent[];
}

/**
 * A chain on the kernel that only goes forward, made for many orders a block: it counts nonces
 * itself and keeps no moment but the last.
 */
export class MarketChain {
  readonly signing: Signing;
  readonly blockSeconds: bigint;
  readonly #supplyNlux: bigint;
  readonly #nonces = new Map<string, bigint>();
  readonly #gasPriceNlux: bigint;
  #moment: KernelMoment;
  #view: ChainView | undefined;
  /** Called after every block. */
  observer: ((passed: Passed) => void) | undefined;

  constructor({ signing, blockSeconds, supplyNlux }: ChainParts, moment = signing.engine.start) {
    this.signing = signing;
    this.blockSeconds = blockSeconds;
    this.#supplyNlux = supplyNlux;
    this.#moment = moment;
    this.#gasPriceNlux = this.view.parameters.gas.minimumPriceNlux;
  }

  get ids() {
    const { networkId, chainId } = this.signing.engine.chain;
    return { networkId, chainId };
  }

  get height(): bigint {
    return this.#moment.tip.height;
  }

  /** Unix seconds of the last block. */
  get time(): bigint {
    return this.#moment.tip.time;
  }

  /** The state after the last block. */
  get view(): ChainView {
    const { state: source, tip, begin } = this.#moment;
    const { height, time } = tip;
    const supplyNlux = this.#supplyNlux;
    this.#view ??= new ChainView({ ...this.ids, source, height, time, supplyNlux, begin });
    return this.#view;
  }

  /** To go on from here later, or several times. */
  get moment(): KernelMoment {
    return this.#moment;
  }

  /** Root of the state tree, hex; made from all records at each call. */
  root(): string {
    return this.signing.engine.root(this.#moment);
  }

  actor<K extends ActorKind>(id: ActorId<K>): RecordOf<K> | undefined {
    return this.view.actor(id);
  }

  entry<V>(collection: Collection<V>, owner: ActorId, key: string): V | undefined {
    return this.view.entry(collection, owner, key);
  }

  /** nLUX; 0 for an actor that is not in state. */
  balance(id: ActorId): bigint {
    return this.view.actor(id)?.balance ?? 0n;
  }

  /** One block with these orders, whatever becomes of them. */
  block(orders: readonly Order[]): BlockResult {
    const before = this.observer === undefined ? undefined : this.view;
    const transactions = orders.map((order) => this.#unsigned(order));
    for (const each of transactions) this.signing.seal(each);
    const time = this.time + this.blockSeconds;
    const { moment, offered } = this.signing.engine.extend(this.#moment, time, transactions);
    offered.forEach((each, at) => {
      if (!each.included) this.#nonces.delete(orders[at]?.from ?? '');
    });
    this.#moment = moment;
    this.#view = undefined;
    const { begin }: Moment = moment;
    const receipts = offered.flatMap((each): readonly Receipt[] =>
      each.included ? [each.receipt] : [],
    );
    const events = [...begin.events, ...receipts.flatMap((each) => each.events)];
    if (before !== undefined) this.observer?.({ before, after: this.view, events });
    return { offered, woken: begin.timers.map(({ actor }) => actor), events };
  }

  #unsigned({ from, to, message, value = 0n, gasLimit = DEFAULT_GAS_LIMIT }: Order): Unsigned {
    const sender = accountOf(from);
    const nonce = this.#nonces.get(from) ?? this.view.actor(sender)?.context.nonce ?? 0n;
    this.#nonces.set(from, nonce + 1n);
    return {
      privateKey: keyOfName(from).privateKey,
      sender,
      receiver: to,
      message,
      valueNlux: value,
      nonce,
      expiry: this.height + EXPIRY_BLOCKS,
      gasLimit,
      gasPriceNlux: this.#gasPriceNlux,
    };
  }
}

/** An order of which the types are checked. */
export const orderOf = <K extends ActorKind>(
  from: string,
  to: ActorId<K>,
  message: Messages[K],
  value = 0n,
): Order => ({ from, to: to as ActorId, message, value });
