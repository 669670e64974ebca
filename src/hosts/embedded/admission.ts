import { admit } from '../../actors/check.ts';
import type { RecordOf } from '../../actors/record.ts';
import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { AivmOperations } from '../../runtime/index.ts';
import type { SenderState } from './mempool/admit.ts';
import type { Mempool } from './mempool/mempool.ts';
import type { Dropped, PoolTransaction } from './mempool/transaction.ts';
import { readSender } from './reads.ts';
import { hostFail } from '../errors.ts';

/** What an account would be like whose turn it is: everything but the nonce is checked with it. */
const atItsTurn = ({ balanceNlux }: SenderState, nonce: bigint): RecordOf<'account'> => ({
  state: 'open',
  balance: balanceNlux,
  wakeAt: undefined,
  context: { nonce },
});

/**
 * Takes a signed transaction into the mempool if a block may come to include it: everything that
 * the chain asks of it now, but for the nonce, which may be ahead by as many as may wait.
 */
export const admitTransaction = (
  chain: AivmOperations,
  mempool: Mempool,
  bytes: Uint8Array,
): Result<{ readonly id: string; readonly dropped: readonly Dropped[] }, Failure> => {
  const decoded = chain.decodeTx(bytes);
  if (!decoded.ok) return decoded;
  const prepared = decoded.value;
  const { id, sender, body } = prepared;
  const state = readSender(chain, sender);
  if (!state.ok) return state;
  const included = body.nonce < state.value.nextNonce ? chain.receipt(id) : ok(undefined);
  if (!included.ok) return included;
  if (included.value !== undefined) {
    const height = String(included.value.height);
    return hostFail('hosts/duplicate-transaction', { id, height });
  }
  const tip = chain.tip();
  if (!tip.ok) return tip;
  const parameters = chain.parameters();
  if (!parameters.ok) return parameters;
  const { height, time } = tip.value;
  const next = { height: height + 1n, time };
  const account = atItsTurn(state.value, body.nonce);
  const admitted = admit(account, parameters.value.current, prepared, next);
  if (!admitted.ok) return admitted;
  const transaction: PoolTransaction = { prepared, bytes };
  const added = mempool.add(transaction, state.value, height);
  return added.ok ? ok({ id, dropped: added.value }) : added;
};
