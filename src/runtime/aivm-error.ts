import * as Data from 'effect/Data';
import type { Failure } from '../codec/failure.ts';

/** A failure of any area in the error channel of an Effect; it has the fields of a Failure. */
export class AivmError extends Data.TaggedError('AivmError')<Failure> {}
