import { type BlockHeader, blockHeader } from '../../actors/header.ts';
import { beginReceipt, type BeginReceipt, receipt, type Receipt } from '../../actors/receipt.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { decode, type Schema } from '../../codec/index.ts';
import { encodeBlock } from '../execution/block.ts';
import { StoreDamagedError } from '../store/errors.ts';
import type { StoredBlock, StoredTransaction } from '../store/store.ts';
import { badOption, isHex, isU64 } from './inputs.ts';
import { runtimeFail } from '../errors.ts';
import type { Ledger } from './ledger.ts';

/** A committed block, by height or by id (64 hex digits). */
export type BlockReference = bigint | string;

export interface BlockRecord {
  readonly blockId: string;
  readonly header: BlockHeader;
  /** State root after it. */
  readonly root: string;
  readonly activity: string;
  readonly transactionIds: readonly string[];
}

export interface ReceiptRecord {
  readonly txId: string;
  readonly height: bigint;
  readonly blockId: string;
  /** Place in the block, from 0. */
  readonly index: number;
  readonly receipt: Receipt;
  /** The transaction itself, as it travelled. */
  readonly bytes: Uint8Array;
}

export interface BlockReceipts {
  readonly blockId: string;
  readonly height: bigint;
  readonly begin: BeginReceipt;
  readonly receipts: readonly { readonly txId: string; readonly receipt: Receipt }[];
}

/** Reads what this program wrote: anything else is damage that no checksum has found. */
const stored = <T>(table: string, key: string, schema: Schema<T>, bytes: Uint8Array): T => {
  const decoded = decode(schema, bytes, schema.maxBytes);
  if (decoded.ok) return decoded.value;
  throw new StoreDamagedError(table, key, decoded.failure.code);
};

const receiptOf = ({ id, receipt: bytes }: StoredTransaction): Receipt =>
  stored('transactions', id, receipt, bytes);

const headerOf = ({ blockId, header }: StoredBlock): BlockHeader =>
  stored('blocks', blockId, blockHeader, header);

const findBlock = (ledger: Ledger, reference: BlockReference): Result<StoredBlock | undefined> => {
  const isReference = typeof reference === 'string' ? isHex(reference, 32) : isU64(reference);
  if (!isReference) return badOption('block', 'a height, or an id of 64 hex digits');
  return ok(ledger.store.block(reference));
};

/** See `AivmOperations.block`. */
export const block = (
  ledger: Ledger,
  reference: BlockReference,
): Result<BlockRecord | undefined> => {
  const found = findBlock(ledger, reference);
  if (!found.ok || found.value === undefined) return found as Result<undefined>;
  const { blockId, height, root, activity } = found.value;
  return ok({
    blockId,
    header: headerOf(found.value),
    root,
    activity,
    transactionIds: ledger.store.transactions(height).map(({ id }) => id),
  });
};

/** See `AivmOperations.blockBytes`. */
export const blockBytes = (
  ledger: Ledger,
  reference: BlockReference,
): Result<Uint8Array | undefined> => {
  const found = findBlock(ledger, reference);
  if (!found.ok || found.value === undefined) return found as Result<undefined>;
  const transactions = ledger.store.transactions(found.value.height).map(({ bytes }) => bytes);
  return ok(encodeBlock({ header: headerOf(found.value), transactions }));
};

/** See `AivmOperations.receipt`. */
export const receiptById = (ledger: Ledger, txId: string): Result<ReceiptRecord | undefined> => {
  if (!isHex(txId, 32)) return runtimeFail('runtime/bad-key', { found: String(txId) });
  const found = ledger.store.receipt(txId);
  if (found === undefined) return ok(undefined);
  const { height, index, bytes } = found;
  const blockId = ledger.store.block(height)?.blockId;
  if (blockId === undefined) throw new StoreDamagedError('blocks', String(height), 'missing');
  return ok({ txId, height, blockId, index, receipt: receiptOf(found), bytes });
};

export const receiptsOf = (ledger: Ledger, found: StoredBlock): BlockReceipts => ({
  blockId: found.blockId,
  height: found.height,
  begin: stored('blocks', found.blockId, beginReceipt, found.beginReceipt),
  receipts: ledger.store
    .transactions(found.height)
    .map((transaction) => ({ txId: transaction.id, receipt: receiptOf(transaction) })),
});

/** See `AivmOperations.receipts`. */
export const receipts = (
  ledger: Ledger,
  reference: BlockReference,
): Result<BlockReceipts | undefined> => {
  const found = findBlock(ledger, reference);
  if (!found.ok || found.value === undefined) return found as Result<undefined>;
  return ok(receiptsOf(ledger, found.value));
};
