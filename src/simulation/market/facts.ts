import { thresholdsOf } from '../../machines/comparators/index.ts';
import { longestChallengeBlocks } from '../../machines/parameters/schedule.ts';
import { everyAgent } from './people.ts';
import type { Market } from './settings.ts';

/** What a market was played with and its tallies do not say; pictures and reports need it. */
export interface Facts {
  /** D: blocks that the longest challenge takes. */
  readonly deadlineBlocks: number;
  /** The largest distance at which a seat supports, in the unit of the tallies; none of `exact`. */
  readonly tolerance: bigint | undefined;
  /** Share of the eligible stake at the beginning, by group. */
  readonly stakeShares: ReadonlyMap<string, number>;
  /** Stake of one provider of the first group. */
  readonly honestStakeNlux: bigint;
  /**
   * What one provider attests in a day, where a window W is one (PROTOCOL §9): so a market with the
   * short windows of `local` tells of a year by what it loses per attestation.
   */
  readonly attestationsPerDay: number;
}

/** What can be said of a market before it is played. */
export const factsOf = (market: Market): Facts => {
  const { parameters, comparator, attestationsPerBlock } = market;
  const providers = everyAgent(market).filter((each) => each.isProvider);
  const total = providers.reduce((sum, { group }) => sum + group.stakeNlux, 0n);
  const shares = new Map<string, number>();
  for (const { group } of providers) {
    const staked = group.stakeNlux * BigInt(group.count);
    shares.set(group.name, Number(staked) / Number(total));
  }
  const [first] = thresholdsOf(comparator);
  const perWindow = attestationsPerBlock * Number(parameters.windowBlocks);
  return {
    deadlineBlocks: Number(longestChallengeBlocks(parameters.dispute)),
    tolerance: comparator.type === 'exact' ? undefined : first?.lo,
    stakeShares: shares,
    honestStakeNlux: providers[0]?.group.stakeNlux ?? 0n,
    attestationsPerDay: perWindow / providers.length,
  };
};
