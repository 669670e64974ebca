import type { BlockOutcome } from '../../actors/builder.ts';
import type { PreparedTransaction } from '../../actors/transaction.ts';
import { assert } from '../../codec/failure.ts';
import { updateTree } from '../tree/update.ts';
import type { Block } from './block.ts';
import type { Environment } from './environment.ts';
import type { ExecutedTransaction, Overlay } from './overlay.ts';
import type { StateView } from './resolve.ts';
import type { BlockRef } from './validate.ts';

/** The state that a block is executed on, and what of its block the child needs. */
export interface Parent extends BlockRef {
  /** Activity hash after it. */
  readonly activity: string;
  readonly view: StateView;
}

/** A transaction as it is executed and as it travelled. */
export interface Candidate {
  readonly bytes: Uint8Array;
  readonly prepared: PreparedTransaction;
}

/** Puts the outcome of a block into its overlay: the one place where the state root is made. */
export const overlayOf = (
  { sha256 }: Environment,
  parent: Parent,
  block: Pick<Block, 'id' | 'header'>,
  candidates: readonly Candidate[],
  outcome: BlockOutcome,
): Overlay => {
  assert(candidates.length === outcome.receipts.length, 'one receipt for each transaction');
  const transactions = candidates.map(({ bytes, prepared }, i): ExecutedTransaction => {
    const receipt = outcome.receipts[i];
    assert(receipt !== undefined, 'a transaction has a receipt');
    return { id: prepared.id, bytes, receipt };
  });
  const tree = updateTree({
    reader: parent.view,
    parent: { version: parent.height },
    version: block.header.height,
    changes: outcome.changes,
    sha256,
  });
  return {
    blockId: block.id,
    header: block.header,
    root: tree.root,
    activity: outcome.activity,
    gasUsed: outcome.gasUsed,
    state: outcome.changes,
    treePut: tree.put,
    treeStale: tree.stale,
    beginReceipt: outcome.begin,
    transactions,
  };
};
