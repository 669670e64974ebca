import { intrinsicGas } from '../../../actors/meter.ts';
import type { SenderQueue, Waiting } from './sender.ts';
import { byPrice, type PoolTransaction } from './transaction.ts';

/** The ready transactions of one sender, and which of them is next. */
interface Run {
  readonly items: readonly Waiting[];
  at: number;
}

const headOf = ({ items, at }: Run): Waiting => items[at] as Waiting;

const comesFirst = (a: Run, b: Run): boolean => byPrice(headOf(a).prepared, headOf(b).prepared) < 0;

/** Moves the run at `index` of a binary heap down to its place. */
const siftDown = (heap: Run[], index: number): void => {
  const run = heap[index] as Run;
  let place = index;
  for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
    const right = child + 1;
    const isRight = right < heap.length && comesFirst(heap[right] as Run, heap[child] as Run);
    const best = isRight ? right : child;
    if (!comesFirst(heap[best] as Run, run)) break;
    heap[place] = heap[best] as Run;
    place = best;
  }
  heap[place] = run;
};

export interface SelectLimits {
  readonly transactions: number;
  /** Gas of a block: no more is offered than could be included if each took its least. */
  readonly gas: bigint;
}

/**
 * What a block is offered, in order: always the best paid of what is next of any sender, so that
 * nonces stay in order. Deterministic for the same mempool.
 */
export const selectTransactions = (
  queues: Iterable<SenderQueue>,
  limits: SelectLimits,
): readonly PoolTransaction[] => {
  const heap: Run[] = [];
  for (const queue of queues) {
    const items = queue.ready();
    if (items.length > 0) heap.push({ items, at: 0 });
  }
  for (let index = (heap.length >>> 1) - 1; index >= 0; index--) siftDown(heap, index);
  const selected: PoolTransaction[] = [];
  let gasLeft = limits.gas;
  for (let [run] = heap; run !== undefined && selected.length < limits.transactions; [run] = heap) {
    const next = headOf(run);
    gasLeft -= BigInt(intrinsicGas(next.prepared.sizeBytes));
    if (gasLeft < 0n) break;
    selected.push(next);
    run.at += 1;
    if (run.at === run.items.length) {
      const last = heap.pop() as Run;
      if (heap.length === 0) break;
      if (last !== run) heap[0] = last;
    }
    siftDown(heap, 0);
  }
  return selected;
};
