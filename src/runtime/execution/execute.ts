import { actorFail, decodeTransaction, executeBlock } from '../../actors/index.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { txId } from '../../codec/index.ts';
import type { Block } from './block.ts';
import type { Environment } from './environment.ts';
import { type Candidate, overlayOf, type Parent } from './outcome.ts';
import type { Overlay } from './overlay.ts';
import { validateBlock } from './validate.ts';

/** Reads the transactions of a block; one that cannot be read makes the whole block invalid. */
export const prepareAll = (
  { chain }: Environment,
  transactions: readonly Uint8Array[],
): Result<readonly Candidate[]> => {
  const candidates: Candidate[] = [];
  for (const [index, bytes] of transactions.entries()) {
    const prepared = decodeTransaction(bytes, chain);
    if (!prepared.ok) {
      const { code, details } = prepared.failure;
      const where = { index: String(index), cause: code };
      return actorFail('actors/invalid-transaction', { ...details, ...where });
    }
    candidates.push({ bytes, prepared: prepared.value });
  }
  return ok(candidates);
};

/**
 * Validates a block and executes it on its parent: `(parent, block) → overlay`, without touching
 * either. Cheap checks come first, signatures after them (PROTOCOL §2), messages last.
 */
export const executeOn = (
  environment: Environment,
  parent: Parent,
  block: Block,
): Result<Overlay> => {
  const valid = validateBlock(block, environment.chain, parent, block.transactions.map(txId));
  if (!valid.ok) return valid;
  const candidates = prepareAll(environment, block.transactions);
  if (!candidates.ok) return candidates;
  const outcome = executeBlock({
    chain: environment.chain,
    source: parent.view,
    parent: { id: parent.blockId, time: parent.time },
    parentActivity: parent.activity,
    header: block.header,
    transactions: candidates.value.map(({ prepared }) => prepared),
  });
  if (!outcome.ok) return outcome;
  return ok(overlayOf(environment, parent, block, candidates.value, outcome.value));
};
