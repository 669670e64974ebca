import { expect, test } from 'vitest';
import { RIGHT } from '../../../support/market.ts';
import { LadderMarket, marketOnce, pairOf } from '../../../support/ladder.ts';
import { answer, SILENT, UNABLE, type Plan } from '../../../support/plans.ts';

// PROTOCOL §6, 4: a seat that nobody took in a commit window is drawn once more, and once only.

const opened = marketOnce(() => new LadderMarket(35).open());

const drawn = () => {
  const game = pairOf(opened());
  game.market.toPanel(game.id);
  return game;
};

test('a seat is drawn again for its last window, and not for those before', () => {
  const { market, id } = drawn();
  const plan: Plan = (_, attempt) => [UNABLE, SILENT][attempt] ?? answer(RIGHT);
  market.commitWindow(id, plan);
  market.commitWindow(id, plan);
  const seats = market.context(id).seats.map(({ state, attempt }) => [state, attempt]);
  expect(seats).toEqual([
    ['unable', 0],
    ['silent', 1],
    ['drawn', 2],
  ]);
});

test('seats of an earlier panel are not drawn again with those of the next', () => {
  const { market, id } = drawn();
  while (market.stateOf(id) === 'commit') market.commitWindow(id, () => UNABLE);
  market.toPanel(id);
  market.commitWindow(id, () => SILENT);
  expect([1, 2].map((round) => market.drawn(id, round).length)).toEqual([3, 6]);
});
