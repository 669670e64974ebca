import { describe, expect, test } from 'vitest';
import { RIGHT } from '../../../support/market.ts';
import { TeeMarket } from '../../../support/tee-market.ts';

const eventOf = (market: TeeMarket, provider: string) => {
  const { to, message } = market.teeClaim(provider, RIGHT, (digest) => market.quote(digest));
  const receipt = market.do(provider, to, message);
  const event = receipt.events.find(({ name }) => name === 'attested');
  return {
    to,
    receipt,
    fields: Object.fromEntries((event?.fields ?? []).map(({ name, value }) => [name, value])),
  };
};

describe('a model that requires a TEE', () => {
  test('is served and attested with a report that verifies', () => {
    const market = new TeeMarket().open();
    const { to, fields } = eventOf(market, 'p0');
    expect(market.actor(to)).toMatchObject({ state: 'pending', context: { tee: 'report' } });
    expect(fields).toMatchObject({ tee: 'report', teeKind: 'TDX', tcbStatus: 'UpToDate' });
    expect(fields['platform']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is attested with an enclave key, again and again, without a report', () => {
    const market = new TeeMarket().open();
    market.enrol('p0', 'enclave');
    const none = () => new Uint8Array();
    for (const output of ['first', 'second']) {
      const bytes = new TextEncoder().encode(output);
      const { claim } = market.unsigned('p0', bytes);
      const { to, message } = market.teeClaim('p0', bytes, none, 'enclave');
      expect(claim.outputHash).toBe(message.outputHash);
      if (output === 'second') {
        expect(market.refused('p0', to, message).code).toBe('not-accepted');
        continue;
      }
      market.do('p0', to, message);
      expect(market.actor(to)?.context.tee).toBe('enclaveKey');
    }
  });
});
