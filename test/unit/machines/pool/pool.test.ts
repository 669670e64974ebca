import { describe, expect, test } from 'vitest';
import { encode } from '../../../../src/codec/index.ts';
import { actorId, AUDIT_POOL, BURN, TREASURY } from '../../../../src/machines/kit/index.ts';
import { auditPool, burn, treasury } from '../../../../src/machines/pool/machine.ts';
import { auditPoolMessage, poolMessage } from '../../../../src/machines/pool/messages.ts';
import { Lone } from '../support/lone.ts';

const account = actorId('account', '11'.repeat(20));
const challenge = actorId('challenge', 'c1'.repeat(32));
const attestation = actorId('attestation', 'a7'.repeat(32));
const provider = actorId('provider', 'b0'.repeat(20));

const POOLS = [
  ['audit pool', auditPool, AUDIT_POOL],
  ['treasury', treasury, TREASURY],
  ['burn', burn, BURN],
] as const;

describe.each(POOLS)('the %s', (_, definition, id) => {
  const pool = () => new Lone(definition as typeof treasury, id);

  test('takes deposits from all who owe, and from accounts', () => {
    const lone = pool();
    for (const from of [account, provider, attestation, challenge]) {
      expect(lone.send(from, { type: 'deposit' }, 7n)).toBeUndefined();
      expect(lone.events).toEqual([['deposited', { from, to: id, amountNlux: '7' }]]);
    }
    expect([lone.balance, lone.sent]).toEqual([28n, []]);
    const model = actorId('model', '33'.repeat(32));
    expect(lone.send(model, { type: 'deposit' }, 7n)).toBe('sender-not-entitled');
  });

  test('has an empty context', () => {
    expect(encode(definition.context, definition.initial).length).toBe(definition.contextBytes);
  });
});

describe('reserve', () => {
  const filled = (balanceNlux: bigint) => {
    const lone = new Lone(auditPool, AUDIT_POOL);
    lone.send(account, { type: 'deposit' }, balanceNlux);
    return lone;
  };

  test.each([
    ['what is asked for', 100n, 60n, 60n],
    ['the last of it', 100n, 100n, 100n],
    ['all there is where more is asked for', 100n, 101n, 100n],
    ['nothing of nothing', 0n, 5n, 0n],
  ])('answers a challenge with %s', (_, balanceNlux, amountNlux, paidNlux) => {
    const lone = filled(balanceNlux);
    expect(lone.send(challenge, { type: 'reserve', amountNlux })).toBeUndefined();
    expect(lone.sent).toEqual([
      { type: 'send', to: challenge, value: paidNlux, message: { type: 'reserved' } },
    ]);
    expect(lone.balance).toBe(balanceNlux - paidNlux);
    expect(lone.events).toEqual([['reserved', { to: challenge, amountNlux: String(paidNlux) }]]);
  });

  test('serves challenges one after the other until it is empty', () => {
    const lone = filled(100n);
    const other = actorId('challenge', 'c2'.repeat(32));
    lone.send(challenge, { type: 'reserve', amountNlux: 70n });
    lone.send(other, { type: 'reserve', amountNlux: 70n });
    expect([lone.paidTo(other), lone.balance]).toEqual([30n, 0n]);
  });

  test('is for challenges only, and brings nothing', () => {
    const lone = filled(100n);
    const message = { type: 'reserve', amountNlux: 1n } as const;
    for (const from of [account, attestation, provider]) {
      expect(lone.send(from, message)).toBe('sender-not-entitled');
    }
    expect(lone.send(challenge, message, 1n)).toBe('value-not-payable');
    expect(lone.balance).toBe(100n);
  });

  test.each([
    ['treasury', treasury],
    ['burn', burn],
  ])('is no message of the %s: nothing leaves it', (_, { rules, compiled }) => {
    expect(Object.keys(rules)).toEqual(['deposit']);
    expect(compiled.edges.get('open')?.has('reserve')).toBe(false);
  });

  test('keeps the code of deposit, so that one encoding serves all pools', () => {
    const deposit = { type: 'deposit' } as const;
    expect(encode(auditPoolMessage, deposit)).toEqual(encode(poolMessage, deposit));
  });
});
