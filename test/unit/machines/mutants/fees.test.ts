import { describe, expect, test } from 'vitest';
import { isVoidedBy } from '../../../../src/machines/attestation/standing.ts';
import { actorId, AUDIT_POOL, TREASURY } from '../../../../src/machines/kit/index.ts';
import { LUX } from '../../../support/parameters.ts';
import * as market from '../attestation/support.ts';

// PROTOCOL §5, to the last nLUX: who is told of a fee, and what nothing at all does.

const { DEPOSIT, REQUESTER } = market;
const [alice, bob] = [market.accountOf('a1'), market.accountOf('b0')];
const PAY = { type: 'pay' } as const;
const SETTLE = { type: 'settle' } as const;
const REFUND = { type: 'refund' } as const;

type LoneAttestation = ReturnType<typeof market.attested>;

const finish = (lone: LoneAttestation): void => {
  lone.height = lone.context.windowEnd;
};

/** A challenge finds the attestation faulty. */
const condemn = (lone: LoneAttestation): void => {
  lone.send(market.challenge, { type: 'dispute', challengeId: 'c1'.repeat(32) });
  lone.send(market.challenge, { type: 'verdict', verdict: 'faulty' });
};

const kindsOf = (lone: LoneAttestation) => lone.effects.map(({ type }) => type);

describe('a payment', () => {
  test('of a pending attestation is told of, with payer and amount', () => {
    const lone = market.attested();
    lone.send(alice, PAY, DEPOSIT);
    expect(lone.events).toEqual([['paid', { payer: alice, amountNlux: `${DEPOSIT}` }]]);
  });

  test('raises the base that a slash is measured by', () => {
    const lone = market.attested();
    const before = lone.context.baseNlux;
    lone.send(alice, PAY, LUX);
    // κ = 30 bp: one LUX is covered by 333 ⅓.
    expect([before, lone.context.baseNlux]).toEqual([100n * LUX, (10_000n * LUX + 29n) / 30n]);
  });

  test('of a final one is told of as paid, and as shared at once', () => {
    const lone = market.attested();
    finish(lone);
    lone.send(alice, SETTLE);
    lone.send(alice, PAY, 1_000n);
    expect(lone.events).toEqual([
      ['paid', { payer: alice, amountNlux: '1000' }],
      ['feePaid', { providerNlux: '950', protocolNlux: '50', auditNlux: '0' }],
    ]);
  });

  test('that makes it final settles first what was in escrow, in events of its own', () => {
    const lone = market.attested(LUX / 5n);
    finish(lone);
    lone.send(alice, PAY, 1_000n);
    expect(lone.events.map(([name]) => name)).toEqual(['feePaid', 'paid', 'feePaid']);
    expect(lone.balance).toBe(0n);
  });

  test('within the value that the request declares exposes nothing more', () => {
    const lone = market.attested(DEPOSIT);
    lone.context = { ...lone.context, declaredValueNlux: LUX };
    lone.send(alice, PAY, DEPOSIT);
    expect(lone.sent).toEqual([]);
  });

  test('that raises the value by one nLUX exposes one', () => {
    const lone = market.attested(DEPOSIT);
    lone.context = { ...lone.context, declaredValueNlux: 2n * DEPOSIT - 1n };
    lone.send(alice, PAY, DEPOSIT);
    expect(lone.sent.map(({ message }) => message)).toEqual([
      { type: 'expose', valueNlux: 1n, windowEnd: lone.context.windowEnd },
    ]);
  });
});

describe('settling', () => {
  test('tells the request that it is settled, and the world how the fee was shared', () => {
    const lone = market.attested(LUX / 5n);
    finish(lone);
    lone.send(alice, SETTLE);
    expect(lone.sent.at(-1)).toMatchObject({ to: market.request, message: { type: 'settled' } });
    const [auditNlux, protocolNlux] = [DEPOSIT, LUX / 100n];
    const providerNlux = LUX / 5n - auditNlux - protocolNlux;
    expect(lone.events).toEqual([
      [
        'feePaid',
        {
          auditNlux: `${auditNlux}`,
          protocolNlux: `${protocolNlux}`,
          providerNlux: `${providerNlux}`,
        },
      ],
    ]);
    expect(lone.context).toMatchObject({ escrowNlux: 0n, requesterNlux: 0n });
  });

  test('where nobody has paid does nothing and says nothing', () => {
    const lone = market.attested();
    finish(lone);
    expect(lone.send(alice, SETTLE)).toBeUndefined();
    expect([lone.state, lone.effects]).toEqual(['final', []]);
  });

  test('of one nLUX pays it', () => {
    const lone = market.attested(1n);
    finish(lone);
    expect(lone.send(alice, SETTLE)).toBeUndefined();
    expect(lone.paidTo(AUDIT_POOL)).toBe(1n);
    expect(lone.sent.some(({ to }) => to === market.request)).toBe(true);
    expect(lone.balance).toBe(0n);
  });

  test('tells no request where nobody asked', () => {
    const lone = market.attested();
    lone.send(alice, PAY, DEPOSIT);
    finish(lone);
    lone.send(alice, SETTLE);
    expect(lone.sent.map(({ to }) => to)).toEqual([AUDIT_POOL]);
  });

  test('rounds the share of the protocol down: the provider loses nothing to it', () => {
    const lone = market.attested();
    finish(lone);
    lone.send(alice, PAY, 1_019n);
    expect([lone.paidTo(TREASURY), lone.paidTo(market.owner)]).toEqual([50n, 969n]);
  });
});

describe('each state takes what is its own (PROTOCOL §3)', () => {
  test('pending: nothing is settled before the window has passed, nothing refunded', () => {
    const lone = market.attested(LUX / 5n);
    lone.height = lone.context.windowEnd - 1n;
    expect(lone.send(alice, SETTLE)).toBe('not-final');
    expect(lone.send(market.requester, REFUND)).toBe('attestation-not-void');
    expect(lone.send(alice, PAY, 1n)).toBe('fee-too-low');
    finish(lone);
    expect(lone.send(alice, PAY, 0n)).toBe('fee-too-low');
    expect(lone.send(alice, SETTLE)).toBeUndefined();
    expect(lone.send(alice, PAY, 0n)).toBe('value-missing');
  });

  test('of a tombstoned provider: only refunds', () => {
    const lone = market.attested(LUX / 5n);
    market.tombstone(lone, lone.height);
    finish(lone);
    expect(lone.send(alice, SETTLE)).toBe('attestation-void');
    expect(lone.send(alice, PAY, LUX)).toBe('attestation-void');
    lone.height -= 1n;
    expect(lone.send(alice, PAY, LUX)).toBe('attestation-void');
    expect(lone.send(bob, REFUND)).toBe('nothing-to-refund');
    expect(lone.send(market.requester, REFUND)).toBeUndefined();
    expect(lone.state).toBe('void');
  });

  test('disputed: by no verdict at all it becomes nothing', () => {
    const lone = market.attested();
    lone.send(market.challenge, { type: 'dispute', challengeId: 'c1'.repeat(32) });
    expect(lone.send(market.challenge, { type: 'verdict', verdict: 'none' })).toBe('other-verdict');
  });

  test.each([
    ['valid', 'final'],
    ['faulty', 'faulty'],
    ['unsubstantiated', 'faulty'],
    ['void', 'void'],
  ] as const)('disputed: by a verdict of %s it becomes %s', (verdict, state) => {
    const lone = market.attested(LUX / 5n);
    const challengeId = 'c1'.repeat(32);
    expect(lone.send(market.challenge, { type: 'dispute', challengeId })).toBeUndefined();
    expect(lone.events).toEqual([['disputed', { challengeId }]]);
    expect(lone.send(alice, PAY, LUX)).toBe('not-accepted');
    expect(lone.send(market.challenge, { type: 'verdict', verdict })).toBeUndefined();
    expect(lone.events).toEqual([['judged', { verdict }]]);
    expect([lone.state, lone.context.verdict, lone.context.challengeId]).toEqual([
      state,
      verdict,
      challengeId,
    ]);
    const refunded = state === 'final' ? 'not-accepted' : undefined;
    expect(lone.send(bob, REFUND)).toBe(state === 'final' ? 'not-accepted' : 'nothing-to-refund');
    expect(lone.send(market.requester, REFUND)).toBe(refunded);
  });
});

describe('what a challenge has upheld', () => {
  const upheld = (feeNlux: bigint) => {
    const lone = market.attested(feeNlux);
    lone.send(market.challenge, { type: 'dispute', challengeId: 'c1'.repeat(32) });
    lone.send(market.challenge, { type: 'verdict', verdict: 'valid' });
    return lone;
  };

  test('is settled once, by anybody, down to one nLUX', () => {
    const lone = upheld(1n);
    expect(lone.send(bob, SETTLE)).toBeUndefined();
    expect([lone.paidTo(AUDIT_POOL), lone.balance]).toEqual([1n, 0n]);
    expect(lone.send(bob, SETTLE)).toBe('nothing-to-settle');
  });

  test('is not settled where nobody has paid', () => {
    expect(upheld(0n).send(bob, SETTLE)).toBe('nothing-to-settle');
  });
});

describe('records that are gone', () => {
  const gone = (kind: string) => {
    const lone = market.attested();
    const id = [...lone.views.keys()].find((each) => each.startsWith(`${kind}:`));
    if (id !== undefined) lone.views.delete(id);
    return lone;
  };

  test('of a profile ask for no deposit', () => {
    const lone = gone('profile');
    expect(lone.send(alice, PAY, 5n)).toBeUndefined();
    expect(lone.context.auditDepositNlux).toBe(0n);
  });

  test('of a provider void nothing: its address gets the fee', () => {
    const lone = gone('provider');
    lone.send(alice, PAY, DEPOSIT + 100n);
    finish(lone);
    expect(lone.send(alice, SETTLE)).toBeUndefined();
    const account = actorId('account', lone.context.provider);
    expect(lone.paidTo(account) + lone.paidTo(TREASURY)).toBe(100n);
  });
});

describe('a refund', () => {
  test('of one nLUX is one', () => {
    const lone = market.attested(1n);
    condemn(lone);
    expect(lone.send(market.requester, REFUND)).toBeUndefined();
    expect(lone.paidTo(market.requester)).toBe(1n);
  });

  test('gives a payer all that it paid, forgets it, and is told of', () => {
    const lone = market.attested(LUX / 5n);
    lone.send(alice, PAY, DEPOSIT);
    lone.send(bob, PAY, DEPOSIT);
    condemn(lone);
    expect(lone.send(alice, REFUND)).toBeUndefined();
    expect(lone.paidTo(alice)).toBe(DEPOSIT);
    expect(lone.sent.map(({ to }) => to)).toEqual([alice]);
    expect(kindsOf(lone)).toEqual(['put', 'send', 'emit']);
    expect(lone.events).toEqual([['refunded', { to: alice, amountNlux: `${DEPOSIT}` }]]);
    expect(lone.context).toMatchObject({
      payers: 1,
      escrowNlux: LUX / 5n + DEPOSIT,
      requesterNlux: LUX / 5n,
    });
    expect(lone.send(alice, REFUND)).toBe('nothing-to-refund');
  });

  test('gives the requester its fee, tells its request, and touches no payer', () => {
    const lone = market.attested(LUX / 5n);
    lone.send(alice, PAY, DEPOSIT);
    condemn(lone);
    expect(lone.send(market.requester, REFUND)).toBeUndefined();
    expect(lone.paidTo(market.requester)).toBe(LUX / 5n);
    expect(lone.sent.at(-1)).toMatchObject({ to: market.request, message: { type: 'refunded' } });
    expect(kindsOf(lone)).toEqual(['send', 'send', 'emit']);
    expect(lone.context).toMatchObject({ payers: 1, escrowNlux: DEPOSIT, requesterNlux: 0n });
  });

  test('of one nLUX each, as requester and as payer, is one payment of two', () => {
    const lone = market.attested(1n);
    lone.send(market.requester, PAY, 1n);
    condemn(lone);
    expect(lone.send(market.requester, REFUND)).toBeUndefined();
    expect(lone.paidTo(market.requester)).toBe(2n);
    expect(lone.sent.at(-1)?.message.type).toBe('refunded');
    expect(lone.context).toMatchObject({ payers: 0, escrowNlux: 0n, requesterNlux: 0n });
    expect(lone.balance).toBe(0n);
    expect(lone.entries.size).toBe(0);
    expect(lone.context.requester).toBe(REQUESTER);
  });
});

describe('an attestation whose provider is tombstoned (PROTOCOL §6, equivocation)', () => {
  test('is void from height 1 on and up to the last height of its window', () => {
    const windowEnd = 10n;
    const isVoid = (tombstonedAt: bigint) => isVoidedBy({ windowEnd }, { tombstonedAt });
    expect([0n, 1n, 9n, 10n].map(isVoid)).toEqual([false, true, true, false]);
  });
});
