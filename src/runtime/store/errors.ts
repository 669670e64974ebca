import { failWith } from '../../codec/index.ts';
import type { Failure, FailureCatalogue } from '../../codec/index.ts';

/** Failures of the store: code to the sentence that explains it. */
export const STORE_FAILURES = {
  'store/missing': 'There is no database here: start a chain first, or name its folder.',
  'store/unreadable': 'The database cannot be opened: see to its folder, its owner and the disk.',
  'store/locked': 'Another process uses this database: stop it first, or name another folder.',
  'store/not-a-database':
    'The file is not an LMDB database of this version: name the right folder, or restore a backup.',
  'store/foreign': 'The database is not one of this program: name another folder.',
  'store/wrong-chain':
    'The database belongs to another chain: name another folder, or use its own genesis.',
  'store/wrong-schema':
    'The database was written by another version of this program: use that version, or replay ' +
    'the chain into a new folder.',
  'store/damaged':
    'The database is damaged, and nothing was changed: restore a backup, or replay the chain ' +
    'into a new folder.',
  'store/out-of-order': 'A block is committed at the height after the last one, and at no other.',
  'store/wrong-parent': 'The block was made on another parent than the last committed block.',
  'store/pruned': 'The state of this height is not kept any more: ask for a later one.',
  'store/unknown-height': 'This height is not reached yet: ask for an earlier one.',
  'store/write-failed':
    'The disk did not take the block (a full disk shows as an input/output error), and the state ' +
    'is as before: make room, then start again.',
  'store/read-only': 'The database was opened for reading only.',
} as const satisfies FailureCatalogue;

export type StoreFailureCode = keyof typeof STORE_FAILURES;

export const storeFailure = failWith(STORE_FAILURES);

/**
 * A record cannot be what was written. It is thrown, because records are read deep inside of
 * synchronous execution, which must not go on: the boundary of the runtime turns it into its
 * failure, and the host stops without committing anything.
 */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError';
  readonly failure: Failure<'store/damaged'>;

  /** `what` is wrong with the record of this table and key (hex). */
  constructor(table: string, key: string, what: string) {
    const { failure } = storeFailure('store/damaged', { table, key, what });
    super(`${failure.message} (${what}: ${table} ${key})`);
    this.failure = failure as Failure<'store/damaged'>;
  }
}
