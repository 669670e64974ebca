import { assert } from '../codec/failure.ts';
import { deliver } from './deliver.ts';
import type { Envelope } from './mailbox.ts';
import type { Meter } from './meter.ts';
import type { ChainEvent, Refusal } from './receipt.ts';
import type { Run } from './run.ts';

/** What came of a message and of all that followed from it. */
export interface Cascade {
  /** With one, nothing of it happened. */
  readonly refusal: Refusal | undefined;
  readonly events: readonly ChainEvent[];
  /** Messages delivered, a refused one included. */
  readonly delivered: number;
}

const NO_EVENTS: readonly ChainEvent[] = [];

/**
 * Delivers a message, and what it causes, first in, first out, until the queue is empty. Atomic: if
 * any of these messages is refused, everything since the beginning is undone (PROTOCOL §3). The
 * value of the first message leaves its sender here.
 */
export const runCascade = (run: Run, first: Envelope, meter: Meter): Cascade => {
  const { state, mailbox } = run;
  assert(mailbox.waiting === 0, 'a cascade begins while another is under way');
  const mark = state.mark();
  run.events = [];
  run.delivered = 0;
  run.isFeeRefunded = false;
  if (first.value > 0n) {
    const { value } = first.from;
    state.setActor(first.from, { ...value, balance: value.balance - first.value });
  }
  mailbox.push(first);
  let refusal: Refusal | undefined;
  for (let next = mailbox.shift(); next !== undefined; next = mailbox.shift()) {
    refusal = deliver(run, next, meter);
    if (refusal !== undefined) break;
  }
  mailbox.clear();
  if (refusal === undefined) return { refusal, events: run.events, delivered: run.delivered };
  state.rollback(mark);
  return { refusal, events: NO_EVENTS, delivered: run.delivered };
};
