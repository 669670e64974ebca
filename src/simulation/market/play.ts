import type { Passed } from './chain.ts';
import { assert } from '../../codec/index.ts';
import { longestChallengeBlocks } from '../../machines/parameters/schedule.ts';
import type { Work } from '../work.ts';
import { Book } from './book.ts';
import { Court } from './court.ts';
import { type Ground, keptGround } from './ground.ts';
import { Outcomes } from './outcome.ts';
import { Session } from './session.ts';
import type { Market } from './settings.ts';
import { Trade } from './trade.ts';
import { Watch } from './watch.ts';
import { Wealth } from './wealth.ts';

/** Blocks for what people still have to send once everything is decided. */
const SPARE_BLOCKS = 64n;

export interface PlayOptions {
  /** Called after every block, by tests that check invariants. */
  readonly observer?: ((passed: Passed) => void) | undefined;
}

/**
 * No market takes longer: its last attestation's window, a whole challenge, and all that is owed.
 */
const longestBlocks = ({ parameters, blocks }: Market): bigint =>
  BigInt(blocks) +
  2n * (parameters.requestExpiryMaximumBlocks + parameters.windowBlocks) +
  longestChallengeBlocks(parameters.dispute) +
  SPARE_BLOCKS;

/**
 * One replication, from the beginning of a market until everything in it is settled, or would be if
 * its proposer let people.
 */
export const playOnce = (
  ground: Ground,
  seed: string,
  run: number,
  options: PlayOptions = {},
): Session => {
  const { market } = ground;
  const session = new Session(ground, seed, run);
  session.chain.observer = options.observer;
  const outcomes = new Outcomes(session);
  const wealth = new Wealth(session);
  const court = new Court(session, (dispute, context) => {
    outcomes.observe(dispute, context);
    for (const held of dispute.defendants) trade.judged(held);
  });
  const watch = new Watch(
    session,
    (dispute) => court.begin(dispute),
    (held) => trade.released(held),
  );
  const trade = new Trade(session, (held) => watch.see(held));
  const end = session.chain.height + longestBlocks(market);
  for (let passed = 0; passed < market.blocks; passed += 1) {
    trade.ask();
    session.step();
  }
  const isOpen = (): boolean => trade.open > 0 || court.size > 0;
  while (isOpen() && session.chain.height < end) session.step();
  // Only a proposer that leaves orders out for ever keeps anybody from what is owed.
  assert(
    !isOpen() || market.proposer.censors > 0,
    'a market is settled in the time of its windows',
  );
  session.book.happened('settled', !isOpen());
  wealth.observe();
  return session;
};

/** Attestations that are played in about a second where a few of them are challenged. */
const ATTESTATIONS_PER_SHARD = 500;

const runsPerShard = ({ attestationsPerBlock, blocks }: Market): number =>
  Math.max(1, Math.floor(ATTESTATIONS_PER_SHARD / Math.max(1, attestationsPerBlock * blocks)));

/** A market as work that can be split: what a run brings depends on seed and index alone. */
export const workOfMarket = (market: Market): Work => ({
  key: `market ${market.id}`,
  runs: market.runs,
  runsPerShard: runsPerShard(market),
  play: (seed, from, to) => {
    const ground = keptGround(market);
    const book = new Book();
    for (let run = from; run < to; run += 1) book.add(playOnce(ground, seed, run).book);
    return book.tallies;
  },
});
