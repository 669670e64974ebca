import { expect } from 'vitest';
import { roundAtOrAfter } from '../../../../src/machines/beacon/rounds.ts';
import { BEACON } from '../../../../src/machines/kit/index.ts';
import { waitForLuck, type Fixed } from './luck.ts';
import { idOf, ordersOf, REPLAYED } from './moves.ts';
import { pictureOf, pictureOfSpec } from './observe.ts';
import type { SpecMarket } from './spec-market.ts';
import { challengeAt, type SpecState, type SpecTrace, type SpecWorld } from './trace.ts';

/** Replays a trace of the specification through the runtime, and compares them after every step. */

export { REPLAYED };

const BLOCK_SECONDS = 2n;

/** The first beacon round that nobody can know at the next block, if it comes so much later. */
const unknownAt = (market: SpecMarket, laterSeconds: bigint, blocks: bigint): bigint => {
  const source = market.actor(BEACON)?.context.source;
  if (source === undefined) throw new Error('there is no beacon');
  const { beaconMarginSeconds, blockTimeSeconds } = market.parameters.dispute;
  const time = market.time + laterSeconds + BLOCK_SECONDS + beaconMarginSeconds;
  return roundAtOrAfter(source, time + blockTimeSeconds * blocks);
};

/** Has the seed of this round of the challenge been moved at any time? */
const isMoved = (trace: SpecTrace, at: number, round: number): boolean =>
  trace.some(({ world }) => {
    const spec = world.challenges[at];
    return spec?.round === round && spec.seedMoved;
  });

const atTheEnd = (trace: SpecTrace, at: number) => {
  const last = trace.at(-1);
  if (last === undefined) throw new Error('a trace has a state');
  return challengeAt(last.world, at);
};

interface Fixing {
  readonly round: number;
  readonly by: 'opening' | 'moving' | 'asking';
}

/**
 * Which panel's seed is fixed by this step, in the challenge `at`: that of the first by the
 * opening, of the next where it is asked for, and of any by its not coming in time (PROTOCOL §6, 1
 * and 3).
 */
const fixing = (before: SpecWorld, { did, world }: SpecState, at: number): Fixing | undefined => {
  const [was, now] = [before.challenges[at], challengeAt(world, at)];
  if (was === undefined) return { round: 1, by: 'opening' };
  if (now.seedMoved && !was.seedMoved) return { round: now.round, by: 'moving' };
  if (did.name === 'appeal' && did.at === at) return { round: now.round + 1, by: 'asking' };
  const isUndecided = now.round > was.round && was.phase !== 'appealed';
  return isUndecided ? { round: now.round, by: 'asking' } : undefined;
};

const fixedBy = (
  market: SpecMarket,
  trace: SpecTrace,
  before: SpecWorld,
  after: SpecState,
): readonly Fixed[] =>
  after.world.challenges.flatMap((now, at) => {
    const found = fixing(before, after, at);
    if (found === undefined) return [];
    const { round, by } = found;
    // A seed that will be moved draws nobody.
    if (by !== 'moving' && isMoved(trace, at, round)) return [];
    const id = idOf(market, now);
    const blocks = by === 'opening' ? market.parameters.dispute.publishBlocks : 0n;
    // A later panel keeps the seed that was fixed at the opening, unless it may be known by now.
    const planned = by === 'asking' ? (market.context(id).seedRounds[round - 1] ?? 0n) : 0n;
    const beaconRound = (laterSeconds: bigint) => {
      const unknown = unknownAt(market, laterSeconds, blocks);
      return planned > unknown ? planned : unknown;
    };
    return [{ id, spec: atTheEnd(trace, at), round, beaconRound }];
  });

const play = (market: SpecMarket, trace: SpecTrace, index: number, label: string): void => {
  const [previous, after] = [trace[index - 1], trace[index]];
  if (previous === undefined || after === undefined) throw new Error(`no step ${index}`);
  const before = previous.world;
  market.advanceTo(BigInt(after.world.height) - 1n);
  waitForLuck(market, fixedBy(market, trace, before, after));
  const orders = ordersOf({ market, before, after });
  for (const receipt of market.block(...orders)) {
    expect(receipt.outcome, label).toEqual({ type: 'applied' });
  }
};

/** Each state of the trace is met, step by step; the message of a difference names the step. */
export const expectReplays = (market: SpecMarket, trace: SpecTrace, name: string): void => {
  for (const [index, { did, world }] of trace.entries()) {
    const label = `${name}, step ${index}: ${did.name} ${did.who} ${did.at}`;
    if (index > 0) play(market, trace, index, label);
    expect(pictureOf(market, world), label).toEqual(pictureOfSpec(world));
  }
};
