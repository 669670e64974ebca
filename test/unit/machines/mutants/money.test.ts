import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appealDeposit,
  auditReserve,
  bondOf,
  distribute,
  equivocationReward,
  heldByChallenge,
  noShowPenalty,
  seatPenalty,
  slashOf,
  wrongResultSlash,
  type Outcome,
} from '../../../../src/machines/challenge/money.ts';
import type { Appeal } from '../../../../src/machines/challenge/record.ts';
import type { ChallengeContext, Defendant } from '../../../../src/machines/challenge/record.ts';
import { LADDER, LUX } from '../../../support/parameters.ts';
import { challenge, defendant, FEE } from './support.ts';

// PROTOCOL §6.3 to the last nLUX.

const terms = LADDER.dispute;

const deposit = (depositNlux: bigint): Appeal => ({
  round: 1,
  appellant: 'aa'.repeat(20),
  depositNlux,
  findingFirst: 'valid',
  findingSecond: 'faulty',
});

describe('bonds and deposits', () => {
  test('the bond is the larger of 10 LUX and twelve re-runs, and an audit brings two', () => {
    // Twelve re-runs are 10 LUX at 5/6 LUX each, which no integer of nLUX hits.
    const [below, above] = [(10n * LUX) / 12n, (10n * LUX) / 12n + 1n];
    expect([below, above].map((fee) => bondOf(terms, fee))).toEqual([10n * LUX, 12n * above]);
    expect(bondOf(terms, above, 'equivocation')).toBe(12n * above);
    expect([below, above].map((fee) => bondOf(terms, fee, 'audit'))).toEqual([
      20n * LUX,
      24n * above,
    ]);
  });

  test('the pool sets aside every seat of 3 → 7', () => {
    expect(auditReserve(terms, FEE)).toBe(10n * FEE);
  });

  test('an appeal costs twice the next panel, of a pair as of an audit', () => {
    const cost = (form: ChallengeContext['form'], round: number) =>
      appealDeposit(challenge({ form, round })) / FEE;
    expect([cost('pair', 1), cost('pair', 2), cost('pair', 3)]).toEqual([6n, 14n, 0n]);
    expect([cost('audit', 1), cost('protocolAudit', 1), cost('audit', 2)]).toEqual([14n, 14n, 0n]);
    expect(cost('equivocation', 2)).toBe(14n);
  });
});

describe('slashes and penalties', () => {
  test('a wrong result costs 5, 10, 20 % of base by the panel in hand, rounded up', () => {
    const of = (form: ChallengeContext['form'], round: number) =>
      wrongResultSlash(challenge({ form, round }), { baseNlux: 19n } as Defendant);
    expect([of('pair', 1), of('pair', 2), of('pair', 3)]).toEqual([1n, 2n, 4n]);
    expect([of('audit', 1), of('audit', 2)]).toEqual([2n, 4n]);
  });

  test('who is faulty owes what its panel said, who showed nothing 20 %, others nothing', () => {
    const owed = (verdict: Defendant['verdict']) =>
      slashOf(challenge(), defendant(0, { verdict, baseNlux: 4n, leastNlux: 7n }));
    expect(owed('faulty')).toBe(7n);
    expect(owed('unsubstantiated')).toBe(1n);
    expect([owed('valid'), owed('void'), owed('none')]).toEqual([0n, 0n, 0n]);
  });

  test('a seat owes the larger of 2 % of the minimum stake and two re-runs; a no-show 1 %', () => {
    const owed = (rerunFeeNlux: bigint) => seatPenalty(challenge({ rerunFeeNlux }));
    expect([owed(FEE), owed(LUX), owed(LUX + 1n)]).toEqual([2n * LUX, 2n * LUX, 2n * LUX + 2n]);
    expect(noShowPenalty(challenge())).toBe(LUX);
    const least = challenge({ minimumStakeNlux: 1n, rerunFeeNlux: 0n });
    expect([noShowPenalty(least), seatPenalty(least)]).toEqual([1n, 1n]);
  });

  test('who shows an equivocation gets 1 % of the slash, rounded down, at most 1 LUX', () => {
    const reward = (slashNlux: bigint) => equivocationReward(terms, slashNlux);
    expect([reward(199n), reward(100n * LUX - 1n)]).toEqual([1n, LUX - 1n]);
    expect([reward(100n * LUX), reward(101n * LUX)]).toEqual([LUX, LUX]);
  });
});

/** PROTOCOL §6.3 again, as drawers of cash that are emptied one after another. */
const byHand = (context: ChallengeContext, outcome: Outcome) => {
  const sum = (appeals: readonly Appeal[]) =>
    appeals.reduce((total, { depositNlux }) => total + depositNlux, 0n);
  const has = {
    lost: sum(outcome.lost),
    slash: context.slashedNlux,
    bond: context.bondNlux,
    burned: 0n,
  };
  const first = (has.slash * BigInt(context.terms.slashBurnBps) + 9_999n) / 10_000n;
  has.slash -= first;
  has.burned += first;
  const cost = context.rerunFeeNlux * BigInt(outcome.paidSeats);
  for (let left = cost; left > 0n; left -= 1n) {
    if (has.lost > 0n) has.lost -= 1n;
    else if (has.slash > 0n) has.slash -= 1n;
    else has.bond -= 1n;
  }
  const proven = context.slashedNlux - context.unrewardedNlux;
  const limits = [
    has.slash,
    (proven * BigInt(context.terms.challengerShareBps)) / 10_000n,
    context.bondNlux * BigInt(context.terms.challengerBondMultiple),
  ];
  const least = limits.reduce((a, b) => (a < b ? a : b));
  const reward = context.form === 'protocolAudit' ? 0n : least;
  has.burned += has.slash - reward;
  const isFrivolous = context.form === 'audit' && outcome.upheld > 0;
  const surplus = has.lost + (isFrivolous ? has.bond : 0n);
  const each = outcome.upheld === 0 ? 0n : surplus / 2n / BigInt(outcome.upheld);
  has.burned += surplus - each * BigInt(outcome.upheld);
  return {
    burnedNlux: has.burned,
    rerunsNlux: cost,
    rerunNlux: context.rerunFeeNlux,
    rewardNlux: reward,
    bondBackNlux: isFrivolous ? 0n : has.bond,
    upheldNlux: each * BigInt(outcome.upheld),
    eachUpheldNlux: each,
    appealsBackNlux: sum(outcome.returned),
  };
};

describe('the money of a challenge', () => {
  const small = fc.bigInt(0n, 60n);
  const deposits = fc.array(small.map(deposit), { maxLength: 2 });
  const cases = fc.record({
    form: fc.constantFrom('pair' as const, 'audit' as const, 'protocolAudit' as const),
    slashedNlux: small,
    unrewardedShare: fc.bigInt(0n, 2n),
    rerunFeeNlux: fc.bigInt(1n, 5n),
    bondNlux: fc.bigInt(55n, 70n),
    multiple: fc.nat(1),
    paidSeats: fc.nat(11),
    upheld: fc.nat(2),
    lost: deposits,
    returned: deposits,
  });

  test('goes through the drawers in their order', () => {
    fc.assert(
      fc.property(cases, ({ unrewardedShare, multiple, ...of }) => {
        const context = challenge({
          ...of,
          unrewardedNlux: (of.slashedNlux * unrewardedShare) / 2n,
          terms: { ...terms, challengerBondMultiple: multiple },
        });
        expect(distribute(context, of)).toEqual(byHand(context, of));
      }),
      { numRuns: 2_000, seed: 63 },
    );
  });

  test('rests with it until it is settled: bond, deposits and slashes', () => {
    const held = challenge({
      appeals: [deposit(3n), deposit(4n)],
      slashedNlux: 20n,
      bondNlux: 100n,
    });
    expect(heldByChallenge(held)).toBe(127n);
    const outcome: Outcome = { paidSeats: 0, upheld: 0, lost: [], returned: held.appeals };
    const { rerunNlux: _, eachUpheldNlux: __, ...settlement } = distribute(held, outcome);
    expect(heldByChallenge({ ...held, settlement })).toBe(0n);
  });
});
