/**
 * What came of many runs, exact: observations are integers of a stated unit, so tallies of shards
 * that are added in any order, by any number of processes, are the same.
 */
export interface Tally {
  /** Observations. */
  readonly n: number;
  /** Their sum, in the unit of the observable. */
  readonly sum: bigint;
  /** The sum of their squares. */
  readonly squares: bigint;
  /** How often each value was seen, for observables of which a distribution is shown. */
  readonly counts?: ReadonlyMap<bigint, number> | undefined;
}

/** What one piece of work brings: a tally by the name of what is observed. */
export type Tallies = ReadonlyMap<string, Tally>;
