import type { ActorId, AnyMessage } from '../machines/kit/index.ts';
import type { ActorCell } from './slot.ts';

/** Where a message comes from: it decides what stands for its bytes in the activity hash. */
export type Origin =
  | { readonly type: 'transaction'; readonly id: Uint8Array }
  | { readonly type: 'actor' }
  | { readonly type: 'timer' };

/** A message under way, with the value that left its sender. */
export interface Envelope {
  readonly from: ActorCell;
  readonly to: ActorId;
  /** nLUX. */
  readonly value: bigint;
  readonly message: AnyMessage;
  readonly origin: Origin;
}

/** Messages that wait for delivery, first in, first out (PROTOCOL §3). */
export class Mailbox {
  readonly #queue: Envelope[] = [];
  #head = 0;
  #inTransit = 0n;

  /** nLUX that has left its sender and not arrived. */
  get inTransit(): bigint {
    return this.#inTransit;
  }

  get waiting(): number {
    return this.#queue.length - this.#head;
  }

  push(envelope: Envelope): void {
    this.#queue.push(envelope);
    this.#inTransit += envelope.value;
  }

  shift(): Envelope | undefined {
    const next = this.#queue[this.#head];
    if (next === undefined) return undefined;
    this.#head += 1;
    this.#inTransit -= next.value;
    return next;
  }

  clear(): void {
    this.#queue.length = 0;
    this.#head = 0;
    this.#inTransit = 0n;
  }
}
