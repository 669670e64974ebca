import type { BlockHeader } from '../../actors/header.ts';
import type { BeginReceipt, Receipt } from '../../actors/receipt.ts';

/** A transaction that was executed as part of a block. */
export interface ExecutedTransaction {
  /** `H("aivm/tx-id/1", bytes)`, hex. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly receipt: Receipt;
}

/**
 * What executing one block brought, beside the state of its parent: all that committing it writes
 * and all that a child block needs to be executed on it. Immutable.
 */
export interface Overlay {
  readonly blockId: string;
  readonly header: BlockHeader;
  /** Root of the state tree after the block; the host commits to it in the next header. */
  readonly root: string;
  /** Activity hash after the last message of the block. */
  readonly activity: string;
  readonly gasUsed: bigint;
  /** Records written, by key in hex; undefined where one was deleted. */
  readonly state: ReadonlyMap<string, Uint8Array | undefined>;
  /** New nodes of the state tree, by node key. */
  readonly treePut: ReadonlyMap<string, Uint8Array>;
  /** Keys of older nodes that this version does not refer to any more. */
  readonly treeStale: readonly string[];
  readonly beginReceipt: BeginReceipt;
  readonly transactions: readonly ExecutedTransaction[];
}
