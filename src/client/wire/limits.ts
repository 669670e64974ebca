import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';

/** Records on one page of a listing, at most, and unless told. */
export const MAX_PAGE_ITEMS = 100;
export const DEFAULT_PAGE_ITEMS = 50;
/** Blocks in one answer about a range of heights. */
export const MAX_PAGE_BLOCKS = 100;
/** Bytes of one record of the state; contexts are limited far below. */
export const MAX_RECORD_BYTES = 1_048_576;
/** Bytes of a key of the state tree: an entry of an actor, both with a key of 32 bytes. */
export const MAX_STATE_KEY_BYTES = 128;
/** Bytes of any texts: codes of failures, versions, names. */
export const MAX_TEXT_BYTES = 1_024;
/** A transaction as hex in JSON, with its frame: no request has more. */
export const MAX_BODY_BYTES = 2 * MAX_TRANSACTION_BYTES + 1_024;
