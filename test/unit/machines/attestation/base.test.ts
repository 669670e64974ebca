import { expect, test } from 'vitest';
import { Market, RIGHT } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';

/** PROTOCOL §5: `base(a) = max(minimum stake, ⌈value(a)·10⁴/κ⌉)`, again when someone pays. */
test('what an attestation answers for grows with what is paid for it', () => {
  const market = new Market().open(() => 400n * LUX);
  const fee = LUX / 4n + 1n;
  market.attest('p0', RIGHT);
  const id = market.attestation('p0');
  const baseNlux = () => market.actor(id)?.context.baseNlux;
  const ofValue = (value: bigint): bigint => {
    const kappa = BigInt(SHORT.exposureBps);
    return (value * 10_000n + kappa - 1n) / kappa;
  };
  expect(baseNlux()).toBe(SHORT.minimumStakeNlux);
  market.do('consumer', id, { type: 'pay' }, fee);
  expect(ofValue(fee)).toBeLessThan(SHORT.minimumStakeNlux);
  expect(baseNlux()).toBe(SHORT.minimumStakeNlux);
  market.do('anyone', id, { type: 'pay' }, fee);
  expect(ofValue(2n * fee)).toBeGreaterThan(SHORT.minimumStakeNlux);
  expect(baseNlux()).toBe(ofValue(2n * fee));
  market.do('consumer', id, { type: 'pay' }, fee);
  expect(baseNlux()).toBe(ofValue(3n * fee));
});
