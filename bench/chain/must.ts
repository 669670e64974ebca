import type { Result } from '../../src/codec/failure.ts';

/** The value of a result; a benchmark has nobody to hand a failure to. */
export const must = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  const { code, message, details } = result.failure;
  throw new Error(`${code}: ${message} ${JSON.stringify(details)}`);
};
