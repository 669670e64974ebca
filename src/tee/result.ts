import { MESSAGES, type RejectionCode } from './errors.ts';

/** A value or a typed rejection. Shaped like the codec's result, so callers can pass it on. */
export type Result<T, F = Rejection> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export type Failed = { readonly ok: false; readonly failure: Rejection };

/** Where in the verification a rejection arose. */
export type Stage =
  | 'quote'
  | 'pck'
  | 'root'
  | 'root_crl'
  | 'pck_ca'
  | 'pck_crl'
  | 'tcb_signer'
  | 'tcb_info'
  | 'qe_identity'
  | 'qe'
  | 'tdx_module'
  | 'tcb'
  | 'policy'
  | 'collateral';

/** A security version that falls short: which one, what the platform has, what it needs. */
export interface Shortfall {
  /** `sgx` and `tdx` components have an index 0..15; the others have one value only. */
  readonly part: 'sgx' | 'pce' | 'tdx' | 'qe' | 'tdx-module';
  readonly index: number;
  readonly have: number;
  readonly need: number;
  /** The vendor's own words for the component, such as `BIOS`; empty when it gives none. */
  readonly category: string;
  readonly type: string;
}

/**
 * Why something is refused. `code` is stable; `message` is a sentence that says what is wrong and
 * what to do. Neither is ever part of a chain's state.
 */
export interface Rejection {
  readonly code: RejectionCode;
  readonly stage: Stage;
  readonly message: string;
  readonly details: Readonly<Record<string, string>>;
  /** Present when a TCB is refused and a level exists that it could reach. */
  readonly shortfall?: readonly Shortfall[];
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

export const reject = (
  stage: Stage,
  code: RejectionCode,
  details: Readonly<Record<string, string>> = {},
): Failed => ({ ok: false, failure: { code, stage, message: MESSAGES[code], details } });

/** The same failure, told as one of another stage: the parsers do not know what they parse for. */
export const atStage = <T>(result: Result<T>, stage: Stage): Result<T> =>
  result.ok ? result : { ok: false, failure: { ...result.failure, stage } };

/** A broken invariant of the program itself; never an answer to bad input. */
export class TeeAssertionError extends Error {
  override readonly name = 'TeeAssertionError';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TeeAssertionError(message);
}
