import { describe, expect, test } from 'vitest';
import { bondFor } from '../../../../src/client/challenge.ts';
import { actorId, BURN, type ActorId } from '../../../../src/machines/kit/index.ts';
import { expectSound } from '../../../support/invariants.ts';
import { Market, MODEL_ID, RIGHT, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { accusedAt, purse, RERUN_FEE, STAKE } from '../audit/support.ts';
import { answerOf, equivocation, otherAnswer, report } from './support.ts';

const BOND = bondFor(SHORT.dispute, RERUN_FEE);
const LOCK = STAKE / 5n;
const FEE = LUX / 5n;

const opened = (count = 6, stakeNlux = STAKE) => {
  const market = new Market(count).open((name) => (name === 'p0' ? stakeNlux : STAKE));
  return { market, supply: market.supply() };
};

const stateOf = (market: Market, name = 'p0') => market.actor(market.provider(name))?.state;

/** Two answers on chain, asked for one after the other. */
const attestBoth = (market: Market): readonly ActorId<'attestation'>[] =>
  ([RIGHT, WRONG] as const).map((output, at) => {
    const requestId = market.ask('p0', FEE / 2n, BigInt(at));
    market.attest('p0', output, requestId);
    return market.attestation('p0', requestId);
  });

const asAnswer = (market: Market, to: ActorId<'attestation'>, output: Uint8Array) => {
  const { requestId, timestamp } = accusedAt(market, to).context;
  return answerOf(market.claim('p0', output, { requestId, timestamp }));
};

describe('the stake of a provider that equivocated', () => {
  test.each([
    ['100 LUX: one of them', 100n * LUX, LUX],
    ['300 LUX: one LUX still', 300n * LUX, LUX],
  ])('of %s goes to the reporter, the rest out of use', (_, stakeNlux, rewardNlux) => {
    const { market, supply } = opened(6, stakeNlux);
    market.attest('p0', RIGHT);
    const to = market.attestation('p0');
    const { receiver, message } = equivocation(market, to, otherAnswer(market));
    const before = purse(market, 'challenger');
    const receipt = market.do('challenger', receiver, message);
    expect(purse(market, 'challenger') - before + receipt.feeNlux).toBe(rewardNlux);
    expect(market.balance(BURN)).toBe(stakeNlux - rewardNlux);
    expect(market.context(receiver)).toMatchObject({ slashedNlux: stakeNlux, awaiting: 0 });
    expect(market.context(receiver).settlement).toMatchObject({
      burnedNlux: stakeNlux - rewardNlux,
      rewardNlux,
      bondBackNlux: 0n,
    });
    expect([market.balance(receiver), market.balance(market.provider('p0'))]).toEqual([0n, 0n]);
    expectSound(market, supply, market.profile);
  });

  test('that is partly locked pays one percent of what is not', () => {
    const { market, supply } = opened();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const id = market.challenge('p0', 'p1');
    const proof = report(market, market.attestation('p0'), otherAnswer(market));
    const free = STAKE - LOCK;
    expect(market.context(proof).settlement).toMatchObject({
      rewardNlux: free / 100n,
      burnedNlux: free - free / 100n,
    });
    expect(market.actor(id)?.state).toBe('publish');
    expectSound(market, supply, market.profile);
  });

  test('liable unbonding goes with it, lots older than the attestation stay (I39)', () => {
    const { market, supply } = opened(6, 200n * LUX);
    const owner = market.ownerName('p0');
    const unstake = (amountNlux: bigint) =>
      market.do(owner, market.provider('p0'), { type: 'unstake', amountNlux });
    unstake(30n * LUX);
    market.attest('p0', RIGHT);
    unstake(40n * LUX);
    const proof = report(market, market.attestation('p0'), otherAnswer(market));
    expect(market.context(proof).slashedNlux).toBe(170n * LUX);
    const { lots } = market.actor(market.provider('p0'))?.context ?? {};
    expect(lots?.map(({ amountNlux }) => amountNlux)).toEqual([30n * LUX]);
    market.advance(SHORT.unbondingBlocks);
    market.do(owner, market.provider('p0'), { type: 'withdraw' });
    expect(market.balance(market.provider('p0'))).toBe(0n);
    expectSound(market, supply, market.profile);
  });
});

describe('two answers on chain with unbonding in between', () => {
  const laundering = () => {
    const { market, supply } = opened(6, 200n * LUX);
    const owner = market.ownerName('p0');
    const first = market.ask('p0', FEE / 2n, 0n);
    market.attest('p0', RIGHT, first);
    const unstake = { type: 'unstake', amountNlux: 90n * LUX } as const;
    market.do(owner, market.provider('p0'), unstake);
    const second = market.ask('p0', FEE / 2n, 1n);
    market.attest('p0', WRONG, second);
    return { market, supply, slots: [first, second].map((at) => market.attestation('p0', at)) };
  };

  test.each([0, 1])('are liable from the earlier on, whichever is shown (%i)', (shown) => {
    const { market, supply, slots } = laundering();
    const [to, other] = [slots[shown], slots[1 - shown]];
    if (to === undefined || other === undefined) throw new Error('two of each');
    const output = shown === 0 ? WRONG : RIGHT;
    const proof = report(market, to, asAnswer(market, other, output));
    expect(market.context(proof).slashedNlux).toBe(200n * LUX);
    expectSound(market, supply, market.profile);
  });

  test('a proof by the later alone spares it; one by the earlier still takes it, once', () => {
    const { market, supply, slots } = laundering();
    const [earlier, later] = slots;
    if (earlier === undefined || later === undefined) throw new Error('two of each');
    const third = (seconds: bigint) =>
      answerOf(market.claim('p0', Uint8Array.of(7), { timestamp: market.time - seconds }));
    const own = report(market, later, third(0n));
    expect(market.context(own).slashedNlux).toBe(110n * LUX);
    const spared = market.actor(market.provider('p0'))?.context.tombstonedAt;
    const again = report(market, earlier, third(0n));
    expect(market.context(again).slashedNlux).toBe(90n * LUX);
    expect(market.balance(market.provider('p0'))).toBe(0n);
    expect(market.actor(market.provider('p0'))?.context.tombstonedAt).toBe(spared);
    const more = equivocation(market, earlier, third(1n));
    const refusal = market.refused('challenger', more.receiver, more.message);
    expect(refusal.code).toBe('provider-tombstoned');
    expectSound(market, supply, market.profile);
  });
});

describe('the attestations of a provider that equivocated', () => {
  test('are void while pending, and every fee goes back', () => {
    const { market, supply } = opened();
    const [to] = attestBoth(market) as [ActorId<'attestation'>];
    market.do('anyone', to, { type: 'pay' }, RERUN_FEE / 2n);
    report(market, to, otherAnswer(market));
    expect(market.refused('anyone', to, { type: 'pay' }, FEE).code).toBe('attestation-void');
    market.advanceTo(accusedAt(market, to).context.windowEnd);
    expect(market.refused('anyone', to, { type: 'settle' }).code).toBe('attestation-void');
    const before = purse(market, 'consumer');
    const receipt = market.do('consumer', to, { type: 'refund' });
    expect(purse(market, 'consumer') - before + receipt.feeNlux).toBe(FEE / 2n);
    market.do('anyone', to, { type: 'refund' });
    expect([market.actor(to)?.state, market.balance(to)]).toEqual(['void', 0n]);
    expectSound(market, supply, market.profile);
  });

  test('that were final are paid for', () => {
    const { market, supply } = opened();
    const [to] = attestBoth(market) as [ActorId<'attestation'>];
    market.advanceTo(accusedAt(market, to).context.windowEnd);
    report(market, to, otherAnswer(market));
    expect(market.refused('consumer', to, { type: 'refund' }).code).toBe('attestation-not-void');
    const before = purse(market, market.ownerName('p0'));
    market.do('anyone', to, { type: 'settle' });
    expect(purse(market, market.ownerName('p0'))).toBeGreaterThan(before);
    expect(market.balance(to)).toBe(0n);
    expectSound(market, supply, market.profile);
  });

  test('are challenged no more', () => {
    const { market } = opened();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    report(market, market.attestation('p0'), otherAnswer(market));
    const message = market.challengeMessage('p0', 'p1');
    const id = market.challengeOf('p0', 'p1');
    expect(market.refused('challenger', id, message, BOND).code).toBe('attestation-void');
    expect(market.actor(market.attestation('p1'))?.state).toBe('pending');
  });
});

describe('a provider that equivocated', () => {
  test('is never active again, and attests nothing', () => {
    const { market } = opened();
    market.attest('p0', RIGHT);
    report(market, market.attestation('p0'), otherAnswer(market));
    const [owner, id] = [market.ownerName('p0'), market.provider('p0')];
    const refused = (message: Parameters<typeof market.order<'provider'>>[2], value = 0n) =>
      market.refused(owner, id, message, value).code;
    expect(refused({ type: 'stake' }, STAKE)).toBe('not-accepted');
    expect(refused({ type: 'unjail' })).toBe('not-accepted');
    const serve = { profileHash: market.profileHash, modelId: MODEL_ID };
    expect(refused({ type: 'serve', ...serve })).toBe('not-accepted');
    const requestId = market.requestOf(0n);
    const request = actorId('request', requestId);
    const ask = market.requestMessage('p0', 0n, 0n);
    expect(market.refused('consumer', request, ask, FEE).code).toBe('provider-not-active');
    const claim = market.claim('p0', RIGHT, { requestId });
    expect(market.refused('p0', market.attestation('p0', requestId), claim).code).toBe(
      'provider-not-active',
    );
    expect(market.actor(market.profile)?.context.live.owners).toBe(5);
    expect(stateOf(market)).toBe('tombstoned');
  });

  test('is judged to the end in a challenge that was open; what it had locked is burned', () => {
    const { market, supply } = opened();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const id = market.challenge('p0', 'p1');
    report(market, market.attestation('p0'), otherAnswer(market));
    expect(market.actor(market.provider('p0'))?.context).toMatchObject({
      lockedNlux: LOCK,
      debtNlux: LOCK,
    });
    const before = market.balance(BURN);
    market.playOut(id, RIGHT);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    expectSound(market, supply, market.profile);
    market.pass(id);
    expect(market.actor(market.attestation('p0'))?.state).toBe('final');
    expect(market.actor(market.attestation('p1'))?.state).toBe('faulty');
    const burned = market.context(id).settlement?.burnedNlux ?? 0n;
    expect(market.balance(BURN) - before).toBe(LOCK + burned);
    expect(market.balance(market.provider('p0'))).toBe(0n);
    expectSound(market, supply, market.profile);
  });

  test('loses a challenge with what it had locked, the rest of that is burned', () => {
    const { market, supply } = opened();
    market.attest('p0', WRONG);
    market.attest('p1', RIGHT);
    const id = market.challenge('p0', 'p1');
    report(market, market.attestation('p0'), otherAnswer(market, undefined, RIGHT));
    const before = market.balance(BURN);
    market.playOut(id, RIGHT);
    market.openChunks(id, 'p0', WRONG);
    market.openChunks(id, 'p1', RIGHT);
    market.pass(id);
    expect(market.context(id).slashedNlux).toBe(STAKE / 20n);
    const burned = market.context(id).settlement?.burnedNlux ?? 0n;
    expect(market.balance(BURN) - before).toBe(LOCK - STAKE / 20n + burned);
    expect(market.balance(market.provider('p0'))).toBe(0n);
    expectSound(market, supply, market.profile);
  });

  test('is silent in a seat that it was drawn for, and replaced', () => {
    const { market, supply } = opened(8);
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    for (const name of market.providers.slice(2)) market.attest(name, RIGHT);
    const id = market.challenge('p0', 'p1');
    market.publish(id);
    market.pass(id);
    market.seed(id);
    const seated = market.seatName(id);
    report(market, market.attestation(seated), answerOf(market.claim(seated, WRONG)));
    expect(stateOf(market, seated)).toBe('tombstoned');
    market.pass(id);
    const seats = market.context(id).seats;
    expect(seats.map(({ state }) => state)).toEqual(['silent', 'drawn']);
    const next = market.seatName(id);
    market.commit(id, next, RIGHT);
    market.pass(id);
    market.reveal(id, next, RIGHT);
    market.nameChunks(id);
    for (const [name, output] of [
      [next, RIGHT],
      ['p0', RIGHT],
      ['p1', WRONG],
    ] as const) {
      market.openChunks(id, name, output);
    }
    market.pass(id);
    expect(market.actor(market.attestation('p1'))?.state).toBe('faulty');
    expectSound(market, supply, market.profile);
  });
});
