import { describe, expect, test } from 'vitest';
import { bondFor } from '../../../../src/client/challenge.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';
import { audit, RERUN_FEE } from './support.ts';

const BYTES_32 = 'ab'.repeat(32);
const BYTES_20 = 'ab'.repeat(20);

const answers = () => {
  const market = new Market().open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  return market;
};

/**
 * Guards read only what the message names. One that names others than those who stand behind an
 * attestation is refused by name: an account cannot make the program fail (I51).
 */
describe('an opening that names others than those behind the attestation', () => {
  test('of a pair is refused', () => {
    const market = answers();
    const id = market.challengeOf('p0', 'p1');
    const bond = bondFor(SHORT.dispute, RERUN_FEE);
    const refuse = (change: object) =>
      market.refused('challenger', id, { ...market.challengeMessage('p0', 'p1'), ...change }, bond)
        .code;
    expect(refuse({ firstProvider: BYTES_20 })).toBe('not-one-claim');
    expect(refuse({ secondProvider: market.address('p0') })).toBe('not-one-claim');
    expect(refuse({ profileHash: BYTES_32 })).toBe('not-one-claim');
    expect(refuse({ modelId: BYTES_32 })).toBe('not-one-claim');
    // Which of the two is named first makes no difference (I17).
    const [firstProvider, secondProvider] = [market.address('p1'), market.address('p0')];
    const swapped = { ...market.challengeMessage('p0', 'p1'), firstProvider, secondProvider };
    market.do('challenger', id, swapped, bond);
    expect(market.actor(id)?.state).toBe('publish');
  });

  test('of an audit is refused', () => {
    const market = answers();
    const { receiver, message } = audit(market, market.attestation('p0'));
    const bond = bondFor(SHORT.dispute, RERUN_FEE, 'audit');
    const refuse = (change: object, value = bond) =>
      market.refused('challenger', receiver, { ...message, ...change }, value).code;
    expect(refuse({ provider: BYTES_20 })).toBe('not-one-claim');
    expect(refuse({ profileHash: BYTES_32 })).toBe('not-one-claim');
    expect(refuse({ modelId: BYTES_32 })).toBe('not-one-claim');
    expect(refuse({ attestation: BYTES_32 })).toBe('attestation-unknown');
    expect(refuse({}, bond / 2n)).toBe('bond-mismatch');
    market.do('challenger', receiver, message, bond);
    expect(market.context(receiver)).toMatchObject({ form: 'audit', bondNlux: bond });
  });
});
