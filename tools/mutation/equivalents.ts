// Mutants that no test can find, each with its reason. One that is named here and does not exist
// any more fails the run, so the list cannot grow stale.

export interface Equivalent {
  readonly file: string;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [];
