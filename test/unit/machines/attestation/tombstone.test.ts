import { describe, expect, test } from 'vitest';
import { payers } from '../../../../src/machines/attestation/record.ts';
import { isVoidedBy } from '../../../../src/machines/attestation/standing.ts';
import { keyOf } from '../../../../src/machines/kit/index.ts';
import { LUX } from '../../../support/parameters.ts';
import * as market from './support.ts';

const { DEPOSIT } = market;
const [alice, bob] = [market.accountOf('a1'), market.accountOf('b0')];
const FEE = LUX / 5n;
const PAY = { type: 'pay' } as const;
const SETTLE = { type: 'settle' } as const;
const REFUND = { type: 'refund' } as const;

/** Asked and paid for at height 100, with a window of 20 blocks. */
const paid = () => {
  const lone = market.attested(FEE);
  lone.send(alice, PAY, DEPOSIT);
  return lone;
};

describe('isVoidedBy', () => {
  const windowEnd = 120n;
  test.each([
    ['never tombstoned', 0n, false],
    ['while it was pending', 100n, true],
    ['in the last block of its window', 119n, true],
    ['when its window had just passed', 120n, false],
    ['long after', 900n, false],
  ])('%s', (_, tombstonedAt, expected) => {
    expect(isVoidedBy({ windowEnd }, { tombstonedAt })).toBe(expected);
  });
});

describe('the pending attestation of a provider that is tombstoned', () => {
  test('is neither paid nor settled, in its window or after', () => {
    const lone = paid();
    market.tombstone(lone, 110n);
    for (const height of [110n, 119n, 120n, 500n]) {
      lone.height = height;
      expect(lone.send(bob, PAY, FEE)).toBe('attestation-void');
      expect(lone.send(alice, PAY, FEE)).toBe('attestation-void');
      expect(lone.send(bob, SETTLE)).toBe('attestation-void');
    }
    expect([lone.state, lone.balance]).toEqual(['pending', FEE + DEPOSIT]);
  });

  test('gives every payer back the whole, the requester through its request', () => {
    const lone = paid();
    market.tombstone(lone, 110n);
    lone.height = 130n;
    expect(lone.send(alice, REFUND)).toBeUndefined();
    expect(lone.state).toBe('void');
    expect(lone.paidTo(alice)).toBe(DEPOSIT);
    expect(lone.entry(payers, keyOf(alice))).toBeUndefined();
    expect(lone.send(market.requester, REFUND)).toBeUndefined();
    expect(lone.paidTo(market.requester)).toBe(FEE);
    expect(lone.sent.map(({ to, message }) => [to, message.type])).toContainEqual([
      market.request,
      'refunded',
    ]);
    expect(lone.context).toMatchObject({ escrowNlux: 0n, requesterNlux: 0n, payers: 0 });
    expect(lone.balance).toBe(0n);
  });

  test('gives nothing to who has not paid, and nothing twice', () => {
    const lone = paid();
    market.tombstone(lone, 110n);
    expect(lone.send(bob, REFUND)).toBe('nothing-to-refund');
    expect(lone.state).toBe('pending');
    lone.send(alice, REFUND);
    expect(lone.send(alice, REFUND)).toBe('nothing-to-refund');
    expect(lone.send(bob, PAY, FEE)).toBe('not-accepted');
    expect(lone.balance).toBe(FEE);
  });

  test('keeps the verdict of none: it stood in no challenge', () => {
    const lone = paid();
    market.tombstone(lone, 110n);
    lone.send(alice, REFUND);
    expect(lone.context.verdict).toBe('none');
  });
});

describe('an attestation that was final by height before the tombstone', () => {
  test('is paid and settled as ever, and refunds nothing', () => {
    const lone = paid();
    market.tombstone(lone, lone.context.windowEnd);
    lone.height = lone.context.windowEnd;
    expect(lone.send(alice, REFUND)).toBe('attestation-not-void');
    expect(lone.send(bob, PAY, 1_000n)).toBeUndefined();
    expect([lone.state, lone.balance]).toEqual(['final', 0n]);
    expect(lone.paidTo(market.owner)).toBeGreaterThan(0n);
    expect(lone.send(bob, PAY, 1_000n)).toBeUndefined();
  });
});

describe('an attestation of a provider in good standing', () => {
  test('refunds nothing while it is pending', () => {
    const lone = paid();
    expect(lone.send(alice, REFUND)).toBe('attestation-not-void');
    lone.height = lone.context.windowEnd;
    expect(lone.send(alice, REFUND)).toBe('attestation-not-void');
    expect(lone.state).toBe('pending');
  });

  test('in a challenge is decided by its verdict, whatever befalls the provider', () => {
    const lone = paid();
    const challengeId = keyOf(market.challenge);
    expect(lone.send(market.challenge, { type: 'dispute', challengeId })).toBeUndefined();
    market.tombstone(lone, 110n);
    expect(lone.send(alice, REFUND)).toBe('not-accepted');
    lone.send(market.challenge, { type: 'verdict', verdict: 'valid' });
    expect(lone.state).toBe('final');
    expect(lone.send(alice, SETTLE)).toBeUndefined();
    expect(lone.paidTo(market.owner)).toBeGreaterThan(0n);
  });

  test('refunds a faulty one without reading anything of the provider', () => {
    const lone = paid();
    const challengeId = keyOf(market.challenge);
    lone.send(market.challenge, { type: 'dispute', challengeId });
    lone.send(market.challenge, { type: 'verdict', verdict: 'faulty' });
    lone.views.clear();
    expect(lone.send(alice, REFUND)).toBeUndefined();
    expect(lone.paidTo(alice)).toBe(DEPOSIT);
  });
});
