import { describe, expect, it } from 'vitest';
import { AUDIT_POOL, BURN, TREASURY, actorId } from '../../../src/machines/kit/index.ts';
import { Market, PROFILE, RIGHT, WRONG } from '../../support/market.ts';
import { LUX } from '../../support/parameters.ts';

const FEE = LUX / 5n;

const settledChain = () => {
  const market = new Market().open();
  const supply = market.supply();
  return { market, supply };
};

describe('an inference that nobody disputes', () => {
  it('is asked for, attested, final by height, and paid', () => {
    const { market, supply } = settledChain();
    const requestId = market.ask('p0', FEE);
    market.attest('p0', RIGHT, requestId);
    const id = market.attestation('p0', requestId);
    const made = market.actor(id);
    expect(made?.state).toBe('pending');
    expect(made?.context.enforceable).toBe(true);
    expect(made?.balance).toBe(FEE);
    expect(market.refused('anyone', id, { type: 'settle' }).code).toBe('not-final');
    market.advanceTo(made?.context.windowEnd ?? 0n);
    const owner = market.account(market.ownerName('p0'));
    const before = market.balance(owner);
    market.do('anyone', id, { type: 'settle' });
    // 500 bp of ten seats, the whole audit ladder, at a rerun fee of a tenth.
    const deposit = (10n * LUX) / 10n / 20n;
    const share = FEE / 20n;
    expect(market.balance(owner) - before).toBe(FEE - deposit - share);
    expect(market.balance(AUDIT_POOL)).toBe(deposit);
    expect(market.actor(actorId('request', requestId))?.state).toBe('settled');
    expect(market.supply()).toBe(supply);
  });

  it('is paid for by others while it is pending, and at once when it is final', () => {
    const { market, supply } = settledChain();
    market.attest('p0', RIGHT);
    const id = market.attestation('p0');
    market.do('consumer', id, { type: 'pay' }, FEE);
    market.do('consumer', id, { type: 'pay' }, FEE / 4n);
    expect(market.actor(id)?.context.payers).toBe(1);
    expect(market.actor(id)?.context.escrowNlux).toBe(FEE + FEE / 4n);
    market.advanceTo(market.actor(id)?.context.windowEnd ?? 0n);
    market.do('anyone', id, { type: 'pay' }, FEE);
    expect(market.actor(id)?.state).toBe('final');
    expect(market.balance(id)).toBe(0n);
    expect(market.supply()).toBe(supply);
  });

  it('is refused beyond what free stake covers, asked for or paid for', () => {
    const { market } = settledChain();
    const cap = (100n * LUX * 30n) / 10_000n;
    const id = market.requestOf(7n);
    const ask = (value: bigint, declaredValueNlux: bigint) => {
      const message = market.requestMessage('p0', 7n, declaredValueNlux);
      return market.refused('consumer', actorId('request', id), message, value).code;
    };
    expect(ask(cap + 1n, 0n)).toBe('exposure-cap');
    expect(ask(FEE, cap + 1n)).toBe('exposure-cap');
    expect(ask(FEE, 2n ** 128n - 1n)).toBe('exposure-cap');
    market.attest('p0', RIGHT);
    const refusal = market.refused('consumer', market.attestation('p0'), { type: 'pay' }, cap + 1n);
    expect(refusal.code).toBe('exposure-cap');
    expect(refusal.actor).toBe(market.provider('p0'));
    market.do('consumer', market.attestation('p0'), { type: 'pay' }, cap);
  });

  it('gives the fee back when nobody attests in time', () => {
    const { market, supply } = settledChain();
    const id = actorId('request', market.ask('p0', FEE));
    expect(market.refused('anyone', id, { type: 'refund' }).code).toBe('not-expired');
    market.advance(25n);
    market.do('anyone', id, { type: 'refund' });
    expect(market.actor(id)?.state).toBe('refunded');
    expect(market.balance(id)).toBe(0n);
    expect(market.supply()).toBe(supply);
  });
});

describe('stake', () => {
  it('unbonds, is withdrawn whole, and the provider has left every profile (I37)', () => {
    const { market, supply } = settledChain();
    const [id, owner] = [market.provider('p0'), market.ownerName('p0')];
    market.do(owner, id, { type: 'unstake', amountNlux: 100n * LUX });
    expect(market.actor(id)?.state).toBe('unbonding');
    expect(market.actor(PROFILE)?.context.live.owners).toBe(5);
    expect(market.refused(owner, id, { type: 'withdraw' }).code).toBe('nothing-matured');
    market.advance(market.parameters.unbondingBlocks);
    const before = market.balance(market.account(owner));
    const { feeNlux } = market.do(owner, id, { type: 'withdraw' });
    expect(market.balance(market.account(owner)) - before + feeNlux).toBe(100n * LUX);
    expect(market.actor(id)?.state).toBe('exited');
    expect(market.actor(PROFILE)?.context.members).toBe(5);
    expect(market.supply()).toBe(supply);
  });

  it('below the minimum makes a provider inactive and keeps it from attesting', () => {
    const { market } = settledChain();
    const [id, owner] = [market.provider('p0'), market.ownerName('p0')];
    market.do(owner, id, { type: 'unstake', amountNlux: 1n });
    expect(market.actor(id)?.state).toBe('inactive');
    const refusal = market.refused('p0', market.attestation('p0'), market.claim('p0', RIGHT));
    expect(refusal).toMatchObject({
      code: 'provider-not-active',
      state: 'absent',
      message: 'attest',
      guard: 'mayAttest',
    });
    market.do(owner, id, { type: 'stake' }, 1n);
    expect(market.actor(id)?.state).toBe('active');
    market.attest('p0', RIGHT);
  });
});

describe('the base dispute', () => {
  const disputed = (answer: Uint8Array) => {
    const { market, supply } = settledChain();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    market.do('consumer', market.attestation('p1'), { type: 'pay' }, FEE);
    const id = market.dispute('p0', 'p1', answer);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    market.pass(id);
    return { market, supply, id };
  };

  it('slashes the minority, pays the re-runner, rewards the challenger, burns the rest', () => {
    const { market, supply, id } = disputed(RIGHT);
    expect(market.actor(id)?.state).toBe('final');
    expect(market.actor(market.attestation('p0'))?.state).toBe('final');
    expect(market.actor(market.attestation('p1'))?.state).toBe('faulty');
    const slash = 5n * LUX;
    expect(market.actor(market.provider('p1'))?.context).toMatchObject({
      freeNlux: 95n * LUX,
      lockedNlux: 0n,
      openChallenges: 0,
    });
    expect(market.actor(market.provider('p1'))?.state).toBe('inactive');
    expect(market.actor(market.provider('p0'))?.context.freeNlux).toBe(100n * LUX);
    const rerun = LUX / 10n;
    const reward = (slash * 3n) / 10n;
    expect(market.balance(BURN)).toBe(slash - rerun - reward);
    expect(market.balance(id)).toBe(0n);
    const before = market.balance(market.account('consumer'));
    const { feeNlux } = market.do('consumer', market.attestation('p1'), { type: 'refund' });
    expect(market.balance(market.account('consumer')) - before + feeNlux).toBe(FEE);
    expect(market.supply()).toBe(supply);
  });

  it('with the other answer slashes the other one', () => {
    const { market } = disputed(WRONG);
    expect(market.actor(market.attestation('p0'))?.state).toBe('faulty');
    expect(market.actor(market.attestation('p1'))?.state).toBe('final');
  });

  it('with a third answer is void: both stakes are free and the bond comes back', () => {
    const { market, supply, id } = disputed(new TextEncoder().encode('something else'));
    expect(market.actor(market.attestation('p0'))?.state).toBe('void');
    expect(market.actor(market.attestation('p1'))?.state).toBe('void');
    expect(market.actor(market.provider('p1'))?.context.freeNlux).toBe(100n * LUX);
    expect(market.balance(BURN)).toBe(0n);
    expect(market.balance(id)).toBe(0n);
    expect(market.supply()).toBe(supply);
  });
});

describe('fees', () => {
  it('go to the treasury', () => {
    const { market } = settledChain();
    expect(market.balance(TREASURY)).toBeGreaterThan(0n);
  });
});
