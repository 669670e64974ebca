import type { PreparedTransaction } from '../../actors/transaction.ts';
import type { Failure } from '../../codec/failure.ts';
import type { ReceiptRecord } from '../../runtime/index.ts';

/** How a transaction stands at this node. */
export type TransactionStatus =
  | { readonly type: 'pending'; readonly prepared: PreparedTransaction; readonly bytes: Uint8Array }
  | {
      readonly type: 'included';
      readonly prepared: PreparedTransaction;
      readonly bytes: Uint8Array;
      readonly receipt: ReceiptRecord;
    }
  | { readonly type: 'dropped'; readonly failure: Failure }
  | { readonly type: 'unknown' };

/** An account as its owner needs it to sign the next transaction. */
export interface AccountState {
  /** Next nonce in the committed state. */
  readonly nonce: bigint;
  /** Next nonce behind what waits of it without a gap. */
  readonly pendingNonce: bigint;
  readonly balanceNlux: bigint;
}

/** A block that was built, executed and durably committed. */
export interface ProducedBlock {
  readonly height: bigint;
  readonly blockId: string;
  readonly root: string;
  /** Unix seconds. */
  readonly time: bigint;
  /** Ids of its transactions, in order. */
  readonly included: readonly string[];
  /** Transactions that were offered, could not be included and are forgotten. */
  readonly dropped: readonly { readonly id: string; readonly failure: Failure }[];
}
