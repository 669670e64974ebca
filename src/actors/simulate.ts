import { ok, type Result } from '../codec/index.ts';
import type { Failure } from '../codec/failure.ts';
import type { ActorId } from '../machines/kit/index.ts';
import { GENESIS_ACTIVITY } from './activity.ts';
import { checkFunds, checkGas } from './check.ts';
import { include } from './include.ts';
import { decodeMessage, signedSize } from './prepare.ts';
import type { Receipt } from './receipt.ts';
import type { RecordOf } from './record.ts';
import { beginRun, type BlockReference } from './run.ts';
import type { ChainContext, StateSource } from './source.ts';
import type { TransactionBody } from './transaction.ts';

export interface SimulateInput {
  readonly chain: ChainContext;
  readonly source: StateSource;
  /** Height and time (Unix seconds) of the block that is imagined. */
  readonly height: bigint;
  readonly time: bigint;
  /** The block that the imagined one stands on; without it no message can refer to that block. */
  readonly parent?: BlockReference | undefined;
  readonly sender: ActorId<'account'>;
  /** Nonce, expiry and chain are not looked at; a gas price of 0 asks for no fee. */
  readonly body: TransactionBody;
}

const NO_ID = '0'.repeat(64);

/**
 * What a transaction would do in a block on this state, without a signature: its receipt, and with
 * it the gas it takes. Nothing is changed. Timers that are due are not run, and other transactions
 * may come first, so an estimate needs some room.
 */
export const simulate = (input: SimulateInput): Result<Receipt, Failure> => {
  const { chain, source, height, time, parent, sender, body } = input;
  const message = decodeMessage(chain, body.receiver, body.message);
  if (!message.ok) return message;
  const prepared = { id: NO_ID, sender, body, message: message.value, sizeBytes: signedSize(body) };
  const header = { height, time };
  const run = beginRun({ chain, source, header, parent, parentActivity: GENESIS_ACTIVITY });
  const gas = checkGas(prepared, run.parameters);
  if (!gas.ok) return gas;
  const account = run.state.actor(sender);
  const funds = checkFunds(account.value as RecordOf<'account'>, prepared);
  return funds.ok ? ok(include(run, prepared, account)) : funds;
};
