import { executeBlock, type StateSource, type TraceEntry } from '../../actors/index.ts';
import { timerKey, TIMER_VALUE } from '../../actors/keys.ts';
import type { BeginReceipt } from '../../actors/receipt.ts';
import { assert, ok, type Result } from '../../codec/failure.ts';
import { fromHex } from '../../codec/index.ts';
import { runtimeFail } from '../errors.ts';
import { prepareAll } from '../execution/execute.ts';
import { updateTree } from '../tree/update.ts';
import { receiptsOf } from './history.ts';
import { isU64 } from './inputs.ts';
import type { Ledger } from './ledger.ts';

/** A committed block, executed once more on the state of its parent. */
export interface BlockTrace {
  readonly height: bigint;
  readonly blockId: string;
  /** Every message delivered, with the chained hash after it: compare with another node's. */
  readonly messages: readonly TraceEntry[];
  /** What this execution gives, and what was committed. */
  readonly activity: string;
  readonly committedActivity: string;
  readonly root: string;
  readonly committedRoot: string;
  /** Whether both agree: if not, the database or the program has changed since. */
  readonly isSame: boolean;
}

/**
 * The state after a height that is kept, as far as a block reads it. The kernel ranges over nothing
 * but the timers that are due; those are not in the history, but in the receipt of the block that
 * delivered them.
 */
const stateAfter = (ledger: Ledger, height: bigint, { timers }: BeginReceipt): StateSource => ({
  get: (key) => {
    const value = ledger.store.getAt(key, height);
    assert(value.ok, 'the height is kept');
    return value.value;
  },
  range: () =>
    timers.map(({ actor, height: due }) => [fromHex(timerKey(due, actor)), TIMER_VALUE] as const),
});

/** See `AivmOperations.traceBlock`. */
export const traceBlock = (ledger: Ledger, height: bigint): Result<BlockTrace> => {
  const { environment, store, tip } = ledger;
  const oldest = store.oldestHeight();
  if (!isU64(height) || height > tip.height) {
    return runtimeFail('runtime/height-ahead', { height: String(height), tip: String(tip.height) });
  }
  const parent = height <= oldest ? undefined : store.block(height - 1n);
  const block = store.block(height);
  if (parent === undefined || block === undefined) {
    return runtimeFail('runtime/height-pruned', { oldest: String(oldest + 1n) });
  }
  const { begin } = receiptsOf(ledger, block);
  const transactions = store.transactions(height).map(({ bytes }) => bytes);
  const candidates = prepareAll(environment, transactions);
  if (!candidates.ok) return candidates;
  const outcome = executeBlock({
    chain: environment.chain,
    source: stateAfter(ledger, parent.height, begin),
    header: { height, time: block.time },
    parent: { id: parent.blockId, time: parent.time },
    parentActivity: parent.activity,
    transactions: candidates.value.map(({ prepared }) => prepared),
    trace: true,
  });
  if (!outcome.ok) return outcome;
  const { root } = updateTree({
    reader: store,
    parent: { version: parent.height },
    version: height,
    changes: outcome.value.changes,
    sha256: environment.sha256,
  });
  const { activity, trace } = outcome.value;
  return ok({
    height,
    blockId: block.blockId,
    messages: trace,
    activity,
    committedActivity: block.activity,
    root,
    committedRoot: block.root,
    isSame: activity === block.activity && root === block.root,
  });
};
