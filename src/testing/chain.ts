import type { ChainEvent, Receipt, RecordOf, Refusal } from '../actors/index.ts';
import type { Keypair, Secp256k1 } from '../codec/index.ts';
import { supplyOf } from '../genesis/genesis.ts';
import type { ActorId, ActorKind, Collection } from '../machines/kit/index.ts';
import { BEACON } from '../machines/kit/index.ts';
import type { Messages } from '../machines/messages.ts';
import type { Parameters } from '../machines/parameters/record.ts';
import { isRoundKnown, roundMessage, roundsWanted, roundTime } from './beacon.ts';
import type { Engine, Moment, Offered } from './engine/engine.ts';
import { testingError } from './errors.ts';
import { type Order, receiptOf, unsignedOf } from './orders.ts';
import { accountOf, keyOfName, signAs } from './people.ts';
import { type Reads, readsOf } from './reads.ts';
import { ChainView } from './view.ts';

/** One block: the state before and after it, and what happened in between. */
export interface Step {
  readonly before: ChainView;
  readonly after: ChainView;
  /** Of its timers and transactions, in order. */
  readonly events: readonly ChainEvent[];
}

export interface TestChainParts {
  readonly engine: Engine;
  readonly secp256k1: Secp256k1;
  readonly blockSeconds: bigint;
}

/** Who submits rounds unless told. */
const ANYONE = 'anyone';

/**
 * A chain in memory, driven by hand. Every call executes blocks; nothing happens by itself. What
 * there is at a moment never changes, so `snapshot` and `fork` cost nothing.
 */
export class TestChain {
  readonly blockSeconds: bigint;
  readonly #parts: TestChainParts;
  readonly #observers = new Set<(step: Step) => void>();
  readonly #supplyNlux: bigint;
  #moment: Moment;
  #view: ChainView | undefined;

  constructor(parts: TestChainParts, moment: Moment = parts.engine.start) {
    this.#parts = parts;
    this.blockSeconds = parts.blockSeconds;
    this.#supplyNlux = supplyOf(parts.engine.genesis);
    this.#moment = moment;
  }

  get networkId(): number {
    return this.#parts.engine.chain.networkId;
  }

  /** 32 bytes, hex. */
  get chainId(): string {
    return this.#parts.engine.chain.chainId;
  }

  get height(): bigint {
    return this.#moment.tip.height;
  }

  /** Unix seconds of the last block. */
  get time(): bigint {
    return this.#moment.tip.time;
  }

  get blockId(): string {
    return this.#moment.tip.blockId;
  }

  get parameters(): Parameters {
    return this.view.parameters;
  }

  /** The state after the last block. */
  get view(): ChainView {
    this.#view ??= this.#viewOf(this.#moment);
    return this.#view;
  }

  /** Root of the state tree, hex; on the kernel engine made from all records at each call. */
  root(): string {
    return this.#parts.engine.root(this.#moment);
  }

  /**
   * The operations of a host that read, for an extension that asks the runtime: always of the last
   * block. Throws `testing/no-runtime` on the kernel engine.
   */
  get aivm(): Reads {
    return readsOf(() => this.#moment);
  }

  /** The key of a name: the same everywhere. */
  key(name: string): Keypair {
    return keyOfName(name);
  }

  address(name: string): string {
    return keyOfName(name).address;
  }

  account(name: string): ActorId<'account'> {
    return accountOf(name);
  }

  /** Signs a digest (32 bytes, hex), as attestations and key proofs ask. */
  sign(name: string, digest: string): string {
    return signAs(this.#parts.secp256k1, name, digest);
  }

  actor<K extends ActorKind>(id: ActorId<K>): RecordOf<K> | undefined {
    return this.view.actor(id);
  }

  /** nLUX; 0 for an actor that is not in state. */
  balance(id: ActorId): bigint {
    return this.view.actor(id)?.balance ?? 0n;
  }

  list<K extends ActorKind>(kind: K) {
    return this.view.all(kind);
  }

  entry<V>(collection: Collection<V>, owner: ActorId, key: string): V | undefined {
    return this.view.entry(collection, owner, key);
  }

  entries<V>(collection: Collection<V>, owner: ActorId) {
    return this.view.entries(collection, owner);
  }

  /** An order of which the types are checked; `offer` takes several of them. */
  order<K extends ActorKind>(
    from: string,
    to: ActorId<K>,
    message: Messages[K],
    value = 0n,
  ): Order {
    return { from, to: to as ActorId, message, value };
  }

  /** One block with these orders, whatever becomes of them; gives that in the same order. */
  offer(...orders: readonly Order[]): readonly Offered[] {
    return this.#extend(this.time + this.blockSeconds, orders);
  }

  /** One block with one order, which must be applied. */
  send<K extends ActorKind>(
    from: string,
    to: ActorId<K>,
    message: Messages[K],
    value = 0n,
  ): Receipt {
    const receipt = this.#receiptOf(this.order(from, to, message, value));
    if (receipt.outcome.type === 'applied') return receipt;
    const { code, actor, state, guard } = receipt.outcome.refusal;
    const about = { message: message.type, from, to: String(to) };
    throw testingError('testing/refused', { code, actor, state, guard, ...about });
  }

  /** One block with one order, which must be included and refused; gives why. */
  refusal<K extends ActorKind>(
    from: string,
    to: ActorId<K>,
    message: Messages[K],
    value = 0n,
  ): Refusal {
    const { outcome } = this.#receiptOf(this.order(from, to, message, value));
    if (outcome.type === 'refused') return outcome.refusal;
    throw testingError('testing/not-refused', { message: message.type, from, to: String(to) });
  }

  /** So many empty blocks. */
  tick(blocks = 1): void {
    for (let passed = 0; passed < blocks; passed += 1) this.offer();
  }

  /** Empty blocks up to a height. */
  advanceTo(height: bigint): void {
    if (height < this.height) throw testingError('testing/bad-advance', { height: `${height}` });
    while (this.height < height) this.offer();
  }

  /** Empty blocks until so many seconds have passed, at the pace of the chain. */
  advanceTime(seconds: bigint): void {
    if (seconds < 0n) throw testingError('testing/bad-advance', { seconds: `${seconds}` });
    const until = this.time + seconds;
    while (this.time < until) this.offer();
  }

  /** One empty block after a pause of so many seconds: a chain that stood still. */
  pause(seconds: bigint): void {
    if (seconds < 0n) throw testingError('testing/bad-advance', { seconds: `${seconds}` });
    this.#extend(this.time + seconds, []);
  }

  /** Rounds that open challenges wait for and the next block may bring, the earliest first. */
  roundsDue(): readonly bigint[] {
    const next = this.time + this.blockSeconds;
    return roundsWanted(this.view).filter((round) => roundTime(this.view, round) <= next);
  }

  /** Brings a round of the dev beacon to the chain, waiting until it is due. */
  submitRound(round: bigint, from = ANYONE): void {
    if (isRoundKnown(this.view, round)) return;
    while (roundTime(this.view, round) > this.time + this.blockSeconds) this.offer();
    this.send(from, BEACON, roundMessage(this.view, round));
  }

  /** The order that brings a round, for a block with others. */
  roundOrder(round: bigint, from = ANYONE): Order {
    return this.order(from, BEACON, roundMessage(this.view, round));
  }

  /** Everything that makes this moment, to come back to it with `restore`. */
  snapshot(): Moment {
    return this.#moment;
  }

  restore(moment: Moment): void {
    this.#moment = moment;
    this.#view = undefined;
  }

  /** Another chain that goes on from here; neither sees what becomes of the other. */
  fork(): TestChain {
    return new TestChain(this.#parts, this.#moment);
  }

  /** Calls an observer after every block of this chain; gives the function that ends it. */
  observe(observer: (step: Step) => void): () => void {
    this.#observers.add(observer);
    return () => {
      this.#observers.delete(observer);
    };
  }

  #viewOf({ state: source, tip, begin }: Moment): ChainView {
    const { networkId, chainId } = this;
    const { height, time } = tip;
    const supplyNlux = this.#supplyNlux;
    return new ChainView({ networkId, chainId, source, height, time, supplyNlux, begin });
  }

  #extend(time: bigint, orders: readonly Order[]): readonly Offered[] {
    const before = this.view;
    const { moment, offered } = this.#parts.engine.extend(
      this.#moment,
      time,
      unsignedOf(before, orders),
    );
    this.restore(moment);
    if (this.#observers.size === 0) return offered;
    const receipts = offered.flatMap((each) => (each.included ? [each.receipt] : []));
    const events = [...moment.begin.events, ...receipts.flatMap((each) => each.events)];
    for (const observer of this.#observers) observer({ before, after: this.view, events });
    return offered;
  }

  #receiptOf(order: Order): Receipt {
    return receiptOf(order, this.offer(order)[0]);
  }
}
