import { expect, test } from 'vitest';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { provider } from '../../../../src/machines/provider/machine.ts';
import { LUX } from '../../../support/parameters.ts';
import { Lone } from '../support/lone.ts';

/** PROTOCOL §6.3: jail on the second missed seat within a day; those before the jail are atoned. */
test('who has left the jail may miss one seat again before it is jailed', () => {
  const desk = new Lone(provider, actorId('provider', '11'.repeat(20)));
  const owner = '0a'.repeat(20);
  const free = 200n * LUX;
  desk.state = 'active';
  desk.context = { ...desk.context, owner, freeNlux: free, weightNlux: free };
  desk.balance = free;
  const challenge = actorId('challenge', 'cc'.repeat(32));
  const miss = () => {
    desk.height += 1n;
    const missed = { type: 'penalize', amountNlux: LUX, noShow: true, since: 90n } as const;
    expect(desk.send(challenge, missed)).toBeUndefined();
    return desk.state;
  };
  expect([miss(), miss()]).toEqual(['active', 'jailed']);
  desk.height = desk.context.jailedUntil;
  expect(desk.send(actorId('account', owner), { type: 'unjail' })).toBeUndefined();
  expect([desk.state, miss(), miss()]).toEqual(['active', 'active', 'jailed']);
});
