import { ok, type Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';
import { type Assembly, assembleOn, type LeftOut } from '../execution/assemble.ts';
import { encodeBlock } from '../execution/block.ts';
import { badOption, isHex, isU64 } from './inputs.ts';
import type { Ledger } from './ledger.ts';

/** A block to build. */
export interface BuildRequest extends Assembly {
  /** Id of the block to build on: the committed tip unless told, or an executed one. */
  readonly parent?: string | undefined;
}

export interface BuiltBlock {
  readonly blockId: string;
  readonly height: bigint;
  /** Canonical bytes for the other nodes, and for `execute` here. */
  readonly bytes: Uint8Array;
  /** State root after it; `execute` gives the same. */
  readonly root: string;
  readonly gasUsed: bigint;
  /** Ids of the transactions in it, in order. */
  readonly included: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

const ADDRESS_BYTES = 20;

/** See `AivmOperations.buildBlock`. */
export const buildBlock = (ledger: Ledger, request: BuildRequest): Result<BuiltBlock> => {
  const { parent: parentId = ledger.tip.blockId, time, proposer, gasLimit } = request;
  if (!isU64(time)) return badOption('time', 'u64');
  if (!isHex(proposer, ADDRESS_BYTES)) return badOption('proposer', '40 lower-case hex digits');
  if (gasLimit !== undefined && !isU64(gasLimit)) return badOption('gasLimit', 'u64');
  const parent = ledger.parent(parentId);
  if (parent === undefined) return runtimeFail('runtime/unknown-parent', { parent: parentId });
  const assembled = assembleOn(ledger.environment, parent, request);
  if (!assembled.ok) return assembled;
  ledger.built = assembled.value;
  const { block, overlay, leftOut } = assembled.value;
  return ok({
    blockId: block.id,
    height: block.header.height,
    bytes: encodeBlock(block),
    root: overlay.root,
    gasUsed: overlay.gasUsed,
    included: overlay.transactions.map(({ id }) => id),
    leftOut,
  });
};
