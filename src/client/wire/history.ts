import {
  amount,
  blob,
  bool,
  embedded,
  hex,
  list,
  literalEnum,
  optional,
  record,
  rows,
  text,
  u32,
  u64,
  type Infer,
  type Schema,
} from '../../codec/index.ts';
import { MAX_EVENTS_PER_TRANSACTION, MAX_TIMERS_PER_BLOCK } from '../../actors/limits.ts';
import { beginReceipt, chainEvent, receipt } from '../../actors/receipt.ts';
import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';
import { anyActor, type ActorId, type ActorKind } from '../../machines/kit/address.ts';
import type { Messages } from '../../machines/messages.ts';
import { MAX_BLOCK_TRANSACTIONS } from '../../runtime/execution/limits.ts';
import { MESSAGES } from '../messages.ts';
import { MAX_PAGE_BLOCKS, MAX_TEXT_BYTES } from './limits.ts';

/** Where a transaction stands in the chain. */
const place = record({
  height: u64,
  blockId: hex(32),
  /** In the block, from 0. */
  index: u32,
});

/** A failure as part of an answer that is none itself. */
export const failureNote = record({ code: text(MAX_TEXT_BYTES), message: text(MAX_TEXT_BYTES) });

/** A transaction in words. */
export interface TransactionView<K extends ActorKind = ActorKind> {
  readonly sender: ActorId;
  readonly nonce: bigint;
  readonly expiry: bigint;
  readonly gasLimit: bigint;
  readonly gasPriceNlux: bigint;
  readonly receiver: ActorId;
  readonly valueNlux: bigint;
  readonly message: Messages[K];
  /** As it travels. */
  readonly bytes: Uint8Array;
}

export const TRANSACTION_STATUS = ['pending', 'included', 'dropped'] as const;

export interface TransactionAnswer<K extends ActorKind = ActorKind> {
  readonly id: string;
  readonly status: (typeof TRANSACTION_STATUS)[number];
  /** Where it was included. */
  readonly place: Infer<typeof place> | undefined;
  /** Why this node forgot it; another may still include it. */
  readonly dropped: Infer<typeof failureNote> | undefined;
  /** Not kept of one that was dropped. */
  readonly transaction: TransactionView<K> | undefined;
}

const transactionView = (kind: ActorKind): Schema<TransactionView> =>
  record({
    sender: anyActor,
    nonce: u64,
    expiry: u64,
    gasLimit: u64,
    gasPriceNlux: amount,
    receiver: anyActor,
    valueNlux: amount,
    message: embedded(MESSAGES[kind] as Schema<Messages[ActorKind]>),
    bytes: blob(MAX_TRANSACTION_BYTES),
  });

const answers = new Map<ActorKind, Schema<TransactionAnswer>>();

/** The answer about a transaction to a receiver of this kind. */
export const transactionAnswer = (kind: ActorKind): Schema<TransactionAnswer> => {
  const known = answers.get(kind);
  if (known !== undefined) return known;
  const made = record({
    id: hex(32),
    status: literalEnum(TRANSACTION_STATUS),
    place: optional(place),
    dropped: optional(failureNote),
    transaction: optional(embedded(transactionView(kind))),
  });
  answers.set(kind, made);
  return made;
};

export const receiptAnswer = record({
  id: hex(32),
  height: u64,
  blockId: hex(32),
  index: u32,
  receipt: embedded(receipt),
});
export type ReceiptAnswer = Infer<typeof receiptAnswer>;

const blockFields = {
  id: hex(32),
  height: u64,
  parentId: hex(32),
  /** Unix seconds. */
  time: u64,
  /** 20-byte node id. */
  proposer: hex(20),
  transactionsRoot: hex(32),
  /** State root after it. */
  root: hex(32),
  /** Chained hash over every message delivered so far. */
  activity: hex(32),
};

export const blockAnswer = record({
  ...blockFields,
  transactionIds: list(hex(32), MAX_BLOCK_TRANSACTIONS),
});
export type BlockAnswer = Infer<typeof blockAnswer>;

const blockSummary = record({ ...blockFields, transactions: u32 });
export type BlockSummary = Infer<typeof blockSummary>;

export const blockPage = record({
  items: list(embedded(blockSummary), MAX_PAGE_BLOCKS),
  /** Height with which the next page begins. */
  next: optional(u64),
});
export type BlockPage = Infer<typeof blockPage>;

export const blockReceipts = record({
  id: hex(32),
  height: u64,
  begin: embedded(beginReceipt),
  receipts: list(
    embedded(record({ id: hex(32), receipt: embedded(receipt) })),
    MAX_BLOCK_TRANSACTIONS,
  ),
});
export type BlockReceiptsAnswer = Infer<typeof blockReceipts>;

const MAX_BLOCK_EVENTS =
  (MAX_BLOCK_TRANSACTIONS + MAX_TIMERS_PER_BLOCK) * MAX_EVENTS_PER_TRANSACTION;

/** What happened in one block: one message of the event stream. */
export const blockEvents = record({
  height: u64,
  blockId: hex(32),
  time: u64,
  root: hex(32),
  transactions: rows({ id: hex(32), applied: bool }, MAX_BLOCK_TRANSACTIONS),
  events: list(
    embedded(
      record({
        /** Absent for what a timer did at the beginning of the block. */
        transaction: optional(hex(32)),
        /** Among the events of its transaction, or of the beginning. */
        index: u32,
        event: embedded(chainEvent),
      }),
    ),
    MAX_BLOCK_EVENTS,
  ),
});
export type BlockEvents = Infer<typeof blockEvents>;
