import { describe, expect, test } from 'vitest';
import {
  equivocationReward,
  noShowPenalty,
  seatPenalty,
  slashOf,
} from '../../../../src/machines/challenge/money.ts';
import { initialChallenge, type Defendant } from '../../../../src/machines/challenge/record.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';

/** What is taken is rounded up, what is given is rounded down (PROTOCOL §6.3). */

const terms = { ...SHORT.dispute, noShowBps: 101, seatPenaltyBps: 203, unsubstantiatedBps: 2_001 };
/** No multiple of anything. */
const odd = 100n * LUX + 1n;
const context = { ...initialChallenge, terms, minimumStakeNlux: odd, rerunFeeNlux: 1n };
const ceil = (amount: bigint, bps: number): bigint => (amount * BigInt(bps) + 9_999n) / 10_000n;
const floor = (amount: bigint, bps: number): bigint => (amount * BigInt(bps)) / 10_000n;

describe('amounts that do not divide', () => {
  test('penalties of seats are rounded up', () => {
    expect(noShowPenalty(context)).toBe(ceil(odd, 101));
    expect(seatPenalty(context)).toBe(ceil(odd, 203));
    expect(ceil(odd, 101)).not.toBe(floor(odd, 101));
    expect(ceil(odd, 203)).not.toBe(floor(odd, 203));
  });

  test('the slash of who stayed silent is rounded up', () => {
    const silent = { baseNlux: odd, verdict: 'unsubstantiated', leastNlux: 0n } as Defendant;
    expect(slashOf(context, silent)).toBe(ceil(odd, 2_001));
    expect(ceil(odd, 2_001)).not.toBe(floor(odd, 2_001));
  });

  test('the reward for two answers is rounded down, and has its limit', () => {
    const bps = SHORT.dispute.equivocationRewardBps;
    const small = 7n * LUX + 1n;
    expect(equivocationReward(SHORT.dispute, small)).toBe(floor(small, bps));
    expect(ceil(small, bps)).not.toBe(floor(small, bps));
    expect(equivocationReward(SHORT.dispute, 10_000n * LUX)).toBe(
      SHORT.dispute.equivocationRewardNlux,
    );
  });

  test('a lock is rounded up', () => {
    const market = new Market(6, { ...SHORT, minimumStakeNlux: odd }).open(() => 2n * odd);
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const id = market.challenge('p0', 'p1');
    const { lockBps } = SHORT.dispute;
    expect(ceil(odd, lockBps)).not.toBe(floor(odd, lockBps));
    expect(market.context(id).defendants.map(({ lockNlux }) => lockNlux)).toEqual([
      ceil(odd, lockBps),
      ceil(odd, lockBps),
    ]);
  });
});
