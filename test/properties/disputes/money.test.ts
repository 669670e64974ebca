import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditReserve,
  bondOf,
  distribute,
  slashOf,
  wrongResultSlash,
  type Distribution,
  type Outcome,
} from '../../../src/machines/challenge/money.ts';
import { panelsOf } from '../../../src/machines/challenge/ladder.ts';
import { initialChallenge, type Appeal } from '../../../src/machines/challenge/record.ts';
import type { ChallengeContext, Defendant } from '../../../src/machines/challenge/record.ts';
import { seatsOf } from '../../../src/machines/parameters/ladder.ts';
import { LADDER, LUX } from '../../support/parameters.ts';

const FIXED = { seed: 20_261_125, numRuns: 5_000 };
const BPS = 10_000n;
const HIGHEST_BPS = 10_000;

const nlux = (most: bigint) => fc.bigInt(0n, most);
const bps = fc.nat(HIGHEST_BPS);

const appeal = nlux(50n * LUX).map((depositNlux): Appeal => ({
  round: 1,
  appellant: 'aa'.repeat(20),
  depositNlux,
  findingFirst: 'valid',
  findingSecond: 'faulty',
}));
const appeals = fc.array(appeal, { maxLength: 2 });

const money = fc.record({
  form: fc.constantFrom('pair' as const, 'audit' as const, 'protocolAudit' as const),
  slashBurnBps: bps,
  challengerShareBps: bps,
  challengerBondMultiple: fc.nat(5),
  bondMinimumNlux: nlux(20n * LUX),
  rerunFeeNlux: nlux(2n * LUX),
  slashedNlux: fc.oneof(nlux(5n), nlux(10n ** 6n * LUX)),
  unrewardedBps: bps,
  paidBps: bps,
  upheld: fc.nat(2),
  lost: appeals,
  returned: appeals,
});

interface Case {
  readonly context: ChallengeContext;
  readonly outcome: Outcome;
  readonly shares: Distribution;
}

/** Any challenge whose bond covers its ladder, as every parameter set has to (PROTOCOL §9). */
const cases: fc.Arbitrary<Case> = money.map((of) => {
  const { form, rerunFeeNlux, slashedNlux } = of;
  const { slashBurnBps, challengerShareBps, challengerBondMultiple, bondMinimumNlux } = of;
  const changed = { slashBurnBps, challengerShareBps, challengerBondMultiple, bondMinimumNlux };
  const terms = { ...LADDER.dispute, ...changed };
  const bondNlux =
    form === 'protocolAudit'
      ? auditReserve(terms, rerunFeeNlux)
      : bondOf(terms, rerunFeeNlux, form);
  const most = seatsOf(panelsOf({ form, terms }));
  const unrewardedNlux = (slashedNlux * BigInt(of.unrewardedBps)) / BPS;
  const context = {
    ...initialChallenge,
    form,
    terms,
    bondNlux,
    rerunFeeNlux,
    slashedNlux,
    unrewardedNlux,
  };
  const paidSeats = Number((BigInt(most + 1) * BigInt(of.paidBps)) / (BPS + 1n));
  const upheld = form === 'pair' ? of.upheld : Math.min(1, of.upheld);
  const outcome = { paidSeats, upheld, lost: of.lost, returned: of.returned };
  return { context, outcome, shares: distribute(context, outcome) };
});

const holds = (property: (each: Case) => void): void =>
  fc.assert(fc.property(cases, property), FIXED);

const deposits = (of: readonly Appeal[]): bigint =>
  of.reduce((sum, { depositNlux }) => sum + depositNlux, 0n);

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

describe('the distribution of a challenge’s money (PROTOCOL §6.3)', () => {
  it('I2, I5: no part is negative, and together they are exactly what came in', () => {
    holds(({ context, outcome, shares }) => {
      const { rerunNlux, eachUpheldNlux, ...settlement } = shares;
      const parts = Object.values(settlement);
      expect(Math.min(...parts.map((part) => (part < 0n ? -1 : 0)))).toBe(0);
      const total = parts.reduce((sum, part) => sum + part, 0n);
      const brought = deposits([...outcome.lost, ...outcome.returned]);
      expect(total).toBe(context.slashedNlux + context.bondNlux + brought);
      expect(rerunNlux * BigInt(outcome.paidSeats)).toBe(shares.rerunsNlux);
      expect(eachUpheldNlux * BigInt(outcome.upheld)).toBe(shares.upheldNlux);
    });
  });

  it('every seat that answered gets its fee, every appeal that was not lost its deposit', () => {
    holds(({ context, outcome, shares }) => {
      expect(shares.rerunNlux).toBe(context.rerunFeeNlux);
      expect(shares.appealsBackNlux).toBe(deposits(outcome.returned));
    });
  });

  it('a slash is burned first, rounded up', () => {
    holds(({ context, shares }) => {
      const { slashedNlux, terms } = context;
      expect(shares.burnedNlux * BPS).toBeGreaterThanOrEqual(
        slashedNlux * BigInt(terms.slashBurnBps),
      );
    });
  });

  it('I8: the reward is bounded by share and bonds, nothing for whom nobody proved wrong', () => {
    holds(({ context, shares }) => {
      const { slashedNlux, unrewardedNlux, bondNlux, terms, form } = context;
      const share = BigInt(terms.challengerShareBps);
      expect(shares.rewardNlux * BPS).toBeLessThanOrEqual((slashedNlux - unrewardedNlux) * share);
      expect(shares.rewardNlux).toBeLessThanOrEqual(
        bondNlux * BigInt(terms.challengerBondMultiple),
      );
      if (form === 'protocolAudit') expect(shares.rewardNlux).toBe(0n);
    });
  });

  it('I8: whoever is slashed and challenges itself loses at least (1 − ρ) of the slash', () => {
    holds(({ context, outcome, shares }) => {
      if (outcome.upheld > 0) return;
      const { slashedNlux, bondNlux, terms } = context;
      const net = shares.rewardNlux + shares.bondBackNlux - bondNlux - slashedNlux;
      const kept = BPS - BigInt(terms.challengerShareBps);
      expect(net * BPS).toBeLessThanOrEqual(-slashedNlux * kept);
    });
  });

  it('I9: a frivolous audit costs its bond, at least the re-runs, whoever pays those', () => {
    holds(({ context, outcome, shares }) => {
      if (context.form !== 'audit' || outcome.upheld === 0) return;
      expect(shares.bondBackNlux).toBe(0n);
      expect(context.bondNlux).toBeGreaterThanOrEqual(shares.rerunsNlux);
    });
  });

  it('re-runs are paid from lost deposits, then the slash after its burn, then the bond', () => {
    holds(({ context, outcome, shares }) => {
      if (context.form === 'audit' && outcome.upheld > 0) return;
      const { slashedNlux, bondNlux, terms } = context;
      const burned = (slashedNlux * BigInt(terms.slashBurnBps) + BPS - 1n) / BPS;
      const available = slashedNlux - burned;
      const cost = shares.rerunsNlux;
      const afterDeposits = cost - smaller(cost, deposits(outcome.lost));
      const afterSlash = afterDeposits - smaller(afterDeposits, available);
      expect(shares.bondBackNlux).toBe(bondNlux - afterSlash);
      if (afterSlash > 0n) expect(shares.rewardNlux).toBe(0n);
    });
  });

  it('what is unfounded is half burned, half the upheld’s, and rounding is burned', () => {
    holds(({ context, outcome, shares }) => {
      const isFrivolous = context.form === 'audit' && outcome.upheld > 0;
      const surplus = deposits(outcome.lost) - shares.rerunsNlux;
      const most = (surplus > 0n ? surplus : 0n) + (isFrivolous ? context.bondNlux : 0n);
      expect(2n * shares.upheldNlux).toBeLessThanOrEqual(most);
      if (outcome.upheld === 0) expect(shares.upheldNlux).toBe(0n);
      if (isFrivolous) {
        const left = context.bondNlux + deposits(outcome.lost) - shares.rerunsNlux;
        // The slash of an audit with a valid defendant is none; a random one may pay re-runs, too.
        if (context.slashedNlux === 0n) expect(shares.upheldNlux).toBe(left / 2n);
      }
    });
  });

  it('neither the order of appeals nor how deposits are split changes a share', () => {
    holds(({ context, outcome, shares }) => {
      const { lost, returned } = outcome;
      const turned = { ...outcome, lost: lost.toReversed(), returned: returned.toReversed() };
      expect(distribute(context, turned)).toEqual(shares);
      const [first, ...rest] = lost;
      if (first === undefined) return;
      const whole = { ...first, depositNlux: first.depositNlux + deposits(rest) };
      expect(distribute(context, { ...outcome, lost: [whole] })).toEqual(shares);
    });
  });
});

describe('what a defendant is asked for (PROTOCOL §6.3, I4, I10)', () => {
  const verdicts = ['none', 'valid', 'faulty', 'unsubstantiated', 'void'] as const;
  const asked = fc.record({
    form: fc.constantFrom('pair' as const, 'audit' as const),
    round: fc.constantFrom(1, 2),
    baseNlux: nlux(10n ** 9n * LUX),
    verdict: fc.constantFrom(...verdicts),
  });

  it('is at most ⌈rate·base⌉, nothing for valid and void, and rounded up', () => {
    fc.assert(
      fc.property(asked, ({ form, round, baseNlux, verdict }) => {
        const context = { ...initialChallenge, form, round, terms: LADDER.dispute };
        const defendant = { baseNlux, verdict } as Defendant;
        const leastNlux = wrongResultSlash(context, defendant);
        const amount = slashOf(context, { ...defendant, leastNlux });
        const rates = form === 'pair' ? [500n, 1_000n] : [1_000n, 2_000n];
        const rate = verdict === 'unsubstantiated' ? 2_000n : (rates[round - 1] ?? 0n);
        const isSlashed = verdict === 'faulty' || verdict === 'unsubstantiated';
        expect(amount).toBe(isSlashed ? (baseNlux * rate + BPS - 1n) / BPS : 0n);
      }),
      FIXED,
    );
  });
});
