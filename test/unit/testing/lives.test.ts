import { describe, expect, it } from 'vitest';
import { RIGHT, WRONG } from '../../support/market.ts';
import { auditOf, LADDER_OWNERS, LadderMarket, pairOf } from '../../support/ladder.ts';
import {
  all,
  answer,
  hide,
  nobody,
  type Plan,
  scattered,
  SILENT,
  UNABLE,
  withhold,
} from '../../support/plans.ts';
import { watch } from './support.ts';

/** Seats that do everything there is to do, by their place and how often they were drawn. */
const motley: Plan = (seat, attempt) => {
  const plans = [answer(RIGHT), answer(WRONG), SILENT, UNABLE, withhold(RIGHT), hide(RIGHT)];
  return plans[(seat + 2 * attempt) % plans.length] ?? SILENT;
};

/** One opened market, which each life begins with. */
const market = new LadderMarket(LADDER_OWNERS).open();
const start = market.snapshot();
const watched = watch(market);

const begin = () => {
  market.restore(start);
  return market;
};

const PLANS: readonly (readonly [string, Plan])[] = [
  ['are right', all(RIGHT)],
  ['are wrong', all(WRONG)],
  ['all say something else', scattered],
  ['are silent', nobody],
  ['do all sorts of things', motley],
];

describe('every invariant holds after every block of a ladder', () => {
  it.each(PLANS)('in which the seats of a pair %s, with an appeal', (_, plan) => {
    const { id } = pairOf(begin());
    while (market.stateOf(id) !== 'final') {
      if (market.stateOf(id) === 'decided') {
        const [seat] = market.context(id).appeals;
        if (seat === undefined) market.appeal(id, 'consumer');
        else market.accept(id);
      } else {
        market.playPanel(id, plan);
      }
    }
    expect(market.context(id).settlement).toBeDefined();
  });

  it.each(PLANS)('in which the seats of an audit %s', (_, plan) => {
    const { id, defence } = auditOf(begin());
    while (market.stateOf(id) !== 'final') {
      if (market.stateOf(id) === 'decided') market.accept(id);
      else market.playPanel(id, plan, defence);
    }
    expect(market.context(id).settlement).toBeDefined();
  });

  it('and were asked about', () => {
    expect(watched.blocks()).toBeGreaterThan(500);
  });
});
