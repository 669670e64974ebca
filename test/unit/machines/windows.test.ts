import { describe, expect, it } from 'vitest';
import { bondOf } from '../../../src/machines/challenge/money.ts';
import { Market, PAYLOAD, RIGHT, WRONG } from '../../support/market.ts';
import { LUX, SHORT } from '../../support/parameters.ts';

/** Windows are half-open, `[from, to)`, and judged by height (PROTOCOL §2, §3). */

describe('the window of an attestation, [h, h + W) (PROTOCOL §5)', () => {
  const attested = () => {
    const market = new Market().open();
    market.attest('p0', RIGHT);
    market.advance(3n);
    market.attest('p1', WRONG);
    const windowEnd = market.actor(market.attestation('p0'))?.context.windowEnd ?? 0n;
    return { market, windowEnd };
  };

  it('is W blocks long, and open in its last one', () => {
    const { market, windowEnd } = attested();
    const { height } = market.actor(market.attestation('p0'))?.context ?? { height: 0n };
    expect(windowEnd).toBe(height + SHORT.windowBlocks);
    market.advanceTo(windowEnd - 2n);
    const id = market.challenge('p0', 'p1');
    expect(market.height).toBe(windowEnd - 1n);
    expect(market.actor(id)?.state).toBe('publish');
  });

  it('is closed at its end, and the challenge itself says so', () => {
    const { market, windowEnd } = attested();
    market.advanceTo(windowEnd - 1n);
    const id = market.challengeOf('p0', 'p1');
    const bond = bondOf(market.parameters.dispute, market.specification.rerunFeeNlux);
    const refusal = market.refused('challenger', id, market.challengeMessage('p0', 'p1'), bond);
    expect(market.height).toBe(windowEnd);
    expect(refusal).toMatchObject({ code: 'attestation-final', actor: id, guard: 'mayOpen' });
  });
});

describe('an attestation is final from the end of its window on (PROTOCOL §5)', () => {
  const FEE = LUX / 4n;

  /** Paid for, and one block before the message that tests send. */
  const paid = () => {
    const market = new Market().open(() => 200n * LUX);
    const request = market.ask('p0', FEE);
    market.attest('p0', RIGHT, request);
    const id = market.attestation('p0', request);
    return { market, id, windowEnd: market.actor(id)?.context.windowEnd ?? 0n };
  };

  it('its fee can be settled then, and not a block before', () => {
    const { market, id, windowEnd } = paid();
    market.advanceTo(windowEnd - 2n);
    expect(market.refused('anyone', id, { type: 'settle' })).toMatchObject({ code: 'not-final' });
    expect(market.height).toBe(windowEnd - 1n);
    expect(market.actor(id)?.context.escrowNlux).toBe(FEE);
    market.do('anyone', id, { type: 'settle' });
    expect(market.height).toBe(windowEnd);
    expect(market.actor(id)).toMatchObject({ state: 'final', balance: 0n });
  });

  it('what is paid then goes to its provider at once; a block before, it is kept', () => {
    const before = paid();
    before.market.advanceTo(before.windowEnd - 2n);
    before.market.do('anyone', before.id, { type: 'pay' }, FEE);
    expect(before.market.balance(before.id)).toBe(2n * FEE);
    const { market, id, windowEnd } = paid();
    market.advanceTo(windowEnd - 1n);
    const owner = market.account(market.ownerName('p0'));
    const had = market.balance(owner);
    market.do('anyone', id, { type: 'pay' }, FEE);
    expect(market.balance(id)).toBe(0n);
    expect(market.balance(owner)).toBeGreaterThan(had);
  });
});

describe('a window is judged by height, not by whether its timer has run (PROTOCOL §3)', () => {
  /** Three challenges opened in one block, and a chain that runs one timer a block. */
  const crowded = () => {
    const market = new Market(6, { ...SHORT, timersPerBlock: 1 }).open();
    const pairs = [['p0', 'p1']] as const;
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    market.attest('p2', RIGHT);
    market.attest('p3', WRONG);
    const bond = bondOf(market.parameters.dispute, market.specification.rerunFeeNlux);
    const both = [...pairs, ['p2', 'p3'] as const].map(([first, second]) => ({
      id: market.challengeOf(first, second),
      message: market.challengeMessage(first, second),
    }));
    market.block(...both.map(({ id, message }) => market.order('challenger', id, message, bond)));
    const ids = both.map(({ id }) => id);
    const [deadline = 0n] = ids.map((id) => market.context(id).deadline);
    return { market, ids, deadline };
  };

  it('takes none at its deadline, though the timer comes in a later block', () => {
    const { market, ids, deadline } = crowded();
    market.advanceTo(deadline - 1n);
    const publish = { type: 'publish', payload: PAYLOAD } as const;
    const receipts = market.block(...ids.map((id) => market.order('anyone', id, publish)));
    expect(market.lastBegin?.carriedOver).toBe(true);
    // One has had its timer, and is over; the other is open still, and its window is not.
    const refusals = receipts.map(({ outcome }) =>
      outcome.type === 'refused' ? [outcome.refusal.state, outcome.refusal.code] : [],
    );
    expect(refusals.toSorted()).toEqual([
      ['final', 'not-accepted'],
      ['publish', 'window-closed'],
    ]);
  });

  it('takes one in the last block before', () => {
    const { market, ids, deadline } = crowded();
    market.advanceTo(deadline - 2n);
    const publish = { type: 'publish', payload: PAYLOAD } as const;
    for (const { outcome } of market.block(...ids.map((id) => market.order('anyone', id, publish))))
      expect(outcome.type).toBe('applied');
    expect(market.height).toBe(deadline - 1n);
  });
});
