import { expect, test } from 'vitest';
import { bondFor } from '../../../../src/client/challenge.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';
import { audit, RERUN_FEE } from '../audit/support.ts';

// PROTOCOL §6, I41 and I42: a challenge lives at the address of what it is about, and nowhere else.

const ELSEWHERE = actorId('challenge', 'ab'.repeat(32));

test('an audit is opened at its own address', () => {
  const market = new Market().open();
  market.attest('p0', RIGHT);
  const { receiver, message } = audit(market, market.attestation('p0'));
  const bond = bondFor(SHORT.dispute, RERUN_FEE, 'audit');
  expect(market.refused('challenger', ELSEWHERE, message, bond).code).toBe('wrong-challenge-id');
  market.do('challenger', receiver, message, bond);
});

test('a pair is opened at its own address, for its bond', () => {
  const market = new Market().open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const [id, message] = [market.challengeOf('p0', 'p1'), market.challengeMessage('p0', 'p1')];
  const bond = bondFor(SHORT.dispute, RERUN_FEE);
  expect(market.refused('challenger', ELSEWHERE, message, bond).code).toBe('wrong-challenge-id');
  expect(market.refused('challenger', id, message, bond - 1n).code).toBe('bond-mismatch');
  market.do('challenger', id, message, bond);
});
