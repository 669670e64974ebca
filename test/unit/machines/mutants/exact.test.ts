import { describe, expect, test } from 'vitest';
import { actorId, AUDIT_POOL, BURN, TREASURY } from '../../../../src/machines/kit/address.ts';
import { valuePositive, fromOwner } from '../../../../src/machines/kit/checks.ts';
import type { Call } from '../../../../src/machines/kit/call.ts';
import { u64Key } from '../../../../src/machines/kit/collection.ts';
import { emit, send } from '../../../../src/machines/kit/effect.ts';
import { because, guardsOf } from '../../../../src/machines/kit/guard.ts';
import * as integer from '../../../../src/machines/kit/integer.ts';
import {
  burn,
  payAccount,
  payAuditPool,
  payTreasury,
} from '../../../../src/machines/kit/payments.ts';

describe('amounts are rounded as they are said to be', () => {
  test.each([
    [9_999n, 1, 0n, 1n],
    [10_000n, 1, 1n, 1n],
    [10_001n, 1, 1n, 2n],
    [7n, 10_000, 7n, 7n],
    [0n, 500, 0n, 0n],
  ])('%d nLUX at %d basis points', (amountNlux, bps, floor, ceil) => {
    expect(integer.bpsFloor(amountNlux, bps)).toBe(floor);
    expect(integer.bpsCeil(amountNlux, bps)).toBe(ceil);
  });

  test.each([
    [1n, 10_000, 1n],
    [1n, 9_999, 2n],
    [9_999n, 9_999, 10_000n],
    [0n, 1, 0n],
    [3n, 1, 30_000n],
  ])('%d nLUX are %d basis points of at least so much', (amountNlux, bps, whole) => {
    expect(integer.bpsInverseCeil(amountNlux, bps)).toBe(whole);
  });

  test('of two amounts there is a larger and a smaller', () => {
    expect([integer.larger(1n, 2n), integer.larger(2n, 1n)]).toEqual([2n, 2n]);
    expect([integer.smaller(1n, 2n), integer.smaller(2n, 1n)]).toEqual([1n, 1n]);
  });
});

test.each([
  [0n, '0000000000000000'],
  [255n, '00000000000000ff'],
  [2n ** 64n - 1n, 'f'.repeat(16)],
])('the key of an entry named %d is eight bytes in hex', (value, key) => {
  expect(u64Key(value)).toBe(key);
});

describe('payments', () => {
  const address = 'a5'.repeat(20);
  const account = actorId('account', address);

  test('of nothing are not sent', () => {
    expect(payAccount(address, 'refund', 0n)).toEqual([]);
    for (const pay of [burn, payTreasury, payAuditPool]) expect(pay(0n)).toEqual([]);
  });

  test('of the least amount are', () => {
    expect(payAccount(address, 'refund', 1n)).toEqual([
      { type: 'send', to: account, value: 1n, message: { type: 'credit', purpose: 'refund' } },
    ]);
    const sent = [burn, payTreasury, payAuditPool].flatMap((pay) => pay(1n));
    expect(sent).toEqual(
      [BURN, TREASURY, AUDIT_POOL].map((to) => send(to, { type: 'deposit' }, 1n)),
    );
  });

  test('no value goes with a message that names none', () => {
    expect(send(BURN, { type: 'deposit' }).value).toBe(0n);
  });
});

describe('what people read is text', () => {
  test('in an event', () => {
    const fields = { amountNlux: '5', isLast: 'true', by: 'burn:' };
    expect(emit('paid', { amountNlux: 5n, isLast: true, by: BURN })).toEqual({
      type: 'emit',
      name: 'paid',
      fields,
    });
  });

  test('in a reason', () => {
    const details = { expiresAt: '7', isOpen: 'false' };
    expect(because('not-expired', { expiresAt: 7n, isOpen: false })).toEqual({
      code: 'not-expired',
      details,
    });
  });
});

describe('a guard', () => {
  const from = actorId('account', 'a5'.repeat(20));
  const callWith = (value: bigint) => ({ from, value }) as Call;
  const message = { type: 'pay' } as const;
  const guard = guardsOf<{ owner: string }, typeof message>()('pay', valuePositive, fromOwner);
  const why = (owner: string, value: bigint) =>
    guard.why({ owner }, { type: 'pay', message, call: callWith(value) })?.code;

  test('gives the reason of the first check that fails, and holds if none does', () => {
    expect(why('00'.repeat(20), 0n)).toBe('value-missing');
    expect(why('00'.repeat(20), 1n)).toBe('not-owner');
    expect(why('a5'.repeat(20), 0n)).toBe('value-missing');
    expect(why('a5'.repeat(20), 1n)).toBeUndefined();
  });
});
