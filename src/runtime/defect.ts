import type { Failure } from '../codec/failure.ts';
import { runtimeFail } from './errors.ts';
import { StoreDamagedError, storeFailure } from './store/errors.ts';
import { TreeDamagedError } from './tree/errors.ts';

/**
 * What was thrown below the runtime, as a failure. Nothing throws there but a store that cannot
 * read what it wrote, and a broken invariant of the program.
 */
export const failureOf = (thrown: unknown): Failure => {
  if (thrown instanceof StoreDamagedError) return thrown.failure;
  if (thrown instanceof TreeDamagedError) {
    const what = thrown.message;
    return storeFailure('store/damaged', { table: 'nodes', key: thrown.nodeKey, what }).failure;
  }
  return runtimeFail('runtime/defect', { cause: String(thrown) }).failure;
};
