import { expect, test } from 'vitest';
import { PARAMETERS } from '../../../../src/machines/kit/index.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { TeeMarket } from '../../../support/tee-market.ts';

/** PROTOCOL §8: a key expires min(reference time + policy age, collateral's expiry). */
test('an enclave key lives as long as profile and chain both allow, whichever is shorter', () => {
  const market = new TeeMarket({ enclaveKeySeconds: 600n }).open();
  const lifeOf = (key: string): bigint => {
    const reference = market.time;
    market.enrol('p0', key);
    return (market.enclaveKey('p0', key)?.expiresAt ?? 0n) - reference;
  };
  expect(market.parameters.tee.enclaveKeySeconds).toBeGreaterThan(600n);
  expect(lifeOf('first')).toBe(600n);
  const parameters: Parameters = {
    ...market.parameters,
    tee: { ...market.parameters.tee, enclaveKeySeconds: 450n },
  };
  market.do('authority', PARAMETERS, { type: 'propose', parameters });
  market.advanceTo(market.actor(PARAMETERS)?.context.pending?.enactableAt ?? 0n);
  market.do('authority', PARAMETERS, { type: 'enact' });
  market.block();
  expect(lifeOf('second')).toBe(450n);
});
