import { describe, expect, test } from 'vitest';
import { bondFor, prepareChallenge, prepareShowing } from '../../../../src/client/challenge.ts';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import { BURN, type ActorId } from '../../../../src/machines/kit/index.ts';
import { expectSound } from '../../../support/invariants.ts';
import { Market, SPECIFICATION } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';
import { accusedAt, RERUN_FEE, STAKE, stakeOf } from '../audit/support.ts';

const TOKENS: Comparator = {
  type: 'tokens',
  chunkElements: 8,
  loTokens: 1,
  hiTokens: 2,
  minFail: 1,
};

/** Eight token ids of 32 bits, little-endian: one chunk. */
const tokens = (...ids: readonly number[]): Uint8Array =>
  new Uint8Array(Uint32Array.from({ length: 8 }, (_, at) => ids[at] ?? 0).buffer);

const HONEST = tokens(1, 2, 3, 4, 5, 6, 7, 8);
/** One token is another: within the threshold. */
const NEAR = tokens(1, 2, 3, 4, 5, 6, 7, 9);
/** Four are: beyond it. */
const FAR = tokens(1, 2, 3, 4, 50, 60, 70, 80);

const LOCK = STAKE / 5n;
const BOND = bondFor(SHORT.dispute, RERUN_FEE);

/** Two answers of `p0` to one claim, asked for twice; the challenge between them is open. */
const twice = (first: Uint8Array, second: Uint8Array) => {
  const market = new Market(8, SHORT, { ...SPECIFICATION, comparator: TOKENS }).open();
  const supply = market.supply();
  const slots = [first, second].map((output, at) => {
    const requestId = market.ask('p0', LUX / 10n, BigInt(at));
    market.attest('p0', output, requestId);
    return market.attestation('p0', requestId);
  });
  const [a, b] = slots.map((to) => accusedAt(market, to));
  if (a === undefined || b === undefined) throw new Error('two of them');
  const chain = { networkId: CHAIN.networkId, chainId: CHAIN.chainId };
  const { receiver: id, message } = prepareChallenge(chain, a, b);
  market.do('challenger', id, message, BOND);
  return { market, supply, id, slots };
};

/** Everything up to the verdict: both outputs published, one seat with an answer. */
const play = (market: Market, id: ActorId<'challenge'>, outputs: readonly Uint8Array[]): void => {
  market.publish(id);
  for (const output of outputs) {
    const message = prepareShowing(market.context(id), output);
    if (message !== undefined) market.do('anyone', id, message);
  }
  market.pass(id);
  market.seed(id);
  const seat = market.seatName(id);
  market.commit(id, seat, HONEST);
  while (market.actor(id)?.state === 'commit') market.pass(id);
  market.reveal(id, seat, HONEST);
  for (const output of outputs) market.openChunks(id, 'p0', output);
  market.openChunks(id, seat, HONEST);
  while (market.actor(id)?.state !== 'final') market.pass(id);
};

describe('two answers of one provider where the comparator tolerates differences', () => {
  test('are a pair like any other: both locks are on the one stake', () => {
    const { market, supply, id } = twice(HONEST, FAR);
    const { defendants } = market.context(id);
    expect(defendants.map(({ provider }) => provider)).toEqual([
      market.address('p0'),
      market.address('p0'),
    ]);
    expect(defendants.map(({ lockNlux }) => lockNlux)).toEqual([LOCK, LOCK]);
    expect(market.actor(market.provider('p0'))?.context).toMatchObject({
      lockedNlux: 2n * LOCK,
      freeNlux: STAKE - 2n * LOCK,
      openChallenges: 2,
    });
    expectSound(market, supply, market.profile);
  });

  test('the one that is far is faulty, the other valid, and the provider stays', () => {
    const { market, supply, id, slots } = twice(HONEST, FAR);
    play(market, id, [HONEST, FAR]);
    const slash = STAKE / 20n;
    expect(slots.map((to) => market.actor(to)?.context.verdict)).toEqual(['valid', 'faulty']);
    expect(market.context(id).slashedNlux).toBe(slash);
    expect(stakeOf(market, 'p0')).toBe(STAKE - slash);
    expect(market.actor(market.provider('p0'))?.state).toBe('inactive');
    expect(market.balance(BURN)).toBe(market.context(id).settlement?.burnedNlux ?? -1n);
    expectSound(market, supply, market.profile);
  });

  test('that are near one another and the seat are both valid: nobody loses stake', () => {
    const { market, supply, id, slots } = twice(HONEST, NEAR);
    play(market, id, [HONEST, NEAR]);
    expect(slots.map((to) => market.actor(to)?.state)).toEqual(['final', 'final']);
    expect(stakeOf(market, 'p0')).toBe(STAKE);
    expectSound(market, supply, market.profile);
  });

  test('with an output that nobody publishes are judged without it', () => {
    const { market, supply, id, slots } = twice(HONEST, FAR);
    play(market, id, [HONEST]);
    expect(slots.map((to) => market.actor(to)?.context.verdict)).toEqual([
      'valid',
      'unsubstantiated',
    ]);
    expect(stakeOf(market, 'p0')).toBe(STAKE - LOCK);
    expectSound(market, supply, market.profile);
  });
});
