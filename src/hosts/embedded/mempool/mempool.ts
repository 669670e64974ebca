import type { ActorId } from '../../../machines/kit/address.ts';
import { actorFail } from '../../../actors/errors.ts';
import type { PreparedTransaction } from '../../../actors/transaction.ts';
import { assert, ok, type Failure, type Result } from '../../../codec/failure.ts';
import { hostFail } from '../../errors.ts';
import { REPLACEMENT_PREMIUM_PERCENT } from '../limits.ts';
import { selectTransactions, type SelectLimits } from './select.ts';
import { SenderQueue } from './sender.ts';
import { Tails } from './tails.ts';
import { feeOf, type Dropped, type PoolTransaction } from './transaction.ts';

export interface MempoolLimits {
  readonly transactions: number;
  readonly bytes: number;
  readonly perSender: number;
  readonly ageBlocks: bigint;
}

/** What the committed state says of a sender. */
export interface SenderState {
  readonly nextNonce: bigint;
  readonly balanceNlux: bigint;
}

/** A transaction that a block took. */
export interface Included {
  readonly sender: ActorId<'account'>;
  readonly nonce: bigint;
}

const NOTHING: readonly Dropped[] = [];

const dropped = (id: string, failed: { readonly failure: Failure }): Dropped => ({
  id,
  failure: failed.failure,
});

/**
 * The transactions that wait for a block: bounded in number, bytes and per sender. What it holds is
 * a function of what came in which order and of the blocks; no clock is asked.
 */
export class Mempool {
  readonly #limits: MempoolLimits;
  readonly #queues = new Map<string, SenderQueue>();
  readonly #byId = new Map<string, PoolTransaction>();
  readonly #tails = new Tails();
  #bytes = 0;

  constructor(limits: MempoolLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#byId.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(id: string): PoolTransaction | undefined {
    return this.#byId.get(id);
  }

  /** The nonce after all that waits of a sender without a gap. */
  nextNonce(sender: string, state: SenderState): bigint {
    const ready = this.#queues.get(sender)?.ready().length ?? 0;
    return state.nextNonce + BigInt(ready);
  }

  /**
   * Takes a transaction that passed every check of its own. It may take the place of one with its
   * nonce, for a higher price, and in a full mempool that of cheaper ones; these are given back.
   */
  add(
    transaction: PoolTransaction,
    state: SenderState,
    height: bigint,
  ): Result<readonly Dropped[], Failure> {
    const { prepared } = transaction;
    const known = this.#byId.has(prepared.id);
    if (known) return hostFail('hosts/duplicate-transaction', { id: prepared.id });
    const queue = this.#queues.get(prepared.sender);
    const before = queue?.get(prepared.body.nonce)?.prepared;
    const allowed = this.#checkSender(prepared, before, queue, state);
    if (!allowed.ok) return allowed;
    const evicted = this.#makeRoom(prepared, before);
    if (!evicted.ok) return evicted;
    if (before !== undefined) this.#remove(before);
    // Its queue may be gone with what was removed.
    const own = this.#queueOf(prepared.sender, state.nextNonce);
    const { tail } = own;
    own.insert({ ...transaction, since: height });
    this.#tails.change(tail, own.tail);
    this.#byId.set(prepared.id, transaction);
    this.#bytes += transaction.bytes.length;
    const cheaper = evicted.value.map(({ id }) => dropped(id, hostFail('hosts/evicted')));
    if (before === undefined) return ok(cheaper);
    return ok([...cheaper, dropped(before.id, hostFail('hosts/replaced', { by: prepared.id }))]);
  }

  /** What a block is offered, in order. */
  select(limits: SelectLimits): readonly PoolTransaction[] {
    return selectTransactions(this.#queues.values(), limits);
  }

  /** After a block was committed: what it took leaves, and what cannot be included any more. */
  settle(height: bigint, included: readonly Included[]): readonly Dropped[] {
    for (const { sender, nonce } of included) this.#settleSender(sender, nonce + 1n);
    const gone: Dropped[] = [];
    for (const queue of [...this.#queues.values()]) {
      for (const { prepared, since } of queue.items) {
        const { expiry } = prepared.body;
        const isOld = height >= since + this.#limits.ageBlocks;
        if (expiry > height && !isOld) continue;
        this.#remove(prepared);
        const blocks = String(this.#limits.ageBlocks);
        gone.push(
          expiry > height
            ? dropped(prepared.id, hostFail('hosts/waited-too-long', { blocks }))
            : dropped(prepared.id, hostFail('hosts/expired', { expiry: String(expiry) })),
        );
      }
    }
    return gone.length === 0 ? NOTHING : gone;
  }

  /** Takes one out that turned out not to be includable. */
  drop(id: string): void {
    const found = this.#byId.get(id);
    if (found !== undefined) this.#remove(found.prepared);
  }

  /** Nonce, number, price of a replacement, and that the fees of all that waits can be paid. */
  #checkSender(
    prepared: PreparedTransaction,
    before: PreparedTransaction | undefined,
    queue: SenderQueue | undefined,
    { nextNonce, balanceNlux }: SenderState,
  ): Result<void, Failure> {
    const { nonce, gasPriceNlux } = prepared.body;
    const expected = String(nextNonce);
    if (nonce < nextNonce) {
      return actorFail('actors/nonce-too-low', { expected, found: String(nonce) });
    }
    if (nonce >= nextNonce + BigInt(this.#limits.perSender)) {
      return hostFail('hosts/nonce-too-far', { expected, found: String(nonce) });
    }
    if (before !== undefined) {
      const minimum = replacementPrice(before.body.gasPriceNlux);
      if (gasPriceNlux < minimum) {
        return hostFail('hosts/replacement-underpriced', { minimum: String(minimum) });
      }
    } else if ((queue?.items.length ?? 0) >= this.#limits.perSender) {
      return hostFail('hosts/too-many-of-sender', { limit: String(this.#limits.perSender) });
    }
    const replaced = before === undefined ? 0n : feeOf(before);
    const needed = (queue?.feesNlux ?? 0n) - replaced + feeOf(prepared);
    if (needed <= balanceNlux) return ok(undefined);
    const details = { needed: String(needed), found: String(balanceNlux) };
    return actorFail('actors/insufficient-balance', details);
  }

  /**
   * Evicts cheaper transactions until this one fits; all of them or none. Only the last of a sender
   * goes, so that no nonce behind it is stranded, and never one that this one comes after.
   */
  #makeRoom(
    prepared: PreparedTransaction,
    replaced: PreparedTransaction | undefined,
  ): Result<readonly PreparedTransaction[], Failure> {
    const evicted: { readonly transaction: PoolTransaction; readonly since: bigint }[] = [];
    const freed = replaced === undefined ? { count: 0, bytes: 0 } : { count: 1, bytes: replaced.sizeBytes };
    const isFull = (): boolean =>
      this.count + 1 - freed.count > this.#limits.transactions ||
      this.#bytes + prepared.sizeBytes - freed.bytes > this.#limits.bytes;
    while (isFull()) {
      const victim = this.#tails.cheapest;
      const isBetter =
        victim !== undefined &&
        victim !== replaced &&
        victim.body.gasPriceNlux < prepared.body.gasPriceNlux &&
        (victim.sender !== prepared.sender || victim.body.nonce > prepared.body.nonce);
      if (!isBetter) {
        for (const { transaction, since } of evicted.toReversed()) this.#restore(transaction, since);
        const price = String(victim?.body.gasPriceNlux ?? 0n);
        return hostFail('hosts/mempool-full', { price });
      }
      const waiting = this.#queues.get(victim.sender)?.get(victim.body.nonce);
      assert(waiting !== undefined, 'what is indexed waits');
      evicted.push({ transaction: waiting, since: waiting.since });
      this.#remove(victim);
    }
    return ok(evicted.map(({ transaction }) => transaction.prepared));
  }

  #queueOf(sender: string, nextNonce: bigint): SenderQueue {
    const known = this.#queues.get(sender);
    if (known !== undefined) return known;
    const queue = new SenderQueue(sender, nextNonce);
    this.#queues.set(sender, queue);
    return queue;
  }
}

const replacementPrice = (price: bigint): bigint =>
  price + (price * REPLACEMENT_PREMIUM_PERCENT + 99n) / 100n;
