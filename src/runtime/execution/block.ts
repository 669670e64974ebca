import { type BlockHeader, blockHeader } from '../../actors/header.ts';
import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';
import { assert, ok, type Result } from '../../codec/failure.ts';
import { blob, blockId, decode, encode, list, record } from '../../codec/index.ts';
import { runtimeFail } from '../errors.ts';
import { LARGEST_SINGLE_BLOCK_BYTES, MAX_BLOCK_BYTES, MAX_BLOCK_TRANSACTIONS } from './limits.ts';

assert(LARGEST_SINGLE_BLOCK_BYTES <= MAX_BLOCK_BYTES, 'a block holds the largest transaction');

/** A block on the wire: its header, and its signed transactions in order. */
const wireBlock = record({
  header: blockHeader,
  transactions: list(blob(MAX_TRANSACTION_BYTES), MAX_BLOCK_TRANSACTIONS),
});

/** A block read from its bytes; nothing of it is checked against a chain yet. */
export interface Block {
  /** `H("aivm/block/1", header)`, hex. */
  readonly id: string;
  readonly header: BlockHeader;
  /** Canonical bytes of each signed transaction. */
  readonly transactions: readonly Uint8Array[];
}

/** The id of the block with this header (PROTOCOL §2). */
export const idOfHeader = (header: BlockHeader): string => blockId(encode(blockHeader, header));

/** Canonical bytes of a block. */
export const encodeBlock = (block: Pick<Block, 'header' | 'transactions'>): Uint8Array =>
  encode(wireBlock, { header: block.header, transactions: [...block.transactions] });

/** Reads a block; refused unless the bytes are canonical and within all limits. */
export const decodeBlock = (bytes: Uint8Array): Result<Block> => {
  if (bytes.length > MAX_BLOCK_BYTES) {
    const found = String(bytes.length);
    return runtimeFail('runtime/block-too-large', { limit: String(MAX_BLOCK_BYTES), found });
  }
  const decoded = decode(wireBlock, bytes, MAX_BLOCK_BYTES);
  if (!decoded.ok) {
    const { code, details } = decoded.failure;
    return runtimeFail('runtime/block-malformed', { ...details, cause: code });
  }
  const { header, transactions } = decoded.value;
  return ok({ id: idOfHeader(header), header, transactions });
};
