import { ok, type Failure, type Result } from '../../../codec/index.ts';
import { blockEvents, writeJson, type BlockEvents } from '../../../client/wire/index.ts';
import type { AivmOperations, BlockReceipts, BlockRecord } from '../../../runtime/index.ts';
import { MAX_KEPT_EVENT_TEXTS } from '../limits.ts';
import { failureBody } from '../respond.ts';

/** A message of an event stream (WHATWG HTML §9.2.6); JSON text has no line breaks. */
const message = (event: string, data: string, id?: bigint): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;

export const failureMessage = (failure: Failure): string =>
  message('failure', failureBody(failure));

/** Keeps a connection open that has nothing to say. */
export const HEARTBEAT = ': \n\n';

const eventsOf = (
  { blockId, header, root }: BlockRecord,
  { begin, receipts }: BlockReceipts,
): BlockEvents => ({
  height: header.height,
  blockId,
  time: header.time,
  root,
  transactions: receipts.map(({ txId, receipt }) => ({
    id: txId,
    applied: receipt.outcome.type === 'applied',
  })),
  events: [
    ...begin.events.map((event, index) => ({ transaction: undefined, index, event })),
    ...receipts.flatMap(({ txId, receipt }) =>
      receipt.events.map((event, index) => ({ transaction: txId, index, event })),
    ),
  ],
});

/** The text of each block's message, made once for all who listen; the last ones are kept. */
export class EventTexts {
  readonly #chain: AivmOperations;
  readonly #kept = new Map<bigint, string>();

  constructor(chain: AivmOperations) {
    this.#chain = chain;
  }

  /** Nothing for a height that is not committed. */
  of(height: bigint): Result<string | undefined, Failure> {
    const kept = this.#kept.get(height);
    if (kept !== undefined) return ok(kept);
    const block = this.#chain.block(height);
    if (!block.ok) return block;
    const receipts = this.#chain.receipts(height);
    if (!receipts.ok) return receipts;
    if (block.value === undefined || receipts.value === undefined) return ok(undefined);
    const json = writeJson(blockEvents, eventsOf(block.value, receipts.value));
    const text = message('block', JSON.stringify(json), height);
    this.#kept.set(height, text);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT_EVENT_TEXTS) break;
      this.#kept.delete(oldest);
    }
    return ok(text);
  }
}
