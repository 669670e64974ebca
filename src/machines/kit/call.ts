import type { Collection } from './collection.ts';
import type { ActorId, ActorKind } from './address.ts';
import type { Contexts } from '../records.ts';
import type { Parameters } from '../parameters/record.ts';
import type { AnyMessage } from './message.ts';
import type { Verifier } from './verifier.ts';

/** The record of an actor as another actor's guard may see it: the state before this message. */
export interface View<K extends ActorKind> {
  readonly state: string;
  readonly balance: bigint;
  readonly context: Contexts[K];
}

/** Reads of other actors; only those that the message's rule names may be asked for. */
export interface Reader {
  /** The record, or `undefined` if no such actor exists. */
  readonly actor: <K extends ActorKind>(id: ActorId<K>) => View<K> | undefined;
  /** One entry of a collection of a named actor, or of the receiver. */
  readonly entry: <V>(collection: Collection<V>, owner: ActorId, key: string) => V | undefined;
}

/** All that a transition may know besides its own context and the message. */
export interface Call {
  readonly self: ActorId;
  readonly from: ActorId;
  /** nLUX that came with the message. */
  readonly value: bigint;
  /** nLUX of the receiver, what came with the message included. */
  readonly balance: bigint;
  /** Height of the block that carries the message. */
  readonly height: bigint;
  /** Unix seconds of that block. */
  readonly time: bigint;
  readonly networkId: number;
  readonly chainId: string;
  readonly parameters: Parameters;
  readonly read: Reader;
  readonly verifier: Verifier;
}

/** The event that XState sees: the message under its name, and the call around it. */
export type CallEvent<M extends AnyMessage> = M extends AnyMessage
  ? { readonly type: M['type']; readonly message: M; readonly call: Call }
  : never;
