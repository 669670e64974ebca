import type { ChainEvent } from '../../actors/receipt.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';
import { StoreDamagedError } from '../store/errors.ts';
import { type BlockReceipts, receiptsOf } from './history.ts';
import { badOption, isCount, isU64 } from './inputs.ts';
import type { Ledger } from './ledger.ts';

export interface EventsRequest {
  /** First height. */
  readonly from: bigint;
  /** Height behind the last, at most MAX_EVENT_HEIGHTS later; behind the tip unless told. */
  readonly to?: bigint | undefined;
  /** Events after which no further block is read, at most MAX_EVENTS; a block is given whole. */
  readonly limit?: number | undefined;
  /** Only events of this actor, in text form. */
  readonly actor?: string | undefined;
  /** Only events of this name. */
  readonly name?: string | undefined;
}

export interface LocatedEvent {
  readonly height: bigint;
  /** Absent for what a timer did at the beginning of the block. */
  readonly txId: string | undefined;
  /** Among the events of its transaction, or of the beginning, from 0. */
  readonly index: number;
  readonly event: ChainEvent;
}

export interface EventsPage {
  readonly items: readonly LocatedEvent[];
  /** Height to go on from; absent when the range is read. */
  readonly next: bigint | undefined;
}

export const MAX_EVENT_HEIGHTS = 1_024n;
export const MAX_EVENTS = 10_000;
const DEFAULT_EVENTS = 1_000;

const eventsOf = ({ height, begin, receipts: all }: BlockReceipts): readonly LocatedEvent[] => [
  ...begin.events.map((event, index) => ({ height, txId: undefined, index, event })),
  ...all.flatMap(({ txId, receipt: { events: of } }) =>
    of.map((event, index) => ({ height, txId, index, event })),
  ),
];

/** The heights to read, and where to go on when no end was asked for. */
const eventHeights = (ledger: Ledger, { from, to }: EventsRequest) => {
  const behindTip = ledger.tip.height + 1n;
  const reach = isU64(from) ? from + MAX_EVENT_HEIGHTS : 0n;
  const end = to ?? (reach < behindTip ? reach : behindTip);
  const isRange = isU64(from) && isU64(end) && from <= (to ?? from) && end <= reach;
  if (!isRange) return runtimeFail('runtime/bad-range', { limit: String(MAX_EVENT_HEIGHTS) });
  const next = to === undefined && end < behindTip ? end : undefined;
  return ok({ end: end < behindTip ? end : behindTip, next });
};

/** See `AivmOperations.events`. */
export const events = (ledger: Ledger, request: EventsRequest): Result<EventsPage> => {
  const { from, limit = DEFAULT_EVENTS, actor, name } = request;
  if (!isCount(limit, MAX_EVENTS)) return badOption('limit', `1 to ${MAX_EVENTS}`);
  const heights = eventHeights(ledger, request);
  if (!heights.ok) return heights;
  const items: LocatedEvent[] = [];
  for (let height = from; height < heights.value.end; height += 1n) {
    if (items.length >= limit) return ok({ items, next: height });
    const found = ledger.store.block(height);
    if (found === undefined) throw new StoreDamagedError('blocks', String(height), 'missing');
    for (const located of eventsOf(receiptsOf(ledger, found))) {
      const isWanted =
        (actor === undefined || located.event.actor === actor) &&
        (name === undefined || located.event.name === name);
      if (isWanted) items.push(located);
    }
  }
  return ok({ items, next: heights.value.next });
};
