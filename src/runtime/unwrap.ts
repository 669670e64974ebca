import type { Result } from '../codec/failure.ts';
import { AivmError } from './aivm-error.ts';

/**
 * The value of a result, for a program that means to stop at the first failure: throws the failure
 * as an AivmError. A host that serves others looks at the failure instead.
 */
export const unwrap = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new AivmError(result.failure);
};
