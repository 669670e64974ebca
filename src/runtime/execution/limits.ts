import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';

/** Largest block on the wire: some 25,000 transfers, or 30 of the largest transactions. */
export const MAX_BLOCK_BYTES = 8_388_608;
/** Most transactions of one block; the parameter `blockGasLimit` binds long before. */
export const MAX_BLOCK_TRANSACTIONS = 16_384;
/** Bytes of a block besides its transactions, at most: header, and the heads of both lists. */
export const BLOCK_FRAME_BYTES = 256;
/** Bytes by which CBOR frames one transaction at most: a head of one byte and u32 (RFC 8949 §3). */
export const TRANSACTION_FRAME_BYTES = 5;
/** Transactions offered to one assembly, those left out included. */
export const MAX_CANDIDATES = 65_536;
/**
 * Blocks that are executed and neither committed nor dropped. Consensus engines keep a handful;
 * memory per pending block is about three times its bytes.
 */
export const MAX_PENDING_BLOCKS = 64;

/** A block of one transaction always fits. */
export const LARGEST_SINGLE_BLOCK_BYTES =
  MAX_TRANSACTION_BYTES + TRANSACTION_FRAME_BYTES + BLOCK_FRAME_BYTES;
