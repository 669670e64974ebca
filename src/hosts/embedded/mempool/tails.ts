import { assert } from '../../../codec/failure.ts';
import type { PreparedTransaction } from '../../../actors/transaction.ts';
import { byPrice } from './transaction.ts';

/**
 * The last transaction of each sender, in the order of `byPrice`: the end of it is what the mempool
 * gives up first. A sorted array, so that a flood that is refused costs a look at its end.
 */
export class Tails {
  readonly #sorted: PreparedTransaction[] = [];

  /** The one that pays least. */
  get cheapest(): PreparedTransaction | undefined {
    return this.#sorted.at(-1);
  }

  /** Replaces the tail of one sender by another; either may be absent. */
  change(before: PreparedTransaction | undefined, after: PreparedTransaction | undefined): void {
    if (before === after) return;
    if (before !== undefined) {
      const place = this.#placeOf(before);
      assert(this.#sorted[place] === before, 'a tail of the mempool is in its index');
      this.#sorted.splice(place, 1);
    }
    if (after !== undefined) this.#sorted.splice(this.#placeOf(after), 0, after);
  }

  /** Index of the first that does not come before it. */
  #placeOf(tail: PreparedTransaction): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (byPrice(this.#sorted[middle] as PreparedTransaction, tail) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
