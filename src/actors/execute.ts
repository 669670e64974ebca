import { ok, type Result } from '../codec/index.ts';
import type { Failure } from '../codec/failure.ts';
import { BlockBuilder, type BlockOutcome } from './builder.ts';
import { actorFail } from './errors.ts';
import type { BlockInput } from './run.ts';
import type { PreparedTransaction } from './transaction.ts';

/**
 * Executes a whole block on the state after its parent. A block that holds a transaction which may
 * not be included is invalid as a whole; the failure names its index and the cause. The rules of
 * the header itself (parent, time, root of transactions) are the runtime's to check.
 */
export const executeBlock = (
  input: BlockInput & { readonly transactions: readonly PreparedTransaction[] },
): Result<BlockOutcome, Failure> => {
  const builder = new BlockBuilder(input);
  for (const [index, transaction] of input.transactions.entries()) {
    const added = builder.add(transaction);
    if (added.ok) continue;
    const { code, details } = added.failure;
    const where = { index: String(index), transaction: transaction.id, cause: code };
    return actorFail('actors/invalid-transaction', { ...details, ...where });
  }
  return ok(builder.finish());
};
