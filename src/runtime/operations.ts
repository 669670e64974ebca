import type { Page } from '../actors/query.ts';
import type { Result } from '../codec/failure.ts';
import type { ParametersContext } from '../machines/parameters/record.ts';
import type { CommittedBlock, ExecutedBlock } from './ledger/blocks.ts';
import type { BuildRequest, BuiltBlock } from './ledger/build.ts';
import type { EventsPage, EventsRequest } from './ledger/events.ts';
import type {
  BlockRecord,
  BlockReceipts,
  BlockReference,
  ReceiptRecord,
} from './ledger/history.ts';
import type {
  ActorHashesPage,
  ActorHashesRequest,
  CheckedChain,
  Supply,
} from './ledger/inspect.ts';
import type { ListItem, ListRequest, QueryAnswer, QueryRequest } from './ledger/query.ts';
import type { Status } from './ledger/status.ts';
import type { CommittedListener } from './ledger/subscribers.ts';
import type { BlockTrace } from './ledger/trace.ts';
import type {
  DecodedTransaction,
  DryRun,
  DryRunRequest,
  VerifiedAhead,
} from './ledger/transactions.ts';
import type { Tip } from './store/store.ts';

/**
 * All that a host can ask of a chain. Every operation is synchronous and total: bad input gives a
 * failure with a stable code and changes nothing. Amounts are nLUX, times Unix seconds, ids and
 * roots lower-case hex.
 *
 * Two codes can come from any of them: `runtime/halted` after a broken invariant or a damaged
 * record met while a block was executed, built or committed, from then on; and `runtime/closed`.
 */
export interface AivmOperations {
  /**
   * Reads a signed transaction: canonical form, chain, message, and the sender from its signature.
   * Nothing of the state is asked. Codes: codec/…, actors/wrong-…, actors/malformed-message.
   */
  readonly decodeTx: (bytes: Uint8Array) => Result<DecodedTransaction>;
  /**
   * Whether the next block on the committed tip may include a transaction: `decodeTx`, then nonce,
   * expiry, gas and funds. What its message will do is not judged; see `dryRun`.
   */
  readonly checkTx: (bytes: Uint8Array) => Result<DecodedTransaction>;
  /**
   * Checks the signatures of transactions that will come in a block, those inside of attestations
   * too, and remembers them: a block is then executed in a third of the time. For a host that has
   * a moment between blocks, or catches up. Costs 0.07 ms a signature; the last 65,536 are kept.
   */
  readonly verifyAhead: (transactions: readonly Uint8Array[]) => Result<VerifiedAhead>;
  /** What a transaction would do in the next block, unsigned: its receipt and a gas estimate. */
  readonly dryRun: (request: DryRunRequest) => Result<DryRun>;
  /**
   * Builds a block on the committed tip, or on an executed block, by executing it. Transactions are
   * tried in the order given; those that cannot be included are left out, each with its reason. The
   * host checks its own clock: `time` may not be before the parent's, and other nodes refuse a time
   * too far ahead of theirs.
   */
  readonly buildBlock: (request: BuildRequest) => Result<BuiltBlock>;
  /**
   * Validates a block and executes it on its parent: the committed tip, or any executed block that
   * is neither dropped nor committed. Siblings never see each other. The same block again gives the
   * same answer and does no work. Nothing is written; at most MAX_PENDING_BLOCKS wait.
   *
   * How far its time may be ahead of real time is the host's to judge, before it votes: there is no
   * clock in here (PROTOCOL §2, §10). Codes: runtime/block-…, runtime/wrong-…,
   * runtime/unknown-parent, runtime/already-committed, runtime/too-many-pending,
   * actors/invalid-transaction.
   */
  readonly execute: (parentId: string, bytes: Uint8Array) => Result<ExecutedBlock>;
  /**
   * Makes an executed child of the committed tip the new tip; durable when it returns. Its
   * siblings, with all that stands on them, are dropped; what stands on it stays. After a failure
   * of the disk nothing has changed, and it may be tried again. Codes: runtime/unknown-block,
   * runtime/not-next, runtime/already-committed, store/write-failed.
   */
  readonly commit: (blockId: string) => Result<CommittedBlock>;
  /** Forgets an executed block and all that stands on it, without a trace; gives their ids. */
  readonly drop: (blockId: string) => Result<readonly string[]>;
  /**
   * What stands in the committed state under an actor, an entry of a collection, or a raw key: now
   * or at a height that is kept, with a proof of presence or absence if asked. Check it elsewhere
   * with `verifyQuery`. Codes: runtime/bad-…, runtime/unknown-collection, store/pruned,
   * store/unknown-height.
   */
  readonly query: (request: QueryRequest) => Result<QueryAnswer>;
  /** Actors of a kind, or entries of a collection, in the order of their keys, a page at a time. */
  readonly list: (request: ListRequest) => Result<Page<ListItem>>;
  /** A committed transaction with its receipt, by its id; nothing if there is none. */
  readonly receipt: (txId: string) => Result<ReceiptRecord | undefined>;
  /** The receipts of a committed block; nothing if there is no such block. */
  readonly receipts: (block: BlockReference) => Result<BlockReceipts | undefined>;
  /** A committed block's header, root and transaction ids; nothing if there is none. */
  readonly block: (block: BlockReference) => Result<BlockRecord | undefined>;
  /** A committed block as it travels, for a node that catches up; nothing if there is none. */
  readonly blockBytes: (block: BlockReference) => Result<Uint8Array | undefined>;
  /** What actors told in a range of committed blocks, oldest first. */
  readonly events: (request: EventsRequest) => Result<EventsPage>;
  /**
   * Calls a listener for every block committed from now on, from a bounded buffer and outside of
   * `commit`; gives the function that ends it. A listener that is too slow learns how many it
   * missed, and asks for them by height.
   */
  readonly subscribe: (listener: CommittedListener) => Result<() => void>;
  /** The last committed block. */
  readonly tip: () => Result<Tip>;
  /** The parameters in force, those proposed, and who may propose. */
  readonly parameters: () => Result<ParametersContext>;
  readonly supply: () => Result<Supply>;
  /** Executes a committed block of the kept history again, message by message. */
  readonly traceBlock: (height: bigint) => Result<BlockTrace>;
  /**
   * Reads the whole database: checksums, the root rebuilt from the records, the chain of blocks,
   * and Σ balances = supply. Takes about 25 µs a record. Codes: store/damaged,
   * runtime/wrong-supply.
   */
  readonly check: () => Result<CheckedChain>;
  /** A hash per actor of the committed state, to find where two nodes differ; a page at a time. */
  readonly stateHashByActor: (request?: ActorHashesRequest) => Result<ActorHashesPage>;
  /** How the runtime does; the only operation that a halted one still answers. */
  readonly status: () => Result<Status>;
}
