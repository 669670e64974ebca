import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditDeposit, splitFee } from '../../../../src/machines/attestation/money.ts';
import { payers } from '../../../../src/machines/attestation/record.ts';
import { AUDIT_POOL, keyOf, TREASURY } from '../../../../src/machines/kit/index.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import * as market from './support.ts';

const { DEPOSIT, RERUN_FEE } = market;
const [alice, bob] = [market.accountOf('a1'), market.accountOf('b0')];
const PAY = { type: 'pay' } as const;

describe('the deposit of a ticket (PROTOCOL §5)', () => {
  test('is audit rate × seats of the whole ladder × rerun fee, rounded up', () => {
    expect(auditDeposit(SHORT, RERUN_FEE)).toBe((10n * RERUN_FEE) / 20n);
    expect(auditDeposit(SHORT, RERUN_FEE)).toBe(DEPOSIT);
    expect(auditDeposit(SHORT, 1n)).toBe(1n);
    const dispute = { ...SHORT.dispute, auditPanels: [3] };
    expect(auditDeposit({ ...SHORT, dispute }, RERUN_FEE)).toBe((3n * RERUN_FEE) / 20n);
  });

  test('is nothing where nothing is audited', () => {
    expect(auditDeposit({ ...SHORT, auditRateBps: 0 }, RERUN_FEE)).toBe(0n);
  });

  test('covers what audits cost in expectation, ticket by ticket (I9)', () => {
    for (const rerunFeeNlux of [1n, 7n, RERUN_FEE, SHORT.rerunFeeMaximumNlux]) {
      const ladderNlux = 10n * rerunFeeNlux;
      const expected = ladderNlux * BigInt(SHORT.auditRateBps);
      expect(auditDeposit(SHORT, rerunFeeNlux) * 10_000n).toBeGreaterThanOrEqual(expected);
    }
  });
});

describe('splitFee', () => {
  test('gives out exactly the fee, the deposit first, whatever the deposit', () => {
    for (const feeNlux of [0n, 1n, 19n, 20n, DEPOSIT, LUX]) {
      for (const depositNlux of [0n, 1n, feeNlux, feeNlux + 1n, DEPOSIT, 10n * LUX]) {
        for (const protocolShareBps of [0, 500, 10_000]) {
          const split = splitFee(feeNlux, depositNlux, { ...SHORT, protocolShareBps });
          const { auditNlux, protocolNlux, providerNlux } = split;
          expect(auditNlux + protocolNlux + providerNlux).toBe(feeNlux);
          expect(auditNlux).toBe(depositNlux < feeNlux ? depositNlux : feeNlux);
          expect(protocolNlux >= 0n && providerNlux >= 0n).toBe(true);
        }
      }
    }
  });
});

describe('attest', () => {
  test('notes the time of its block, when the ticket of a requester is made', () => {
    const lone = market.attested(LUX / 5n);
    expect(lone.context).toMatchObject({
      includedAt: lone.time,
      auditDepositNlux: DEPOSIT,
      escrowNlux: LUX / 5n,
      requesterNlux: LUX / 5n,
    });
  });

  test('owes no deposit for nobody', () => {
    expect(market.attested().context.auditDepositNlux).toBe(0n);
  });

  test('owes at most the fee, if the rate has risen since the request', () => {
    expect(market.attested(DEPOSIT - 1n).context.auditDepositNlux).toBe(DEPOSIT - 1n);
  });
});

describe('pay', () => {
  test('makes a ticket for each payer, at the time of its first payment', () => {
    const lone = market.attested();
    lone.time = 1_800_000_100n;
    expect(lone.send(alice, PAY, DEPOSIT)).toBeUndefined();
    lone.time = 1_800_000_200n;
    expect(lone.send(bob, PAY, DEPOSIT + 1n)).toBeUndefined();
    lone.time = 1_800_000_300n;
    expect(lone.send(alice, PAY, 1n)).toBeUndefined();
    expect(lone.entry(payers, keyOf(alice))).toEqual({
      amountNlux: DEPOSIT + 1n,
      paidAt: 1_800_000_100n,
    });
    expect(lone.entry(payers, keyOf(bob))?.paidAt).toBe(1_800_000_200n);
    expect(lone.context).toMatchObject({
      payers: 2,
      auditDepositNlux: 2n * DEPOSIT,
      escrowNlux: 2n * DEPOSIT + 2n,
    });
    expect(lone.balance).toBe(2n * DEPOSIT + 2n);
  });

  test('takes no first payment below the deposit, and no later one of nothing', () => {
    const lone = market.attested();
    expect(lone.send(alice, PAY, DEPOSIT - 1n)).toBe('fee-too-low');
    expect(lone.send(alice, PAY, 0n)).toBe('fee-too-low');
    expect(lone.send(alice, PAY, DEPOSIT)).toBeUndefined();
    expect(lone.send(alice, PAY, 0n)).toBe('value-missing');
    expect(lone.send(bob, PAY, DEPOSIT - 1n)).toBe('fee-too-low');
  });

  test('takes something of a first payer even where audits cost nothing', () => {
    const lone = market.attested();
    lone.parameters = { ...SHORT, auditRateBps: 0 };
    expect(lone.send(alice, PAY, 0n)).toBe('fee-too-low');
    expect(lone.send(alice, PAY, 1n)).toBeUndefined();
  });

  test('by the requester keeps the ticket of the inclusion and owes no second deposit', () => {
    const lone = market.attested(LUX / 5n);
    const madeAt = lone.time;
    lone.time += 60n;
    expect(lone.send(market.requester, PAY, 1n)).toBeUndefined();
    expect(lone.entry(payers, market.REQUESTER)).toEqual({ amountNlux: 1n, paidAt: madeAt });
    expect(lone.context).toMatchObject({ payers: 1, auditDepositNlux: DEPOSIT });
  });

  test('beside a request owes a deposit more', () => {
    const lone = market.attested(LUX / 5n);
    expect(lone.send(alice, PAY, DEPOSIT)).toBeUndefined();
    expect(lone.context.auditDepositNlux).toBe(2n * DEPOSIT);
  });

  test('exposes the provider by what the value grew', () => {
    const lone = market.attested(LUX / 5n);
    lone.send(alice, PAY, DEPOSIT);
    expect(lone.sent).toEqual([
      {
        type: 'send',
        to: market.provider,
        value: 0n,
        message: { type: 'expose', valueNlux: DEPOSIT, windowEnd: lone.context.windowEnd },
      },
    ]);
  });
});

describe('any payments of any accounts', () => {
  const payment = fc.record({
    from: fc.constantFrom(alice, bob, market.accountOf('c0'), market.requester),
    value: fc.constantFrom(0n, 1n, DEPOSIT - 1n, DEPOSIT, DEPOSIT + 1n, LUX),
    seconds: fc.bigInt(0n, 100n),
  });

  test('leave a deposit for each ticket, all of it in the escrow', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(payment, { maxLength: 12 }), (isAsked, payments) => {
        const lone = market.attested(isAsked ? DEPOSIT : 0n);
        const holders = new Set<string>(isAsked ? [market.requester] : []);
        for (const { from, value, seconds } of payments) {
          lone.time += seconds;
          if (lone.send(from, PAY, value) === undefined) holders.add(from);
        }
        expect(lone.context.auditDepositNlux).toBe(BigInt(holders.size) * DEPOSIT);
        expect(lone.context.auditDepositNlux <= lone.context.escrowNlux).toBe(true);
        expect(lone.balance).toBe(lone.context.escrowNlux);
        const entries = [...lone.entries.values()] as { readonly amountNlux: bigint }[];
        const held = entries.reduce((sum, { amountNlux }) => sum + amountNlux, 0n);
        expect(held + lone.context.requesterNlux).toBe(lone.context.escrowNlux);
        expect(lone.context.payers).toBe(entries.length);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('settle', () => {
  test('gives the audit pool the deposits of all tickets, whole', () => {
    const lone = market.attested(LUX / 5n);
    lone.send(alice, PAY, DEPOSIT);
    lone.send(bob, PAY, DEPOSIT);
    const escrowNlux = LUX / 5n + 2n * DEPOSIT;
    lone.height = lone.context.windowEnd;
    expect(lone.send(alice, { type: 'settle' })).toBeUndefined();
    const shareNlux = escrowNlux / 20n;
    expect(lone.paidTo(AUDIT_POOL)).toBe(3n * DEPOSIT);
    expect(lone.paidTo(TREASURY)).toBe(shareNlux);
    expect(lone.paidTo(market.owner)).toBe(escrowNlux - 3n * DEPOSIT - shareNlux);
    expect([lone.balance, lone.context.escrowNlux]).toEqual([0n, 0n]);
  });

  test('of payments that are deposits only leaves the rest nothing, not less', () => {
    const lone = market.attested();
    lone.send(alice, PAY, DEPOSIT);
    lone.send(bob, PAY, DEPOSIT);
    lone.height = lone.context.windowEnd;
    expect(lone.send(alice, { type: 'settle' })).toBeUndefined();
    expect(lone.paidTo(AUDIT_POOL)).toBe(2n * DEPOSIT);
    expect([lone.paidTo(TREASURY), lone.paidTo(market.owner), lone.balance]).toEqual([0n, 0n, 0n]);
  });

  test('leaves a payment to a final attestation without deposit or ticket', () => {
    const lone = market.attested();
    lone.height = lone.context.windowEnd;
    expect(lone.send(alice, PAY, 1_000n)).toBeUndefined();
    expect(lone.state).toBe('final');
    expect([lone.paidTo(AUDIT_POOL), lone.paidTo(TREASURY)]).toEqual([0n, 50n]);
    expect(lone.paidTo(market.owner)).toBe(950n);
    expect(lone.entry(payers, keyOf(alice))).toBeUndefined();
  });
});
