import { blockHeader } from '../../actors/header.ts';
import { beginReceipt, receipt } from '../../actors/receipt.ts';
import type { BeginReceipt, Receipt } from '../../actors/receipt.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { encode } from '../../codec/index.ts';
import { runtimeFail } from '../errors.ts';
import { decodeBlock } from '../execution/block.ts';
import { executeOn } from '../execution/execute.ts';
import { MAX_PENDING_BLOCKS } from '../execution/limits.ts';
import type { Overlay } from '../execution/overlay.ts';
import type { CommitBatch } from '../store/store.ts';
import type { Ledger } from './ledger.ts';

/** What executing a block gives the host. */
export interface ExecutedBlock {
  readonly blockId: string;
  readonly height: bigint;
  /** Root of the state tree after it: for the header of the next block of the host's own chain. */
  readonly root: string;
  /** Chained hash over every message delivered: where two nodes differ, it says so first. */
  readonly activity: string;
  readonly gasUsed: bigint;
  /** What the beginning of the block brought: timers. */
  readonly begin: BeginReceipt;
  readonly receipts: readonly { readonly txId: string; readonly receipt: Receipt }[];
}

/** What committing a block gives the host. */
export interface CommittedBlock {
  readonly blockId: string;
  readonly height: bigint;
  readonly root: string;
  /** Pending blocks that can never be committed now, and were dropped. */
  readonly dropped: readonly string[];
}

export const executedBlock = (overlay: Overlay): ExecutedBlock => ({
  blockId: overlay.blockId,
  height: overlay.header.height,
  root: overlay.root,
  activity: overlay.activity,
  gasUsed: overlay.gasUsed,
  begin: overlay.beginReceipt,
  receipts: overlay.transactions.map(({ id, receipt: of }) => ({ txId: id, receipt: of })),
});

/** Makes room for an overlay among the pending blocks. */
const keep = (ledger: Ledger, overlay: Overlay): Result<ExecutedBlock> => {
  ledger.forest.add(overlay);
  return ok(executedBlock(overlay));
};

/** See `AivmOperations.execute`. */
export const executeBlockOn = (
  ledger: Ledger,
  parentId: string,
  bytes: Uint8Array,
): Result<ExecutedBlock> => {
  const decoded = decodeBlock(bytes);
  if (!decoded.ok) return decoded;
  const block = decoded.value;
  if (block.header.parentId !== parentId) {
    const found = block.header.parentId;
    return runtimeFail('runtime/wrong-parent', { expected: parentId, found });
  }
  const known = ledger.forest.get(block.id);
  if (known !== undefined) return ok(executedBlock(known));
  const parent = ledger.parent(parentId);
  if (parent === undefined) {
    const isPast = ledger.store.block(parentId) !== undefined;
    return runtimeFail(isPast ? 'runtime/already-committed' : 'runtime/unknown-parent', {
      parent: parentId,
      tip: String(ledger.tip.height),
    });
  }
  if (ledger.forest.isFull) {
    return runtimeFail('runtime/too-many-pending', { limit: String(MAX_PENDING_BLOCKS) });
  }
  // The id commits to the header, and through it to every byte of every transaction.
  if (ledger.built?.block.id === block.id) {
    const { overlay } = ledger.built;
    ledger.built = undefined;
    return keep(ledger, overlay);
  }
  const executed = executeOn(ledger.environment, parent, block);
  return executed.ok ? keep(ledger, executed.value) : executed;
};

/** An overlay as the store takes it. */
export const batchOf = (overlay: Overlay): CommitBatch => ({
  height: overlay.header.height,
  blockId: overlay.blockId,
  parentId: overlay.header.parentId,
  time: overlay.header.time,
  header: encode(blockHeader, overlay.header),
  root: overlay.root,
  activity: overlay.activity,
  state: overlay.state,
  treePut: overlay.treePut,
  treeStale: overlay.treeStale,
  transactions: overlay.transactions.map(({ id, bytes, receipt: of }) => ({
    id,
    bytes,
    receipt: encode(receipt, of),
  })),
  beginReceipt: encode(beginReceipt, overlay.beginReceipt),
});

const unknownBlock = (ledger: Ledger, blockId: string) => {
  const isPast = ledger.store.block(blockId) !== undefined;
  return runtimeFail(isPast ? 'runtime/already-committed' : 'runtime/unknown-block', { blockId });
};

/** See `AivmOperations.commit`. */
export const commitBlock = (ledger: Ledger, blockId: string): Result<CommittedBlock> => {
  const overlay = ledger.forest.get(blockId);
  if (overlay === undefined) return unknownBlock(ledger, blockId);
  const { tip } = ledger;
  const { header, root } = overlay;
  if (header.parentId !== tip.blockId) {
    return runtimeFail('runtime/not-next', { tip: tip.blockId, parent: header.parentId });
  }
  const written = ledger.store.commit(batchOf(overlay));
  if (!written.ok) return written;
  const dropped = ledger.forest.settle(overlay);
  forgetBuilt(ledger);
  const { height, time } = header;
  const transactions = overlay.transactions.length;
  ledger.subscribers.publish({ height, blockId, time, root, transactions });
  return ok({ blockId, height, root, dropped });
};

/** See `AivmOperations.drop`. */
export const dropBlock = (ledger: Ledger, blockId: string): Result<readonly string[]> => {
  const dropped = ledger.forest.drop(blockId);
  if (dropped.length === 0) return unknownBlock(ledger, blockId);
  forgetBuilt(ledger);
  return ok(dropped);
};

/** Forgets a built block whose parent is gone: it can no longer be executed. */
const forgetBuilt = (ledger: Ledger): void => {
  const parentId = ledger.built?.block.header.parentId;
  if (parentId !== undefined && ledger.parent(parentId) === undefined) ledger.built = undefined;
};
