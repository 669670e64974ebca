import type { PreparedTransaction } from '../../../actors/transaction.ts';
import type { Failure } from '../../../codec/failure.ts';

/** A transaction that waits for a block. */
export interface PoolTransaction {
  readonly prepared: PreparedTransaction;
  /** As it travels. */
  readonly bytes: Uint8Array;
}

/** One that left the mempool without having been included, and why. */
export interface Dropped {
  readonly id: string;
  readonly failure: Failure;
}

/**
 * The order in which blocks take transactions: higher gas price first, then the lower id, so that
 * it does not depend on when each arrived. Negative if `a` comes before `b`.
 */
export const byPrice = (a: PreparedTransaction, b: PreparedTransaction): number => {
  const difference = b.body.gasPriceNlux - a.body.gasPriceNlux;
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
};

/** What the sender pays at most for the gas, nLUX. */
export const feeOf = ({ body }: PreparedTransaction): bigint => body.gasLimit * body.gasPriceNlux;
