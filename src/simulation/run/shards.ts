import type { Work } from '../work.ts';

/** Runs `[from, to)` of one piece of work. */
export interface Shard {
  /** Place of the work in its plan. */
  readonly work: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts work into shards. Every shard but the last of a work has its whole length, so more runs of
 * the same work begin with the same shards, and a checkpoint goes on counting.
 */
export const shardsOf = (works: readonly Work[]): readonly Shard[] =>
  works.flatMap(({ runs, runsPerShard }, work) => {
    const shards = Math.ceil(runs / runsPerShard);
    return Array.from({ length: shards }, (_, at) => {
      const from = at * runsPerShard;
      return { work, from, to: Math.min(from + runsPerShard, runs) };
    });
  });

/** How many that are. */
export const shardCount = (works: readonly Work[]): number =>
  works.reduce((sum, { runs, runsPerShard }) => sum + Math.ceil(runs / runsPerShard), 0);
