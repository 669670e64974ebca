import type { ActorId, ActorKind } from './address.ts';

/** A message of any kind of actor, as it travels: its name and its fields. */
export interface AnyMessage {
  readonly type: string;
}

/** What the kernel checks and prepares before a machine sees a message. */
export interface MessageRule<M extends AnyMessage, Context> {
  /** Kinds entitled to send it; a message from any other is refused. */
  readonly from: readonly ActorKind[];
  /** May value come with it? A message that is not payable is refused with value above 0. */
  readonly payable?: boolean;
  /**
   * Actors whose records the guards and actions may read, besides the receiver itself. The kernel
   * passes them as frozen views of the state before this message.
   */
  readonly reads?: (message: M, about: ReadContext<Context>) => readonly ActorId[];
  /** Gas on top of delivery, reads and writes: hashes, signatures, proofs and comparisons. */
  readonly gas?: (message: M, about: ReadContext<Context>) => number;
}

/** What is known when the reads of a message are named. */
export interface ReadContext<Context> {
  readonly self: ActorId;
  readonly from: ActorId;
  readonly context: Context;
}

/** One rule for every message of a machine. */
export type MessageRules<M extends AnyMessage, Context> = {
  readonly [T in M['type']]: MessageRule<Extract<M, { type: T }>, Context>;
};
