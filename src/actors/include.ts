import { fromHex } from '../codec/index.ts';
import { runCascade } from './cascade.ts';
import { intrinsicGas, Meter } from './meter.ts';
import type { Receipt } from './receipt.ts';
import type { RecordOf } from './record.ts';
import type { Run } from './run.ts';
import type { PreparedTransaction } from './transaction.ts';
import type { ActorCell } from './slot.ts';

/** Takes the whole fee in advance and uses up the nonce: neither is undone by a refusal. */
const reserve = (run: Run, sender: ActorCell, fee: bigint): void => {
  const account = sender.value as RecordOf<'account'>;
  const context = { ...account.context, nonce: account.context.nonce + 1n };
  run.state.setActor(sender, { ...account, balance: account.balance - fee, context });
  run.feesHeld += fee;
};

/** Gives back what the gas left over is worth. */
const release = (run: Run, sender: ActorCell, refund: bigint): void => {
  if (refund === 0n) return;
  run.state.setActor(sender, { ...sender.value, balance: sender.value.balance + refund });
  run.feesHeld -= refund;
};

/**
 * Includes an admitted transaction: reserves its fee, delivers its message and all that follows,
 * and charges the gas that was used. A refused one is undone but for fee and nonce; one that ran
 * out of gas pays for its whole limit (PROTOCOL §3).
 */
export const include = (run: Run, prepared: PreparedTransaction, sender: ActorCell): Receipt => {
  const { gasLimit, gasPriceNlux, receiver, valueNlux } = prepared.body;
  reserve(run, sender, gasLimit * gasPriceNlux);
  const meter = new Meter(Number(gasLimit));
  meter.charge(intrinsicGas(prepared.sizeBytes));
  const origin = { type: 'transaction', id: fromHex(prepared.id) } as const;
  const { message } = prepared;
  const first = { from: sender, to: receiver, value: valueNlux, message, origin };
  const { refusal, events, delivered } = runCascade(run, first, meter);
  const gasUsed = meter.isExhausted ? gasLimit : BigInt(meter.used);
  const isFree = refusal === undefined && run.isFeeRefunded;
  const feeNlux = isFree ? 0n : gasUsed * gasPriceNlux;
  release(run, sender, gasLimit * gasPriceNlux - feeNlux);
  run.state.settle();
  return {
    sender: prepared.sender,
    outcome: refusal === undefined ? { type: 'applied' } : { type: 'refused', refusal },
    gasUsed,
    feeNlux,
    messages: BigInt(delivered),
    events,
    activity: run.activity.hash,
  };
};
