import { ok, type Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';
import type { AivmOperations } from '../operations.ts';
import { commitBlock, dropBlock, executeBlockOn } from './blocks.ts';
import { buildBlock } from './build.ts';
import { events } from './events.ts';
import { block, blockBytes, receiptById, receipts } from './history.ts';
import { isBytes, isHex, notBytes } from './inputs.ts';
import { check, parameters, stateHashByActor, supply } from './inspect.ts';
import type { Ledger } from './ledger.ts';
import { list, query } from './query.ts';
import { traceBlock } from './trace.ts';
import { checkTx, decodeTx, dryRun, verifyAhead } from './transactions.ts';

const BLOCK_ID_BYTES = 32;

const bytesThen = <T>(bytes: Uint8Array, then: () => Result<T>): Result<T> =>
  isBytes(bytes) ? then() : notBytes('bytes');

const allBytesThen = <T>(all: readonly Uint8Array[], then: () => Result<T>): Result<T> =>
  Array.isArray(all) && all.every(isBytes) ? then() : notBytes('transactions');

const badId = (blockId: unknown) => runtimeFail('runtime/bad-key', { found: String(blockId) });

/** The operations on a ledger, without the shell that stops them after a broken invariant. */
export const operationsOn = (ledger: Ledger): Omit<AivmOperations, 'status'> => ({
  decodeTx: (bytes) => bytesThen(bytes, () => decodeTx(ledger, bytes)),
  checkTx: (bytes) => bytesThen(bytes, () => checkTx(ledger, bytes)),
  verifyAhead: (all) => allBytesThen(all, () => verifyAhead(ledger, all)),
  dryRun: (request) => dryRun(ledger, request),
  buildBlock: (request) => allBytesThen(request.transactions, () => buildBlock(ledger, request)),
  execute: (parentId, bytes) =>
    isHex(parentId, BLOCK_ID_BYTES)
      ? bytesThen(bytes, () => executeBlockOn(ledger, parentId, bytes))
      : badId(parentId),
  commit: (blockId) =>
    isHex(blockId, BLOCK_ID_BYTES) ? commitBlock(ledger, blockId) : badId(blockId),
  drop: (blockId) => (isHex(blockId, BLOCK_ID_BYTES) ? dropBlock(ledger, blockId) : badId(blockId)),
  query: (request) => query(ledger, request),
  list: (request) => list(ledger, request),
  receipt: (txId) => receiptById(ledger, txId),
  receipts: (reference) => receipts(ledger, reference),
  block: (reference) => block(ledger, reference),
  blockBytes: (reference) => blockBytes(ledger, reference),
  events: (request) => events(ledger, request),
  subscribe: (listener) => ledger.subscribers.add(listener),
  tip: () => ok(ledger.tip),
  parameters: () => parameters(ledger),
  supply: () => supply(ledger),
  traceBlock: (height) => traceBlock(ledger, height),
  check: () => check(ledger),
  stateHashByActor: (request) => stateHashByActor(ledger, request),
});
