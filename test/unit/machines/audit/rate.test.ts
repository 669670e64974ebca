import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash, u64be } from '../../../../src/codec/index.ts';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { isDrawn } from '../../../../src/machines/attestation/audit.ts';
import { auditDeposit } from '../../../../src/machines/attestation/money.ts';
import { auditReserve, bondOf } from '../../../../src/machines/challenge/money.ts';
import { AUDIT_POOL } from '../../../../src/machines/kit/index.ts';
import { seatsOf } from '../../../../src/machines/parameters/ladder.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { accusedAt, attestWhere, auditMarket, DEPOSIT, OWNERS, protocolAudit } from './support.ts';
import { RESERVE, roundOf, timeAfter } from './support.ts';

const HASHES = 2n ** 256n;

/** How many of the 2^256 hashes are drawn: those with `hash · 10⁴ < rate · 2^256`. */
const drawnHashes = (rateBps: number): bigint => (BigInt(rateBps) * HASHES + 9_999n) / 10_000n;

const at = (auditRateBps: number, auditPanels: readonly number[] = [3, 7]): Parameters => ({
  ...MAINNET,
  auditRateBps,
  dispute: { ...MAINNET.dispute, auditPanels },
});

describe('what the pool pays out in expectation (I9)', () => {
  const rates = fc.integer({ min: 0, max: 10_000 });
  const fees = fc.bigInt({ min: 1n, max: MAINNET.rerunFeeMaximumNlux });
  const ladders = fc.constantFrom<readonly number[]>([3], [3, 7], [1, 3, 7], [5, 9]);

  test('is at most what tickets deposited: exactly, but for less than 2^-128 nLUX', () => {
    fc.assert(
      fc.property(rates, fees, ladders, (rate, fee, panels) => {
        const parameters = at(rate, panels);
        const reserve = auditReserve(parameters.dispute, fee);
        expect(reserve).toBe(BigInt(seatsOf(panels)) * fee);
        const deposit = auditDeposit(parameters, fee);
        // The rate as a count of hashes is rounded up, by less than one hash.
        expect(reserve * drawnHashes(rate) < deposit * HASHES + reserve).toBe(true);
        // The deposit is rounded up, by less than one nLUX.
        expect(deposit * 10_000n < reserve * BigInt(rate) + 10_000n).toBe(true);
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  test('of the defaults is the deposit itself: a twentieth of ten seats', () => {
    expect([auditDeposit(SHORT, SHORT.rerunFeeMaximumNlux)]).toEqual([(4n * LUX) / 10n]);
    expect([RESERVE, DEPOSIT]).toEqual([LUX, LUX / 20n]);
  });

  /** 32 bytes for each pair of numbers: as random as SHA-256, and the same in each run. */
  const bytes = (kind: bigint, index: number): string =>
    hash('aivm/test-draws/1', u64be(kind), u64be(BigInt(index)));

  test.each([
    [500, 1],
    [500, 3],
    [2_500, 2],
    [9_000, 2],
  ])('at %i bp over many attestations of %i tickets: within four sigma', (rate, tickets) => {
    const ATTESTATIONS = 10_000;
    let draws = 0;
    let audits = 0;
    for (let index = 0; index < ATTESTATIONS; index += 1) {
      const id = bytes(1n, index);
      const drawn = Array.from({ length: tickets }, (_, ticket) =>
        isDrawn(bytes(2n, index * tickets + ticket), id, rate),
      ).filter(Boolean).length;
      draws += drawn;
      audits += drawn > 0 ? 1 : 0;
    }
    const p = rate / 10_000;
    const count = ATTESTATIONS * tickets;
    const sigma = Math.sqrt(count * p * (1 - p));
    expect(Math.abs(draws - count * p)).toBeLessThanOrEqual(4 * sigma);
    // Of an attestation's tickets one audit comes at most, and each has paid for one.
    const parameters = at(rate);
    const fee = LUX / 10n;
    const deposited = auditDeposit(parameters, fee) * BigInt(count);
    const most = auditReserve(parameters.dispute, fee) * BigInt(audits);
    const slack = auditReserve(parameters.dispute, fee) * BigInt(Math.ceil(4 * sigma));
    expect(most).toBeLessThanOrEqual(deposited + slack);
  });
});

describe('the rate', () => {
  const hexes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

  test('of nothing draws nothing, of the whole draws everything, and more draws more', () => {
    fc.assert(
      fc.property(hexes, hexes, fc.integer({ min: 0, max: 9_999 }), (round, id, rate) => {
        const drawn = (bps: number) => isDrawn(hex(round), hex(id), bps);
        expect([drawn(0), drawn(10_000)]).toEqual([false, true]);
        expect(drawn(rate) && !drawn(rate + 1)).toBe(false);
      }),
      { numRuns: 500, seed: 10 },
    );
  });

  const asked = (auditRateBps: number) => {
    const market = auditMarket(OWNERS, { ...SHORT, auditRateBps }, 1_000n * LUX);
    const requestId = market.ask('p0', LUX);
    const time = timeAfter(market);
    const to = attestWhere(market, () => true, { requestId });
    market.submitRound(roundOf(market, time));
    return { market, to, ...protocolAudit(market, to) };
  };

  test('of nothing asks for no deposit and lets no audit be opened', () => {
    const { market, to, receiver, message } = asked(0);
    expect(accusedAt(market, to).context.auditDepositNlux).toBe(0n);
    expect(market.refused('anyone', receiver, message).code).toBe('audit-not-drawn');
  });

  test('of the whole asks for all seats in advance and lets every ticket open one', () => {
    const { market, to, receiver, message } = asked(10_000);
    expect(accusedAt(market, to).context.auditDepositNlux).toBe(RESERVE);
    market.do('anyone', receiver, message);
    expect(market.balance(receiver)).toBe(RESERVE);
  });
});

describe('who has to pay can', () => {
  test('a bond covers every seat of its own ladder, the reserve those of an audit', () => {
    const { dispute } = MAINNET;
    const fee = MAINNET.rerunFeeMaximumNlux;
    expect(bondOf(dispute, fee, 'pair')).toBeGreaterThanOrEqual(
      BigInt(seatsOf(dispute.pairPanels)) * fee,
    );
    const ofAudit = BigInt(seatsOf(dispute.auditPanels)) * fee;
    expect(bondOf(dispute, fee, 'audit')).toBeGreaterThanOrEqual(ofAudit);
    expect(auditReserve(dispute, fee)).toBe(ofAudit);
  });

  test('a settled fee brings the pool its deposit before anybody else is paid', () => {
    const market = auditMarket();
    const requestId = market.ask('p0', DEPOSIT);
    const to = attestWhere(market, () => true, { requestId });
    market.advanceTo(accusedAt(market, to).context.windowEnd);
    const before = market.balance(AUDIT_POOL);
    market.do('anyone', to, { type: 'settle' });
    expect(market.balance(AUDIT_POOL) - before).toBe(DEPOSIT);
  });
});
