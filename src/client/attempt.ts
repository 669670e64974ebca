import { AssertionError, ok, type Failure, type Result } from '../codec/index.ts';
import { clientFail, type ClientErrorCode } from './errors.ts';

/**
 * Runs code of the core on values that a person chose. The core asserts that what it is given is in
 * range; here, at the edge, that is bad input and so a failure that says what is wrong.
 */
export const attempt = <T>(code: ClientErrorCode, run: () => T): Result<T, Failure> => {
  try {
    return ok(run());
  } catch (error) {
    if (error instanceof AssertionError) return clientFail(code, { cause: error.message });
    throw error;
  }
};
