import { describe, expect, test } from 'vitest';
import { simulate } from '../../../../src/actors/index.ts';
import { encode } from '../../../../src/codec/index.ts';
import { attestationMessage } from '../../../../src/machines/attestation/messages.ts';
import type { Verifier } from '../../../../src/machines/kit/index.ts';
import { createVerifyCache, nobleEngine } from '../../../../src/tee/index.ts';
import { opensslEngine } from '../../../../src/tee/p256/openssl.ts';
import { RIGHT } from '../../../support/market.ts';
import { makeWorldQuote } from '../../../../src/tee/generator/index.ts';
import { localWorld, measured, TeeMarket } from '../../../support/tee-market.ts';
import { CHAIN } from '../../../support/world.ts';

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

  test.each([
    ['SGX', { tee: 'SGX' }, {}],
    ['TDX 1.5 in a quote of version 5', {}, { version: 5, body: 'td15' }],
  ] as const)('is attested from %s too', (_, world, quote) => {
    const machine = localWorld(world);
    const measurements = [measured(makeWorldQuote(machine, quote))];
    const market = new TeeMarket({ measurements }).open();
    const reportOf = (digest: string) => market.quote(digest, quote, machine);
    const { to, message } = market.teeClaim('p0', RIGHT, reportOf);
    market.do('p0', to, message);
    expect(market.actor(to)?.context.tee).toBe('report');
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

describe('what a report is judged to be', () => {
  const market = new TeeMarket().open();
  const warm = createVerifyCache();
  const verifiers = [
    { engine: nobleEngine, cache: undefined },
    { engine: opensslEngine, cache: undefined },
    { engine: opensslEngine, cache: warm },
    { engine: nobleEngine, cache: warm },
  ];

  const receiptOf = (tee: Verifier['tee'], { to, message }: ReturnType<TeeMarket['teeClaim']>) => {
    const simulated = simulate({
      chain: { ...CHAIN, verifier: { ...CHAIN.verifier, tee } },
      source: market.state,
      height: market.height + 1n,
      time: market.time + 2n,
      sender: market.account('p0'),
      body: {
        networkId: CHAIN.networkId,
        chainId: CHAIN.chainId,
        nonce: 0n,
        expiry: 0n,
        gasLimit: 1_000_000n,
        gasPriceNlux: 0n,
        receiver: to,
        valueNlux: 0n,
        message: encode(attestationMessage, message),
      },
    });
    if (!simulated.ok) throw new Error(simulated.failure.code);
    return simulated.value;
  };

  const change = (at: number) => (digest: string) => {
    const quote = market.quote(digest);
    quote[at] = (quote[at] ?? 0) ^ 1;
    return quote;
  };

  test.each([
    ['a good one', (digest: string) => market.quote(digest), 'applied'],
    ['one with another measurement', change(184), 'refused'],
    ['one with another signature', change(640), 'refused'],
    ['one with another attestation key', change(700), 'refused'],
    ['one with another quoting enclave', change(800), 'refused'],
  ])('is the same with every engine, cold and warm, in any order: %s', (_, reportOf, outcome) => {
    const claim = market.teeClaim('p0', RIGHT, reportOf);
    const receipts = [...verifiers, ...verifiers.toReversed()].map((tee) => receiptOf(tee, claim));
    expect(receipts[0]?.outcome.type).toBe(outcome);
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
  });
});
