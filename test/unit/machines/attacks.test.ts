import { describe, expect, it } from 'vitest';
import { baseOf } from '../../../src/machines/attestation/money.ts';
import { actorId, BURN } from '../../../src/machines/kit/index.ts';
import { Market, PROFILE, PROFILE_HASH, RIGHT, WRONG } from '../../support/market.ts';
import { LUX, SHORT } from '../../support/parameters.ts';
import { providerKeyProof } from '../../../src/codec/index.ts';
import { CHAIN } from '../../support/world.ts';

// What an adversary tried and what it must lead to.

const STAKE = 100n * LUX;

const twoAnswers = (market = new Market().open()) => {
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  return market;
};

const drawn = () => {
  const market = twoAnswers();
  const id = market.challenge('p0', 'p1');
  market.publish(id);
  market.pass(id);
  market.seed(id);
  return { market, id, seat: market.seatName(id) };
};

describe('a value that no stake covers', () => {
  it('has a base that still is an amount', () => {
    expect(baseOf(2n ** 128n - 1n, SHORT)).toBe(2n ** 128n - 1n);
    expect(baseOf(0n, SHORT)).toBe(STAKE);
  });
});

describe('a provider registered after the opening', () => {
  it('does not change who is drawn (I24, I25)', () => {
    const drawOf = (registersLate: boolean): string => {
      const market = twoAnswers();
      const id = market.challenge('p0', 'p1');
      market.publish(id);
      market.pass(id);
      market.submitRound(market.seedRound(id));
      const owner = market.address('p4 owner');
      const digest = providerKeyProof({ ...CHAIN, owner });
      const proof = market.sign('challenger', digest);
      const register = { type: 'register', proof, endpoint: '' } as const;
      const late = actorId('provider', market.address('challenger'));
      if (registersLate) market.do('p4 owner', late, register);
      else market.block();
      while (market.actor(id)?.state === 'awaitSeed') market.block();
      return market.seatName(id);
    };
    expect(drawOf(true)).toBe(drawOf(false));
  });
});

describe('a seat that unstakes to get away', () => {
  it('pays the penalty for withholding out of what unbonds', () => {
    const { market, id, seat } = drawn();
    market.commit(id, seat, RIGHT);
    const owner = market.ownerName(seat);
    market.do(owner, market.provider(seat), { type: 'unstake', amountNlux: STAKE });
    market.pass(id);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    market.pass(id);
    const { lots } = market.actor(market.provider(seat))?.context ?? { lots: [] };
    expect(lots.map(({ amountNlux }) => amountNlux)).toEqual([STAKE - 2n * LUX]);
    expect(market.balance(BURN)).toBe(2n * LUX);
  });
});

describe('a defendant that was slashed as unsubstantiated and stays silent again', () => {
  it('is spared for its silence and pays for the result that the panel found wrong', () => {
    const rules = { ...SHORT, dispute: { ...SHORT.dispute, unsubstantiatedOncePerBlocks: 200n } };
    const market = new Market(8, rules).open((name) => (name === 'p1' ? 200n * LUX : STAKE));
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    market.pass(market.challenge('p0', 'p1'));
    const before = market.actor(market.provider('p1'))?.context.freeNlux ?? 0n;
    expect(before).toBe(180n * LUX);
    const requestId = market.ask('p1', LUX / 10n, 3n);
    market.attest('p1', WRONG, requestId);
    market.attest('p2', RIGHT);
    const id = market.disputeAttestations(
      market.attestation('p1', requestId),
      market.attestation('p2'),
      RIGHT,
    );
    market.openChunks(id, 'p2', RIGHT);
    market.pass(id);
    expect(market.actor(market.attestation('p1', requestId))?.context.verdict).toBe(
      'unsubstantiated',
    );
    expect(market.actor(market.provider('p1'))?.context.freeNlux).toBe(before - 5n * LUX);
  });
});

describe('a member that never leaves', () => {
  it('is given notice by anybody once the profile is retired', () => {
    const market = new Market().open();
    const leave = { type: 'leave', profileHash: PROFILE_HASH } as const;
    expect(market.refused('creator', market.provider('p0'), leave).code).toBe('not-owner');
    market.do('creator', PROFILE, { type: 'retire' });
    market.do('creator', market.provider('p0'), leave);
    const { served } = market.actor(market.provider('p0'))?.context ?? { served: [] };
    market.advanceTo(served[0]?.leavesAt ?? 0n);
    market.do('anyone', market.provider('p0'), { type: 'depart', profileHash: PROFILE_HASH });
    expect(market.actor(PROFILE)?.context.members).toBe(5);
  });
});

describe('timers that come too late', () => {
  it('end a challenge void before it would draw from what is no longer kept (I34, I54)', () => {
    const market = twoAnswers(
      new Market(6, { ...SHORT, timersPerBlock: 1, evidenceAgeBlocks: 6n }).open(),
    );
    const id = market.challenge('p0', 'p1');
    market.publish(id);
    const { lapsesAt } = market.context(id);
    while (market.actor(id)?.state !== 'final') market.block();
    expect(market.height).toBeLessThanOrEqual(lapsesAt + 1n);
    expect(market.actor(market.attestation('p0'))?.state).toBe('void');
    expect(market.balance(id)).toBe(0n);
  });
});

describe('a draw with little gas', () => {
  it('is refused before any of it is made', () => {
    const market = twoAnswers();
    const id = market.challenge('p0', 'p1');
    market.publish(id);
    market.pass(id);
    market.submitRound(market.seedRound(id));
    const [receipt] = market.block({
      ...market.order('anyone', id, { type: 'submitSeed' }),
      gasLimit: 3_000n,
    });
    expect(receipt?.outcome).toMatchObject({ type: 'refused', refusal: { code: 'out-of-gas' } });
    expect(market.context(id).seats).toEqual([]);
  });
});
