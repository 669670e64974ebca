/** A success or a typed failure; the pure core never throws at its callers. */
export type Result<T, F = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

/**
 * A typed error. `code` is stable and documented in docs/errors.md; `message` is a sentence that
 * says what is wrong and what to do. Neither is ever part of the chain's state.
 */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  /** What the message speaks of, by name, as text: an offset, a limit, a height. */
  readonly details: Readonly<Record<string, string>>;
}

/** Every failure an area can give: code to the sentence that explains it. */
export type FailureCatalogue<Code extends string = string> = Readonly<Record<Code, string>>;

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** Makes a function that builds the failed results of one catalogue. */
export const failWith =
  <Code extends string>(catalogue: FailureCatalogue<Code>) =>
  (
    code: Code,
    details: Readonly<Record<string, string>> = {},
  ): { readonly ok: false; readonly failure: Failure<Code> } => ({
    ok: false,
    failure: { code, message: catalogue[code], details },
  });

/**
 * A broken invariant of the program itself. The host must stop and commit nothing; it is never an
 * answer to bad input.
 */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
