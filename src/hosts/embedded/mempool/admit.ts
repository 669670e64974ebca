import { actorFail } from '../../../actors/errors.ts';
import type { PreparedTransaction } from '../../../actors/transaction.ts';
import { ok, type Failure, type Result } from '../../../codec/failure.ts';
import { hostFail } from '../../errors.ts';
import { REPLACEMENT_PREMIUM_PERCENT } from '../limits.ts';
import type { SenderQueue } from './sender.ts';
import { feeOf } from './transaction.ts';

/** What the committed state says of a sender. */
export interface SenderState {
  readonly nextNonce: bigint;
  readonly balanceNlux: bigint;
}

const PERCENT = 100n;

/** The least gas price at which a transaction may be replaced, rounded up. */
export const replacementPrice = (priceNlux: bigint): bigint =>
  priceNlux + (priceNlux * REPLACEMENT_PREMIUM_PERCENT + PERCENT - 1n) / PERCENT;

const checkNonce = (nonce: bigint, nextNonce: bigint, perSender: number): Result<void, Failure> => {
  const details = { expected: String(nextNonce), found: String(nonce) };
  if (nonce < nextNonce) return actorFail('actors/nonce-too-low', details);
  if (nonce < nextNonce + BigInt(perSender)) return ok(undefined);
  return hostFail('hosts/nonce-too-far', details);
};

/**
 * Whether a transaction may wait beside the others of its sender: its nonce, the price if it is to
 * replace one, and that the account can pay the gas of all that waits, so that nobody fills the
 * mempool with what it cannot pay.
 */
export const checkSender = (
  prepared: PreparedTransaction,
  queue: SenderQueue,
  { nextNonce, balanceNlux }: SenderState,
  perSender: number,
): Result<void, Failure> => {
  const { nonce, gasPriceNlux } = prepared.body;
  const fits = checkNonce(nonce, nextNonce, perSender);
  if (!fits.ok) return fits;
  const before = queue.get(nonce)?.prepared;
  const minimum = before === undefined ? 0n : replacementPrice(before.body.gasPriceNlux);
  if (gasPriceNlux < minimum) {
    return hostFail('hosts/replacement-underpriced', { minimum: String(minimum) });
  }
  const replacedFee = before === undefined ? 0n : feeOf(before);
  const needed = queue.feesNlux - replacedFee + feeOf(prepared);
  if (needed <= balanceNlux) return ok(undefined);
  const details = { needed: String(needed), found: String(balanceNlux) };
  return actorFail('actors/insufficient-balance', details);
};
