import type { Failure, Result } from '../../codec/failure.ts';
import { cliErrors, type CliErrorCode } from './errors.ts';

type Details = Readonly<Record<string, string>>;

/** Ends a command with a failure; caught once, at the top, and printed there. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Ends the command with a failure of the command line's own catalogue. */
export const stop = (code: CliErrorCode, details: Details = {}): never => {
  throw new Stop({ code, message: cliErrors[code], details });
};

/** The value of a result; a failure ends the command. */
export const orStop = <T>(result: Result<T, Failure>): T => {
  if (result.ok) return result.value;
  throw new Stop(result.failure);
};

/** What the operating system or a library says of an error, in one line. */
export const causeOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
};
