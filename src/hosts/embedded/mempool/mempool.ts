import type { ActorId } from '../../../machines/kit/address.ts';
import type { PreparedTransaction } from '../../../actors/transaction.ts';
import { assert, ok, type Failure, type Result } from '../../../codec/failure.ts';
import { hostFail } from '../../errors.ts';
import { checkSender, type SenderState } from './admit.ts';
import { selectTransactions, type SelectLimits } from './select.ts';
import { SenderQueue, type Waiting } from './sender.ts';
import { Tails } from './tails.ts';
import { type Dropped, type PoolTransaction } from './transaction.ts';

export interface MempoolLimits {
  readonly transactions: number;
  readonly bytes: number;
  readonly perSender: number;
  readonly ageBlocks: bigint;
}

/** A transaction that a block took. */
export interface Included {
  readonly sender: ActorId<'account'>;
  readonly nonce: bigint;
}

const dropped = ({ prepared }: Waiting, failed: { readonly failure: Failure }): Dropped => ({
  id: prepared.id,
  failure: failed.failure,
});

/** May `prepared` take the place of the cheapest? Not if it has to come after it. */
const isWorthMore = (prepared: PreparedTransaction, cheapest: PreparedTransaction): boolean =>
  cheapest.body.gasPriceNlux < prepared.body.gasPriceNlux &&
  (cheapest.sender !== prepared.sender || cheapest.body.nonce > prepared.body.nonce);

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

  /** Whether anything waits whose turn it is. */
  get hasReady(): boolean {
    for (const queue of this.#queues.values()) if (queue.ready().length > 0) return true;
    return false;
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
    if (this.#byId.has(prepared.id)) {
      return hostFail('hosts/duplicate-transaction', { id: prepared.id });
    }
    const queue = this.#queueOf(prepared.sender, state.nextNonce);
    const before = queue.get(prepared.body.nonce);
    const allowed = checkSender(prepared, queue, state, this.#limits.perSender);
    const made = allowed.ok ? this.#makeRoom(prepared, queue, before) : allowed;
    if (made.ok) this.#put(queue, { ...transaction, since: height });
    this.#forgetEmpty(queue);
    if (!made.ok) return made;
    return ok(
      made.value.map((each) =>
        each === before
          ? dropped(each, hostFail('hosts/replaced', { by: prepared.id }))
          : dropped(each, hostFail('hosts/evicted')),
      ),
    );
  }

  /** What a block is offered, in order. */
  select(limits: SelectLimits): readonly PoolTransaction[] {
    return selectTransactions(this.#queues.values(), limits);
  }

  /** After a block was committed: what it took leaves, and what cannot be included any more. */
  settle(height: bigint, included: readonly Included[]): readonly Dropped[] {
    for (const { sender, nonce } of included) this.#settleSender(sender, nonce + 1n);
    const gone: Dropped[] = [];
    for (const queue of this.#queues.values()) {
      for (const waiting of queue.items) {
        const failed = this.#outdated(waiting, height);
        if (failed === undefined) continue;
        this.#take(queue, waiting);
        gone.push(dropped(waiting, failed));
      }
      this.#forgetEmpty(queue);
    }
    return gone;
  }

  /** Takes one out that turned out not to be includable. */
  drop(id: string): void {
    const prepared = this.#byId.get(id)?.prepared;
    const queue = prepared && this.#queues.get(prepared.sender);
    const waiting = queue?.get(prepared?.body.nonce ?? 0n);
    if (queue === undefined || waiting === undefined) return;
    this.#take(queue, waiting);
    this.#forgetEmpty(queue);
  }

  /** Why no later block will or should take it, if so. */
  #outdated({ prepared, since }: Waiting, height: bigint) {
    const { expiry } = prepared.body;
    if (expiry <= height) return hostFail('hosts/expired', { expiry: String(expiry) });
    const { ageBlocks } = this.#limits;
    if (height < since + ageBlocks) return undefined;
    return hostFail('hosts/waited-too-long', { blocks: String(ageBlocks) });
  }

  /**
   * Takes out the one that is replaced, and cheaper ones until this one fits; all of them or none.
   * Only the last of a sender goes, so that no nonce behind it is stranded, and never one that this
   * one comes after.
   */
  #makeRoom(
    prepared: PreparedTransaction,
    own: SenderQueue,
    before: Waiting | undefined,
  ): Result<readonly Waiting[], Failure> {
    const taken: { readonly queue: SenderQueue; readonly waiting: Waiting }[] = [];
    const take = (queue: SenderQueue, waiting: Waiting): void => {
      this.#take(queue, waiting);
      taken.push({ queue, waiting });
    };
    if (before !== undefined) take(own, before);
    while (!this.#hasRoom(prepared.sizeBytes)) {
      const victim = this.#tails.cheapest;
      if (victim === undefined || !isWorthMore(prepared, victim)) {
        for (const { queue, waiting } of taken.toReversed()) this.#put(queue, waiting);
        const price = String(victim?.body.gasPriceNlux ?? 0n);
        return hostFail('hosts/mempool-full', { price });
      }
      const queue = this.#queues.get(victim.sender);
      const waiting = queue?.get(victim.body.nonce);
      assert(queue !== undefined && waiting !== undefined, 'what is indexed waits');
      take(queue, waiting);
    }
    for (const { queue } of taken) if (queue !== own) this.#forgetEmpty(queue);
    return ok(taken.map(({ waiting }) => waiting));
  }

  #hasRoom(sizeBytes: number): boolean {
    const { transactions, bytes } = this.#limits;
    return this.count < transactions && this.#bytes + sizeBytes <= bytes;
  }

  #settleSender(sender: string, nextNonce: bigint): void {
    const queue = this.#queues.get(sender);
    if (queue === undefined) return;
    queue.nextNonce = nextNonce;
    for (const waiting of queue.items) {
      if (waiting.prepared.body.nonce < nextNonce) this.#take(queue, waiting);
    }
  }

  #put(queue: SenderQueue, waiting: Waiting): void {
    const { tail } = queue;
    queue.insert(waiting);
    this.#tails.change(tail, queue.tail);
    this.#byId.set(waiting.prepared.id, waiting);
    this.#bytes += waiting.prepared.sizeBytes;
  }

  #take(queue: SenderQueue, waiting: Waiting): void {
    const { tail } = queue;
    queue.remove(waiting.prepared.body.nonce);
    this.#tails.change(tail, queue.tail);
    this.#byId.delete(waiting.prepared.id);
    this.#bytes -= waiting.prepared.sizeBytes;
  }

  #queueOf(sender: string, nextNonce: bigint): SenderQueue {
    const known = this.#queues.get(sender);
    if (known !== undefined) return known;
    const queue = new SenderQueue(sender, nextNonce);
    this.#queues.set(sender, queue);
    return queue;
  }

  #forgetEmpty(queue: SenderQueue): void {
    if (queue.items.length === 0) this.#queues.delete(queue.sender);
  }
}
