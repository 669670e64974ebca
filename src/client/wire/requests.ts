import {
  amount,
  blob,
  embedded,
  hex,
  optional,
  record,
  u64,
  type Infer,
  type Schema,
} from '../../codec/index.ts';
import { receipt } from '../../actors/receipt.ts';
import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';
import { anyActor, type ActorId, type ActorKind } from '../../machines/kit/address.ts';
import type { Messages } from '../../machines/messages.ts';
import { MESSAGES } from '../messages.ts';

/** A signed transaction in JSON; as `application/cbor` its bytes alone are sent. */
export const submission = record({ transaction: blob(MAX_TRANSACTION_BYTES) });

export const submissionAnswer = record({ id: hex(32) });

/** A transaction that is only imagined: nobody has signed it. */
export interface DryRunBody<K extends ActorKind = ActorKind> {
  readonly sender: ActorId;
  readonly receiver: ActorId;
  readonly valueNlux: bigint | undefined;
  /** All gas of a block unless told. */
  readonly gasLimit: bigint | undefined;
  /** No price, and so no fee, unless told. */
  readonly gasPriceNlux: bigint | undefined;
  readonly message: Messages[K];
}

/** A dry run of a message to a receiver of this kind. */
export const dryRunBody = <K extends ActorKind>(kind: K): Schema<DryRunBody<K>> =>
  record({
    sender: anyActor,
    receiver: anyActor,
    valueNlux: optional(amount),
    gasLimit: optional(u64),
    gasPriceNlux: optional(amount),
    message: embedded(MESSAGES[kind] as Schema<Messages[K]>),
  });

export const dryRunAnswer = record({
  receipt: embedded(receipt),
  /** Gas limit to sign: with room for what other transactions may change. */
  gasEstimate: u64,
});
export type DryRunAnswer = Infer<typeof dryRunAnswer>;
