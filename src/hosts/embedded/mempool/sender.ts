import type { PreparedTransaction } from '../../../actors/transaction.ts';
import { feeOf, type PoolTransaction } from './transaction.ts';

/** A transaction and the height of the tip when it came. */
export interface Waiting extends PoolTransaction {
  readonly since: bigint;
}

/** What waits of one sender, in the order of nonces. */
export class SenderQueue {
  readonly sender: string;
  /** The next of the account in the state. */
  nextNonce: bigint;
  /** Fees of all that waits, nLUX. */
  feesNlux = 0n;
  #items: Waiting[] = [];

  constructor(sender: string, nextNonce: bigint) {
    this.sender = sender;
    this.nextNonce = nextNonce;
  }

  get items(): readonly Waiting[] {
    return this.#items;
  }

  /** The last of them: the only one that can leave without leaving a gap. */
  get tail(): PreparedTransaction | undefined {
    return this.#items.at(-1)?.prepared;
  }

  get(nonce: bigint): Waiting | undefined {
    return this.#items.find(({ prepared }) => prepared.body.nonce === nonce);
  }

  /** Puts it at its place, which must be free. */
  insert(waiting: Waiting): void {
    const { nonce } = waiting.prepared.body;
    const after = this.#items.findIndex(({ prepared }) => prepared.body.nonce > nonce);
    this.#items.splice(after < 0 ? this.#items.length : after, 0, waiting);
    this.feesNlux += feeOf(waiting.prepared);
  }

  remove(nonce: bigint): void {
    const found = this.get(nonce);
    if (found === undefined) return;
    this.#items = this.#items.filter((each) => each !== found);
    this.feesNlux -= feeOf(found.prepared);
  }

  /** Those that a block can take in a row: nonces from that of the account on, without a gap. */
  ready(): readonly Waiting[] {
    const gap = this.#items.findIndex(
      ({ prepared }, at) => prepared.body.nonce !== this.nextNonce + BigInt(at),
    );
    return gap < 0 ? this.#items : this.#items.slice(0, gap);
  }
}
