import type { BlockHeader } from '../../actors/header.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { transactionsRoot } from '../../codec/index.ts';
import { runtimeFail } from '../errors.ts';
import type { Block } from './block.ts';

/** What a child block has to fit. */
export interface BlockRef {
  readonly blockId: string;
  readonly height: bigint;
  /** Unix seconds. */
  readonly time: bigint;
}

interface ChainIds {
  readonly networkId: number;
  readonly chainId: string;
}

/** Is the block of our chain? */
const checkChain = (header: BlockHeader, chain: ChainIds): Result<void> => {
  if (header.networkId !== chain.networkId) {
    const expected = String(chain.networkId);
    return runtimeFail('runtime/wrong-network', { expected, found: String(header.networkId) });
  }
  if (header.chainId !== chain.chainId) {
    return runtimeFail('runtime/wrong-chain', { expected: chain.chainId, found: header.chainId });
  }
  return ok(undefined);
};

/** Does the block follow its parent? */
const checkParent = (header: BlockHeader, parent: BlockRef): Result<void> => {
  if (header.parentId !== parent.blockId) {
    const expected = parent.blockId;
    return runtimeFail('runtime/wrong-parent', { expected, found: header.parentId });
  }
  if (header.height !== parent.height + 1n) {
    const expected = String(parent.height + 1n);
    return runtimeFail('runtime/wrong-height', { expected, found: String(header.height) });
  }
  if (header.time < parent.time) {
    const earliest = String(parent.time);
    return runtimeFail('runtime/wrong-time', { earliest, found: String(header.time) });
  }
  return ok(undefined);
};

/**
 * All that can be said of a block without executing it: its chain, its place behind the parent, and
 * that its header commits to its transactions (PROTOCOL §2). How far its time may be ahead is not
 * judged here: only the host has a clock, and must refuse, before it votes for a block, one whose
 * time is further ahead of its own than its consensus allows.
 */
export const validateBlock = (
  block: Block,
  chain: ChainIds,
  parent: BlockRef,
  txIds: readonly string[],
): Result<void> => {
  const ofChain = checkChain(block.header, chain);
  if (!ofChain.ok) return ofChain;
  const ofParent = checkParent(block.header, parent);
  if (!ofParent.ok) return ofParent;
  const expected = transactionsRoot(txIds);
  const found = block.header.transactionsRoot;
  if (found === expected) return ok(undefined);
  return runtimeFail('runtime/wrong-transactions-root', { expected, found });
};
