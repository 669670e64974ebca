import type { BeginReceipt, ChainContext, Receipt, StateSource } from '../../actors/index.ts';
import type { Failure } from '../../codec/failure.ts';
import type { Genesis } from '../../genesis/genesis.ts';
import type { ActorId, AnyMessage } from '../../machines/kit/index.ts';

/** A transaction that is not signed yet, with all that its signature would cover. */
export interface Unsigned {
  /** Signs it, where the engine asks for signatures. */
  readonly privateKey: string;
  readonly sender: ActorId<'account'>;
  readonly receiver: ActorId;
  readonly message: AnyMessage;
  readonly valueNlux: bigint;
  readonly nonce: bigint;
  readonly expiry: bigint;
  readonly gasLimit: bigint;
  readonly gasPriceNlux: bigint;
}

/** A block as the next one stands on it. */
export interface TestTip {
  readonly height: bigint;
  readonly blockId: string;
  /** Unix seconds. */
  readonly time: bigint;
  /** Activity hash after it. */
  readonly activity: string;
}

/** Everything there is at one moment of a chain. It never changes, so keeping it is a snapshot. */
export interface Moment {
  readonly tip: TestTip;
  readonly state: StateSource;
  /** What the beginning of its block brought: timers. */
  readonly begin: BeginReceipt;
}

/** What became of one transaction that was offered to a block. */
export type Offered =
  | { readonly included: true; readonly receipt: Receipt }
  | { readonly included: false; readonly failure: Failure };

/** A block more. */
export interface Extended<M extends Moment = Moment> {
  readonly moment: M;
  /** One for each transaction, in the order in which they were offered. */
  readonly offered: readonly Offered[];
}

/**
 * A way to execute blocks. Of the same messages every engine makes the same records; what hangs on
 * ids of blocks and transactions (roots, activity, recent blocks) is the engine's own.
 */
export interface Engine<M extends Moment = Moment> {
  readonly chain: ChainContext;
  readonly genesis: Genesis;
  readonly start: M;
  /** Executes one block on a moment, which stays as it is. */
  readonly extend: (moment: M, time: bigint, transactions: readonly Unsigned[]) => Extended<M>;
  /** Root of the state tree, hex. */
  readonly root: (moment: M) => string;
}
