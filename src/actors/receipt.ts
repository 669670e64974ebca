import { amount, bool, embedded, hex, list, record, rows } from '../codec/index.ts';
import { text, u64, variants, type Infer } from '../codec/index.ts';
import { anyActor } from '../machines/kit/index.ts';
import {
  MAX_EVENTS_PER_TRANSACTION,
  MAX_FIELD_BYTES,
  MAX_FIELDS,
  MAX_NAME_BYTES,
  MAX_TIMERS_PER_BLOCK,
} from './limits.ts';

const name = text(MAX_NAME_BYTES);
const fields = rows({ name, value: text(MAX_FIELD_BYTES) }, MAX_FIELDS);

/** What an actor told the world while a message was handled. */
export const chainEvent = record({ actor: anyActor, name, fields });
export type ChainEvent = Infer<typeof chainEvent>;

/**
 * A refusal names who refused what and why (PROTOCOL §3). `code` is documented in docs/errors.md:
 * a reason of a guard, or one of the kernel's own (not-accepted, out-of-gas, …), where `guard` is
 * empty.
 */
export const refusal = record({
  code: name,
  actor: anyActor,
  state: name,
  message: name,
  guard: name,
  details: fields,
});
export type Refusal = Infer<typeof refusal>;

export const receipt = record({
  sender: anyActor,
  outcome: variants({ applied: [0, {}], refused: [1, { refusal }] }),
  gasUsed: u64,
  feeNlux: amount,
  /** Messages delivered, the transaction's own included. */
  messages: u64,
  events: list(embedded(chainEvent), MAX_EVENTS_PER_TRANSACTION),
  /** Activity hash after the last message: equal on two nodes iff all before it was equal. */
  activity: hex(32),
});
export type Receipt = Infer<typeof receipt>;

/** What happens at the beginning of a block, before its transactions: timers. */
export const beginReceipt = record({
  timers: rows({ actor: anyActor, height: u64 }, MAX_TIMERS_PER_BLOCK),
  /** Were there more due than one block may deliver? They come first in the next. */
  carriedOver: bool,
  events: list(embedded(chainEvent), MAX_TIMERS_PER_BLOCK * MAX_EVENTS_PER_TRANSACTION),
  activity: hex(32),
});
export type BeginReceipt = Infer<typeof beginReceipt>;
