import { expect, test } from 'vitest';
import { encode, profileHash } from '../../../../src/codec/index.ts';
import { profileSpecification } from '../../../../src/machines/profile/record.ts';
import { RIGHT } from '../../../support/market.ts';
import { TeeMarket } from '../../../support/tee-market.ts';

/** PROTOCOL §8: a key is judged by one profile's measurements and policy when it is enrolled. */
test('an enclave key signs for the profile that it was enrolled for, and for no other', () => {
  const market = new TeeMarket({ enclaveKeySeconds: 600n }).open();
  market.enrol('p0', 'enclave');
  const own = market.teeClaim('p0', RIGHT, () => new Uint8Array(), 'enclave');
  const before = market.snapshot();
  market.do('p0', own.to, own.message);
  market.restore(before);

  const specification = { ...market.specification, rerunFeeNlux: 50_000_000n };
  const other = profileHash(encode(profileSpecification, specification));
  expect(other).not.toBe(market.profileHash);
  Object.assign(market, { specification, profileHash: other });
  const deposit = market.parameters.profileDepositNlux;
  market.do('creator', market.profile, { type: 'register', specification }, deposit);
  market.serve('p0');
  const { to, message } = market.teeClaim('p0', RIGHT, () => new Uint8Array(), 'enclave');
  expect(market.refused('p0', to, message)).toMatchObject({ code: 'signature-of-other' });
  market.attestWithReport('p0', RIGHT);
  expect(market.actor(to)?.context.tee).toBe('report');
});
