import type { Tallies } from './tally.ts';

/**
 * A piece of a simulation that can be split by runs. What a run brings depends on the seed, the key
 * of its work and its index alone: so it is the same in whichever shard, process or session it is
 * played, and a simulation that was interrupted goes on where it was.
 */
export interface Work {
  /** Of everything that decides what comes of it besides seed and index; unique in a scenario. */
  readonly key: string;
  /** Runs are numbered `[0, runs)`. */
  readonly runs: number;
  /** Runs that one shard should hold, so that it takes about a second. */
  readonly runsPerShard: number;
  /** Plays the runs `[from, to)`. */
  readonly play: (seed: string, from: number, to: number) => Tallies;
}
