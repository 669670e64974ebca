import { BlockBuilder, decodeTransaction } from '../../actors/index.ts';
import { type Failure, ok, type Result } from '../../codec/failure.ts';
import { transactionsRoot, txId } from '../../codec/index.ts';
import { runtimeFail } from '../errors.ts';
import { type Block, idOfHeader } from './block.ts';
import type { Environment } from './environment.ts';
import {
  BLOCK_FRAME_BYTES,
  MAX_BLOCK_BYTES,
  MAX_BLOCK_TRANSACTIONS,
  MAX_CANDIDATES,
  TRANSACTION_FRAME_BYTES,
} from './limits.ts';
import { type Candidate, overlayOf, type Parent } from './outcome.ts';
import type { Overlay } from './overlay.ts';

export interface Assembly {
  /** Unix seconds; never before the parent's. */
  readonly time: bigint;
  /** 20 bytes, hex. */
  readonly proposer: string;
  /** Signed transactions in the order in which they are tried. */
  readonly transactions: readonly Uint8Array[];
  /** Gas that the block may use, if less than the chain allows. */
  readonly gasLimit?: bigint | undefined;
}

/** A transaction that was offered and is not in the block. */
export interface LeftOut {
  /** Of the transaction; absent if there were no bytes worth hashing. */
  readonly id: string;
  readonly failure: Failure;
}

export interface Assembled {
  readonly block: Block;
  readonly overlay: Overlay;
  readonly leftOut: readonly LeftOut[];
}

/** Fills a block as far as it goes: what does not fit or cannot be included is left out. */
const fill = (
  { chain }: Environment,
  builder: BlockBuilder,
  { transactions, gasLimit }: Assembly,
): { readonly included: readonly Candidate[]; readonly leftOut: readonly LeftOut[] } => {
  const included: Candidate[] = [];
  const leftOut: LeftOut[] = [];
  const held = gasLimit === undefined ? 0n : builder.gasLeft - gasLimit;
  let room = MAX_BLOCK_BYTES - BLOCK_FRAME_BYTES;
  const include = (bytes: Uint8Array): Result<Candidate> => {
    const size = bytes.length + TRANSACTION_FRAME_BYTES;
    if (size > room || included.length === MAX_BLOCK_TRANSACTIONS) {
      return runtimeFail('runtime/block-full', { left: String(room) });
    }
    const prepared = decodeTransaction(bytes, chain);
    if (!prepared.ok) return prepared;
    if (prepared.value.body.gasLimit > builder.gasLeft - held) {
      return runtimeFail('runtime/block-full', { gasLeft: String(builder.gasLeft - held) });
    }
    const added = builder.add(prepared.value);
    if (!added.ok) return added;
    room -= size;
    return ok({ bytes, prepared: prepared.value });
  };
  for (const bytes of transactions) {
    const result = include(bytes);
    if (result.ok) included.push(result.value);
    else leftOut.push({ id: txId(bytes), failure: result.failure });
  }
  return { included, leftOut };
};

/**
 * Builds a block on a parent by executing it: `(parent, transactions) → block and overlay`. The
 * block is valid by construction, so executing its bytes gives the same overlay.
 */
export const assembleOn = (
  environment: Environment,
  parent: Parent,
  assembly: Assembly,
): Result<Assembled> => {
  const { networkId, chainId } = environment.chain;
  const { time, proposer } = assembly;
  if (assembly.transactions.length > MAX_CANDIDATES) {
    return runtimeFail('runtime/too-many-candidates', { limit: String(MAX_CANDIDATES) });
  }
  if (time < parent.time) {
    const earliest = String(parent.time);
    return runtimeFail('runtime/wrong-time', { earliest, found: String(time) });
  }
  const height = parent.height + 1n;
  const builder = new BlockBuilder({
    chain: environment.chain,
    source: parent.view,
    header: { height, time },
    parent: { id: parent.blockId, time: parent.time },
    parentActivity: parent.activity,
  });
  const { included, leftOut } = fill(environment, builder, assembly);
  const root = transactionsRoot(included.map(({ prepared }) => prepared.id));
  const header = {
    networkId,
    chainId,
    height,
    parentId: parent.blockId,
    time,
    proposer,
    transactionsRoot: root,
  };
  const id = idOfHeader(header);
  const block = { id, header, transactions: included.map(({ bytes }) => bytes) };
  const overlay = overlayOf(environment, parent, block, included, builder.finish());
  return ok({ block, overlay, leftOut });
};
