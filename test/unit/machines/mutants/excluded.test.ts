import { expect, test } from 'vitest';
import { bondFor } from '../../../../src/client/challenge.ts';
import { providerKeyProof } from '../../../../src/codec/index.ts';
import { replaceSeats } from '../../../../src/machines/challenge/panel.ts';
import { actorId, type Call } from '../../../../src/machines/kit/index.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';
import { RERUN_FEE } from '../audit/support.ts';
import { challenge, seat } from './support.ts';

// PROTOCOL §6.1, I25: nobody chooses after the opening who is kept from a panel.

test('who makes a key of the challenger its provider in that block is drawn all the same', () => {
  // Three owners besides the parties: with one of them left out no panel can sit.
  const market = new Market(5).open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const id = market.challengeOf('p0', 'p1');
  const owner = market.address('p2 owner');
  const proof = market.sign('challenger', providerKeyProof({ ...CHAIN, owner }));
  const itself = actorId('provider', market.address('challenger'));
  const bond = bondFor(SHORT.dispute, RERUN_FEE);
  const receipts = market.block(
    market.order('challenger', id, market.challengeMessage('p0', 'p1'), bond),
    market.order('p2 owner', itself, { type: 'register', proof, endpoint: '' }, 1n),
  );
  expect(receipts.map(({ outcome }) => outcome.type)).toEqual(['applied', 'applied']);
  expect(market.actor(itself)?.context.registeredAt).toBe(market.context(id).openedAt);
  market.publish(id);
  market.pass(id);
  market.seed(id);
  expect(market.actor(id)?.state).toBe('commit');
});

test('a seat for which nobody is left stays empty', () => {
  const nobody = { actor: () => undefined, entry: () => undefined };
  const call = { ...CHAIN, self: `challenge:${'cc'.repeat(32)}`, read: nobody };
  expect(replaceSeats(challenge(), [seat()], call as unknown as Call)).toEqual([]);
});
