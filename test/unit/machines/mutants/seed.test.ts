import { expect, test } from 'vitest';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';

// PROTOCOL §6, 3: the timer does what nobody has asked for, by the round that is known by then.

test('a panel that cannot sit ends the challenge by its timer, too, and no round moves', () => {
  const market = new Market(4).open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const id = market.challenge('p0', 'p1');
  market.publish(id);
  market.pass(id);
  market.submitRound(market.seedRound(id));
  expect(market.actor(id)?.state).toBe('awaitSeed');
  market.pass(id);
  expect(market.actor(id)?.state).toBe('final');
  expect(market.context(id)).toMatchObject({ ending: 'panelCannotSit', seedMoved: false });
});
