import type { Messages } from '../messages.ts';
import type { ActorId, ActorKind } from './address.ts';
import type { Collection } from './collection.ts';
import type { AnyMessage } from './message.ts';

/** What a transition asks of the kernel. Data only: a transition performs nothing itself. */
export type Effect = SendEffect | WakeEffect | EmitEffect | PutEffect | RefundGasEffect;

/** Send a message, with value from the sender's own balance, behind all that is queued. */
export interface SendEffect {
  readonly type: 'send';
  readonly to: ActorId;
  readonly value: bigint;
  readonly message: AnyMessage;
}

/** Deliver `wake` to this actor at the beginning of block `height`; replaces an earlier one. */
export interface WakeEffect {
  readonly type: 'wake';
  /** `undefined` cancels. */
  readonly height: bigint | undefined;
}

/** Tell the world; events are part of receipts and never of the state. */
export interface EmitEffect {
  readonly type: 'emit';
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Write or (with `undefined`) delete one entry of a collection of this actor. */
export interface PutEffect {
  readonly type: 'put';
  readonly collection: Collection<unknown>;
  readonly key: string;
  readonly value: unknown;
}

/** The transaction costs no fee, if it is applied: what it did is the chain's own need. */
export interface RefundGasEffect {
  readonly type: 'refundGas';
}

/** A message of the receiver's kind, with value in nLUX. */
export const send = <K extends ActorKind>(
  to: ActorId<K>,
  message: Messages[K],
  value = 0n,
): SendEffect => ({ type: 'send', to, value, message });

export const wakeAt = (height: bigint | undefined): WakeEffect => ({ type: 'wake', height });

type Printable = string | number | bigint | boolean;

/** Fields are shown as text: amounts and heights in decimal, bytes in hex. */
export const emit = (name: string, fields: Readonly<Record<string, Printable>>): EmitEffect => ({
  type: 'emit',
  name,
  fields: Object.fromEntries(Object.keys(fields).map((key) => [key, String(fields[key])])),
});

export const refundGas: RefundGasEffect = { type: 'refundGas' };

export const put = <V>(
  collection: Collection<V>,
  key: string,
  value: V | undefined,
): PutEffect => ({ type: 'put', collection: collection as Collection<unknown>, key, value });
