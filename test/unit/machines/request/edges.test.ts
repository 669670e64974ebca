import { describe, expect, test } from 'vitest';
import { sha256Hex, utf8 } from '../../../../src/codec/index.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { Market, RIGHT } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';

const FEE = LUX / 4n;

/** One that `consumer` opens with these fields, in the next block. */
const asking = (change: (market: Market) => Record<string, unknown> = () => ({}), fee = FEE) => {
  const market = new Market().open();
  const id = market.requestOf(0n);
  const message = { ...market.requestMessage('p0', 0n, 0n), ...change(market) };
  return { market, id, to: actorId('request', id), message, fee };
};

const opened = (change?: (market: Market) => Record<string, unknown>) => {
  const { market, id, to, message, fee } = asking(change);
  market.do('consumer', to, message, fee);
  return { market, id, to, expiresAt: market.actor(to)?.context.expiresAt ?? 0n };
};

describe('the expiry of a request (PROTOCOL §9)', () => {
  const { requestExpiryMinimumBlocks: least, requestExpiryMaximumBlocks: most } = SHORT;
  const expiringIn = (blocks: bigint) => (market: Market) => ({
    expiresAt: market.height + 1n + blocks,
  });

  test.each([least, most])('may be %d blocks ahead', (blocks) => {
    const { market, expiresAt } = opened(expiringIn(blocks));
    expect(expiresAt).toBe(market.height + blocks);
  });

  test.each([least - 1n, most + 1n])('may not be %d blocks ahead', (blocks) => {
    const { market, to, message, fee } = asking(expiringIn(blocks));
    expect(market.refused('consumer', to, message, fee).code).toBe('expiry-out-of-range');
  });

  test('gives the fee back from its height on, and not a block before', () => {
    const { market, to, expiresAt } = opened();
    market.advanceTo(expiresAt - 2n);
    expect(market.refused('anyone', to, { type: 'refund' }).code).toBe('not-expired');
    expect([market.height, market.balance(to)]).toEqual([expiresAt - 1n, FEE]);
    market.do('anyone', to, { type: 'refund' });
    expect(market.balance(to)).toBe(0n);
  });

  test('lets the provider answer in its last block, and not at its height', () => {
    const { market, id, expiresAt } = opened();
    market.advanceTo(expiresAt - 2n);
    const before = market.snapshot();
    market.attest('p0', RIGHT, id);
    expect(market.actor(market.attestation('p0', id))?.state).toBe('pending');
    market.restore(before);
    market.block();
    const claim = market.claim('p0', RIGHT, { requestId: id });
    const refusal = market.refused('p0', market.attestation('p0', id), claim);
    expect(refusal.code).toBe('request-expired');
  });
});

describe('what a request asks for', () => {
  const cap = (SHORT.minimumStakeNlux * BigInt(SHORT.exposureBps)) / 10_000n;

  test('is covered by the stake of its provider: fee and declared value alike', () => {
    const declaring = (declaredValueNlux: bigint) => () => ({ declaredValueNlux });
    const over = asking(declaring(cap + 1n));
    expect(over.market.refused('consumer', over.to, over.message, FEE).code).toBe('exposure-cap');
    const just = asking(declaring(cap));
    just.market.do('consumer', just.to, just.message, FEE);
    const dear = asking();
    expect(dear.market.refused('consumer', dear.to, dear.message, cap + 1n).code).toBe(
      'exposure-cap',
    );
  });

  test.each([
    ['another payload', { payloadHash: sha256Hex(utf8('another question')) }, 'p0'],
    ['another provider', {}, 'p1'],
  ])('is not answered by an attestation of %s', (_, change, provider) => {
    const { market, id, to } = opened(() => change);
    const claim = market.claim(provider, RIGHT, { requestId: id });
    const refusal = market.refused(provider, market.attestation(provider, id), claim);
    expect(refusal.code).toBe('request-of-other');
    expect(market.actor(to)?.state).toBe('open');
  });
});

describe('the timestamp of an attestation (PROTOCOL §4)', () => {
  const { timestampPastSeconds: past, timestampAheadSeconds: ahead } = SHORT;

  test.each([-past, ahead])('may be %d seconds from the time of its block', (skew) => {
    const market = new Market().open();
    const claim = market.claim('p0', RIGHT, { timestamp: market.time + 2n + skew });
    market.do('p0', market.attestation('p0'), claim);
    expect(market.actor(market.attestation('p0'))?.context.timestamp).toBe(claim.timestamp);
  });

  test.each([-past - 1n, ahead + 1n])('may not be %d seconds from it', (skew) => {
    const market = new Market().open();
    const claim = market.claim('p0', RIGHT, { timestamp: market.time + 2n + skew });
    expect(market.refused('p0', market.attestation('p0'), claim).code).toBe(
      'timestamp-out-of-range',
    );
  });
});
