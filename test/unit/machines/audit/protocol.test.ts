import { describe, expect, test } from 'vitest';
import { actorId, AUDIT_POOL, BURN } from '../../../../src/machines/kit/index.ts';
import { prepareChallenge } from '../../../../src/client/challenge.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { CHAIN } from '../../../support/world.ts';
import { equivocation, otherAnswer } from '../equivocation/support.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { expectSound } from '../../../support/invariants.ts';
import { accusedAt, attestWhere, auditMarket, DEPOSIT, drawnAt, drawnTicket } from './support.ts';
import { openProtocolAudit, OTHERS, OWNERS, OWNERS_OF_TWO_PANELS, playAudit } from './support.ts';
import {
  playPanel,
  POOL,
  protocolAudit,
  purse,
  RERUN_FEE,
  RESERVE,
  roundOf,
  same,
  settlementOf,
} from './support.ts';
import { STAKE, stakeOf, timeAfter } from './support.ts';

const pool = (market: ReturnType<typeof auditMarket>): bigint => market.balance(AUDIT_POOL);

describe('a ticket that the beacon has drawn', () => {
  test('of the requester lets anybody open the audit, for nothing but the nonce', () => {
    const market = auditMarket();
    const supply = market.supply();
    const to = drawnTicket(market);
    const before = purse(market, 'anyone');
    const nonce = market.actor(market.account('anyone'))?.context.nonce ?? 0n;
    const id = openProtocolAudit(market, to);
    expect(purse(market, 'anyone')).toBe(before);
    expect(market.actor(market.account('anyone'))?.context.nonce).toBe(nonce + 1n);
    expect(market.actor(to)?.state).toBe('disputed');
    expect(market.context(id)).toMatchObject({ form: 'protocolAudit', bondNlux: RESERVE });
    expect(market.context(id).challenger).toBe('00'.repeat(20));
    expect([market.balance(id), pool(market)]).toEqual([RESERVE, POOL - RESERVE]);
    expectSound(market, supply, market.profile);
  });

  test('of a payer does, by the block of its payment; each payer has one of its own', () => {
    const market = auditMarket();
    const times = [0n, 1n, 2n].map((blocks) => timeAfter(market, blocks));
    const [included, first, second] = times as [bigint, bigint, bigint];
    const to = attestWhere(
      market,
      (id) => !drawnAt(market, id, first) && drawnAt(market, id, second),
    );
    expect(market.actor(to)?.context.includedAt).toBe(included);
    market.do('challenger', to, { type: 'pay' }, DEPOSIT);
    market.do('consumer', to, { type: 'pay' }, DEPOSIT);
    market.submitRound(roundOf(market, first));
    market.submitRound(roundOf(market, second));
    const refusal = (payer: string) => {
      const { receiver, message } = protocolAudit(market, to, payer);
      return market.refused('anyone', receiver, message).code;
    };
    expect(refusal('challenger')).toBe('audit-not-drawn');
    expect(refusal('modelOwner')).toBe('no-audit-ticket');
    const id = openProtocolAudit(market, to, 'consumer', 'modelOwner');
    expect(market.actor(id)?.state).toBe('publish');
  });

  test('draws nothing for the requester who pays nothing', () => {
    const market = auditMarket();
    const time = timeAfter(market);
    const to = attestWhere(market, (id) => drawnAt(market, id, time));
    market.submitRound(roundOf(market, time));
    const { receiver, message } = protocolAudit(market, to);
    expect(market.refused('anyone', receiver, message).code).toBe('no-audit-ticket');
  });

  test('asks for one audit, however many tickets were drawn (I41)', () => {
    const market = auditMarket(12, { ...SHORT, auditRateBps: 10_000 }, 1_000n * LUX);
    const requestId = market.ask('p0', LUX);
    const time = timeAfter(market);
    const to = attestWhere(market, () => true, { requestId });
    market.do('challenger', to, { type: 'pay' }, LUX);
    market.submitRound(roundOf(market, time));
    market.submitRound(roundOf(market, time + 2n));
    openProtocolAudit(market, to, 'consumer');
    const again = protocolAudit(market, to, 'challenger');
    const refusal = market.refused('anyone', again.receiver, again.message);
    expect([refusal.code, refusal.state]).toEqual(['not-accepted', 'publish']);
  });
});

describe('the money of an audit that the beacon asked for (I9)', () => {
  test('against a wrong result: half burned, re-runs from the rest, the pool whole', () => {
    const market = auditMarket();
    const supply = market.supply();
    const to = drawnTicket(market, WRONG);
    const id = openProtocolAudit(market, to);
    playAudit(market, id, WRONG, same(RIGHT, 3));
    const slash = STAKE / 10n;
    const reruns = 3n * RERUN_FEE;
    expect(market.actor(to)).toMatchObject({ state: 'faulty', context: { verdict: 'faulty' } });
    expect(settlementOf(market, id)).toEqual({
      burnedNlux: slash - reruns,
      rerunsNlux: reruns,
      rewardNlux: 0n,
      bondBackNlux: RESERVE,
      upheldNlux: 0n,
      appealsBackNlux: 0n,
    });
    expect(stakeOf(market, 'p0')).toBe(STAKE - slash);
    expect(market.balance(BURN)).toBe(slash - reruns);
    expect([pool(market), market.balance(id)]).toEqual([POOL, 0n]);
    expectSound(market, supply, market.profile);
  });

  test('gives its opener no reward, and the requester its fee and no more', () => {
    const market = auditMarket();
    const before = [purse(market, 'anyone'), purse(market, 'consumer')];
    const to = drawnTicket(market, WRONG, LUX / 5n);
    const fees = before.map(
      (amount, at) => amount - purse(market, ['anyone', 'consumer'][at] ?? ''),
    );
    const id = openProtocolAudit(market, to);
    playAudit(market, id, WRONG, same(RIGHT, 3));
    const asked = fees[1] ?? 0n;
    const receipt = market.do('consumer', to, { type: 'refund' });
    const paid = asked - LUX / 5n + receipt.feeNlux;
    expect(before[1] === undefined ? 0n : before[1] - purse(market, 'consumer')).toBe(paid);
    // Fees of publishing, of rounds and of seeds: nothing came back for them.
    expect(purse(market, 'anyone')).toBeLessThan(before[0] ?? 0n);
  });

  test('for a valid result: the pool pays the re-runs, the defendant gets its fee only', () => {
    const market = auditMarket();
    const supply = market.supply();
    const to = drawnTicket(market, RIGHT);
    const owner = market.ownerName('p0');
    const before = purse(market, owner);
    const id = openProtocolAudit(market, to);
    playAudit(market, id, RIGHT, same(RIGHT, 3));
    expect(market.actor(to)).toMatchObject({ state: 'final', context: { verdict: 'valid' } });
    expect(settlementOf(market, id)).toEqual({
      burnedNlux: 0n,
      rerunsNlux: 3n * RERUN_FEE,
      rewardNlux: 0n,
      bondBackNlux: RESERVE - 3n * RERUN_FEE,
      upheldNlux: 0n,
      appealsBackNlux: 0n,
    });
    expect(pool(market)).toBe(POOL - 3n * RERUN_FEE);
    expect([purse(market, owner), stakeOf(market, 'p0')]).toEqual([before, STAKE]);
    market.do('anyone', to, { type: 'settle' });
    expect(pool(market)).toBe(POOL - 3n * RERUN_FEE + DEPOSIT);
    expectSound(market, supply, market.profile);
  });

  test('for seats that all differ: the pool pays them, and nobody loses stake (I10)', () => {
    const market = auditMarket();
    const supply = market.supply();
    const to = drawnTicket(market, RIGHT);
    const id = openProtocolAudit(market, to);
    market.publish(id);
    market.pass(id);
    playPanel(market, id, OTHERS, [['p0', RIGHT]]);
    market.seed(id);
    expect(market.actor(to)).toMatchObject({ state: 'void', context: { verdict: 'void' } });
    expect(market.context(id).ending).toBe('panelCannotSit');
    expect(pool(market)).toBe(POOL - 3n * RERUN_FEE);
    expect(stakeOf(market, 'p0')).toBe(STAKE);
    market.do('consumer', to, { type: 'refund' });
    expect(market.balance(to)).toBe(0n);
    expectSound(market, supply, market.profile);
  });

  test('spends the whole reserve where both panels had to sit', () => {
    const market = auditMarket(OWNERS_OF_TWO_PANELS);
    const supply = market.supply();
    const to = drawnTicket(market, RIGHT);
    const id = openProtocolAudit(market, to);
    playAudit(market, id, RIGHT, OTHERS, same(RIGHT, 7));
    expect(market.actor(to)?.state).toBe('final');
    expect(settlementOf(market, id)).toMatchObject({ rerunsNlux: RESERVE, bondBackNlux: 0n });
    expect(pool(market)).toBe(POOL - RESERVE);
    expectSound(market, supply, market.profile);
  });

  test('comes back whole where nobody shows the payload, out of the slash for it', () => {
    const market = auditMarket();
    const to = drawnTicket(market, RIGHT);
    const id = openProtocolAudit(market, to);
    market.pass(id);
    expect(market.actor(to)?.context.verdict).toBe('unsubstantiated');
    expect([pool(market), market.balance(BURN)]).toEqual([POOL, STAKE / 5n]);
  });

  test('comes back whole where the seed never comes', () => {
    const market = auditMarket();
    const to = drawnTicket(market, RIGHT);
    const id = openProtocolAudit(market, to);
    market.publish(id);
    while (market.actor(id)?.state !== 'final') market.pass(id);
    expect(market.context(id).ending).toBe('seedMissing');
    expect([market.actor(to)?.state, pool(market)]).toEqual(['void', POOL]);
  });
});

describe('who may not open an audit of the beacon', () => {
  const opening = () => {
    const market = auditMarket();
    const to = drawnTicket(market);
    return { market, to, ...protocolAudit(market, to) };
  };

  test('someone who names another claim, another place, or brings money', () => {
    const { market, receiver, message } = opening();
    const refuse = (change: object, at = receiver, value = 0n) =>
      market.refused('anyone', at, { ...message, ...change }, value).code;
    expect(refuse({ attestation: 'ab'.repeat(32) })).toBe('attestation-unknown');
    expect(refuse({ provider: market.address('p1') })).toBe('not-one-claim');
    expect(refuse({ modelId: 'ab'.repeat(32) })).toBe('not-one-claim');
    expect(refuse({ profileHash: 'ab'.repeat(32) })).toBe('not-one-claim');
    expect(refuse({}, actorId('challenge', 'ab'.repeat(32)))).toBe('wrong-challenge-id');
    expect(refuse({}, receiver, 1n)).toBe('value-not-payable');
  });

  test('anybody, before the round is known', () => {
    const market = auditMarket();
    const requestId = market.ask('p0', LUX / 5n);
    const time = timeAfter(market);
    const to = attestWhere(market, (id) => drawnAt(market, id, time), { requestId });
    const { receiver, message } = protocolAudit(market, to);
    const refusal = market.refused('anyone', receiver, message);
    expect(refusal.code).toBe('round-unknown');
    market.submitRound(roundOf(market, time));
    market.do('anyone', receiver, message);
  });

  test('anybody, where the draw says no', () => {
    const market = auditMarket();
    const requestId = market.ask('p0', LUX / 5n);
    const time = timeAfter(market);
    const to = attestWhere(market, (id) => !drawnAt(market, id, time), { requestId });
    market.submitRound(roundOf(market, time));
    const { receiver, message } = protocolAudit(market, to);
    expect(market.refused('anyone', receiver, message).code).toBe('audit-not-drawn');
  });

  test('anybody, where the pool holds less than every seat costs', () => {
    const market = new Market(OWNERS).open();
    const to = drawnTicket(market);
    const { receiver, message } = protocolAudit(market, to);
    const fill = (amountNlux: bigint) =>
      market.do('authority', AUDIT_POOL, { type: 'deposit' }, amountNlux);
    expect(market.refused('anyone', receiver, message).code).toBe('audit-pool-short');
    fill(RESERVE - 1n);
    expect(market.refused('anyone', receiver, message).code).toBe('audit-pool-short');
    fill(1n);
    market.do('anyone', receiver, message);
    expect(pool(market)).toBe(0n);
  });

  test('anybody, of an attestation that is final by its height', () => {
    const { market, to, receiver, message } = opening();
    market.advanceTo((market.actor(to)?.context.windowEnd ?? 0n) - 1n);
    expect(market.refused('anyone', receiver, message).code).toBe('attestation-final');
  });

  test('anybody, of one that stands in a challenge, or has had its verdict (I41, I42)', () => {
    const market = auditMarket();
    const requestId = market.ask('p0', LUX / 5n);
    const time = timeAfter(market);
    const to = attestWhere(market, (id) => drawnAt(market, id, time), { requestId });
    market.submitRound(roundOf(market, time));
    const { receiver, message } = protocolAudit(market, to);
    market.attest('p1', WRONG);
    const chain = { networkId: CHAIN.networkId, chainId: CHAIN.chainId };
    const other = accusedAt(market, market.attestation('p1'));
    const pair = prepareChallenge(chain, accusedAt(market, to), other);
    market.do('challenger', pair.receiver, pair.message, 10n * LUX);
    expect(market.refused('anyone', receiver, message).code).toBe('attestation-not-pending');
    market.pass(pair.receiver);
    expect(market.actor(to)?.state).toBe('faulty');
    expect(market.refused('anyone', receiver, message).code).toBe('attestation-not-pending');
  });

  test('anybody, of a provider that was tombstoned', () => {
    const { market, to, receiver, message } = opening();
    const other = otherAnswer(market, accusedAt(market, to).context.requestId);
    const proof = equivocation(market, to, other);
    market.do('challenger', proof.receiver, proof.message);
    expect(market.refused('anyone', receiver, message).code).toBe('attestation-void');
  });
});
