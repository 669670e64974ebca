import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS_ACTIVITY, type Receipt } from '../../../src/actors/index.ts';
import { LADDER_OWNERS, LadderMarket, pairOf } from '../../support/ladder.ts';
import { answer, hide, type Plan, SILENT, UNABLE, withhold } from '../../support/plans.ts';
import { RIGHT, WRONG } from '../../support/market.ts';
import type { World } from '../../support/world.ts';
import { MemoryState } from '../../unit/actors/support/memory-state.ts';

const SEED = 20_261_204;
type Order = ReturnType<World['order']>;

/** Keeps the orders of every block. */
class Recorded extends LadderMarket {
  readonly blocks: (readonly Order[])[] = [];

  override block(...orders: readonly Order[]): readonly Receipt[] {
    this.blocks.push(orders);
    return super.block(...orders);
  }
}

const PLANS = [answer(RIGHT), answer(WRONG), SILENT, UNABLE, withhold(RIGHT), hide(RIGHT)];

/** A pair through its ladder with an appeal. */
const live = (market: LadderMarket, plan: Plan): void => {
  const { id } = pairOf(market);
  while (market.stateOf(id) !== 'final') {
    if (market.stateOf(id) !== 'decided') market.playPanel(id, plan);
    else if (market.context(id).appeals.length === 0) market.appeal(id, 'consumer');
    else market.accept(id);
  }
};

const market = new Recorded(LADDER_OWNERS).open();
const start = market.snapshot();
const copy = ({ records }: MemoryState): MemoryState =>
  new MemoryState(
    [...records]
      .map(([key, bytes]) => [key, bytes.slice()] as const)
      .reduce((map, [key, bytes]) => map.set(key, bytes), new Map<string, Uint8Array>()),
  );

/** The same blocks on bytes alone: at some heights all that a process may remember is gone. */
const replay = (blocks: readonly (readonly Order[])[], interruptions: ReadonlySet<number>) => {
  market.restore({ ...start, state: copy(start.state) });
  for (const [index, orders] of blocks.entries()) {
    if (interruptions.has(index)) {
      const moment = { ...market.snapshot(), state: copy(market.state) };
      market.restore(start);
      market.block();
      market.restore(moment);
    }
    market.block(...orders);
  }
  return { dump: market.state.dump(), height: market.height };
};

describe('a chain that is restored from its records', () => {
  it('I53: goes on as one that never stopped, whenever in a dispute that was', () => {
    const plans = fc.array(fc.constantFrom(...PLANS), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(plans, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (answers, stops) => {
        market.restore(start);
        market.blocks.length = 0;
        live(market, (seat, attempt) => answers[(seat + attempt) % 7] ?? SILENT);
        const blocks = [...market.blocks];
        const expected = { dump: market.state.dump(), height: market.height };
        const interruptions = new Set(stops.map((stop) => stop % blocks.length));
        expect(replay(blocks, interruptions)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 12 },
    );
    expect(market.activity).not.toBe(GENESIS_ACTIVITY);
  });
});
