import { describe, expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { exposureBound } from '../../../../src/machines/parameters/deterrence.ts';
import { longestChallengeBlocks } from '../../../../src/machines/parameters/schedule.ts';
import * as theory from '../../../../src/simulation/closed-forms/index.ts';

const { exact, toNumber } = theory;
const NONE = exact(0);

const cheating = {
  fee: exact(1),
  gain: exact(10),
  cost: exact(0.1),
  challenged: exact(0.2),
  acquitted: exact(0.1),
  voided: NONE,
  slash: exact(20),
};

describe('profits (ECONOMICS 1)', () => {
  test('honest: F − C − p·α·s·S', () => {
    const terms = { fee: exact(1), cost: exact(0.5), slash: exact(10) };
    const risky = { ...terms, challenged: exact(0.2), convicted: exact(0.05) };
    expect(toNumber(theory.honestProfit(risky))).toBe(0.4);
  });

  test('cheating without voids: (1−q)(F+G) − c − q·s·S', () => {
    // q = 0.2·0.9 = 0.18: 0.82·11 − 0.1 − 0.18·20.
    expect(toNumber(theory.cheaterProfit(cheating))).toBeCloseTo(5.32, 14);
    expect(toNumber(theory.caughtProbability(cheating))).toBe(0.18);
  });

  test('a void refunds the fee and leaves the gain', () => {
    // 0.8·11 + 0.2(0.1·11 + 0.3·10) − 0.1 − 0.2·0.6·20.
    const voided = { ...cheating, voided: exact(0.3) };
    expect(toNumber(theory.cheaterProfit(voided))).toBeCloseTo(7.12, 14);
  });

  test('a gain that survives adds G where the cheater is caught', () => {
    expect(toNumber(theory.survivingCheaterProfit(cheating))).toBeCloseTo(5.32 + 0.18 * 10, 14);
  });

  test('the profit is zero at the break-even rate, and only there', () => {
    const rate = theory.breakEvenRate(cheating);
    expect(rate).toBeDefined();
    if (rate === undefined) return;
    const at = (challenged: typeof rate) =>
      Math.sign(toNumber(theory.cheaterProfit({ ...cheating, challenged })));
    expect(at(rate)).toBe(0);
    expect(at(theory.exact(toNumber(rate) * 0.9))).toBe(1);
    expect(at(theory.exact(toNumber(rate) * 1.1))).toBe(-1);
  });

  test('there is no such rate where verdicts never convict and never void', () => {
    expect(theory.breakEvenRate({ ...cheating, acquitted: exact(1) })).toBeUndefined();
  });
});

describe('deterrence (ECONOMICS 2)', () => {
  test('the published instance: R = 10, p = 0.2 → 40', () => {
    const of = { gain: exact(10), caught: exact(0.2), costSaved: NONE, fee: NONE };
    expect(toNumber(theory.deterrentSlash(of))).toBe(40);
    expect(toNumber(theory.pureGainSlash(exact(10), exact(0.2)))).toBe(40);
  });

  test('a gain that survives takes G/q', () => {
    expect(toNumber(theory.survivingGainSlash(exact(10), exact(0.2)))).toBe(50);
  });

  test('at the full form cheating pays what honest work pays', () => {
    const caught = theory.caughtProbability(cheating);
    const slash = theory.deterrentSlash({
      gain: cheating.gain,
      caught,
      costSaved: exact(0.4),
      fee: cheating.fee,
    });
    // C = 0.5 and c = 0.1; honest work is never slashed here.
    expect(toNumber(theory.cheaterProfit({ ...cheating, slash }))).toBeCloseTo(1 - 0.5, 12);
  });
});

describe('bounds (ECONOMICS 3, 4, 6, 8)', () => {
  test('sampling equilibrium: C / ((1−r)(F + s·S))', () => {
    const of = { honestCost: exact(2), colluding: exact(0.2), fee: exact(5), slash: exact(20) };
    expect(toNumber(theory.samplingFloor(of))).toBe(0.1);
  });

  test('honest participation: (F−C)/(p·α), and nothing where nobody is slashed', () => {
    const of = { fee: exact(1), cost: exact(0.5), challenged: exact(0.2), convicted: exact(0.05) };
    expect(toNumber(theory.participationCeiling(of) ?? NONE)).toBe(50);
    expect(theory.participationCeiling({ ...of, convicted: NONE })).toBeUndefined();
  });

  test('both bounds meet at the tolerated α', () => {
    const of = {
      wrong: exact(0.1),
      fee: exact(1),
      honestCost: exact(0.5),
      challenged: exact(0.2),
      gain: exact(10),
      cheatingCost: exact(0.1),
    };
    const alpha = theory.toleratedFalseSlash(of);
    expect(alpha).toBeDefined();
    if (alpha === undefined) return;
    const ceiling = theory.participationCeiling({
      fee: of.fee,
      cost: of.honestCost,
      challenged: of.challenged,
      convicted: alpha,
    });
    // The slash at which the cheater has nothing left.
    const slash = ceiling ?? NONE;
    expect(toNumber(theory.cheaterProfit({ ...cheating, slash }))).toBeCloseTo(0, 12);
    expect(theory.toleratedFalseSlash({ ...of, cheatingCost: exact(100) })).toBeUndefined();
  });

  test('an accomplice recovers ρ of a slash', () => {
    expect(toNumber(theory.netSlash(exact(20), exact(0.3)))).toBe(14);
  });

  test('κ ≤ 30.66 bp with the defaults, as genesis computes it', () => {
    const convicted = theory.ladderVerdicts(theory.DESIGN_LADDER, 'cheating').convicted;
    expect(toNumber(convicted)).toBeCloseTo(0.839155712, 12);
    const caught = exact(toNumber(convicted) * 0.05);
    const of = { recovered: exact(0.3), slashRate: exact(0.1), caught };
    const bps = toNumber(theory.exposureCeiling(of) ?? NONE) * 1e4;
    expect(bps).toBeCloseTo(30.66, 2);
    expect(bps).toBeCloseTo(toNumber(exposureBound(MAINNET) ?? NONE) * 1e4, 9);
    expect(theory.exposureCeiling({ ...of, caught: exact(1) })).toBeUndefined();
  });
});

describe('checking (ECONOMICS 5, 7)', () => {
  test('cheating rate k/R, and one where a check never pays', () => {
    expect(toNumber(theory.voluntaryCheatingRate(exact(1), exact(10)))).toBe(0.1);
    expect(toNumber(theory.voluntaryCheatingRate(exact(2), exact(1)))).toBe(1);
  });

  test('checking rate G/(G + s·S)', () => {
    expect(toNumber(theory.voluntaryCheckingRate(exact(1), exact(9)))).toBe(0.1);
  });

  test('a guess pays iff y(fee + penalty) < C, that is iff it brings more than fee − C', () => {
    for (const [y, penalty, cost] of [
      [0.5, 2, 1],
      [0.1, 2, 0.5],
      [0.2, 2, 0.5],
      [0.01, 1, 0.02],
    ] as const) {
      const guess = { falseResult: exact(y), fee: exact(0.5), penalty: exact(penalty) };
      const isBetter = toNumber(theory.guessProfit(guess)) > 0.5 - cost + 1e-12;
      expect(theory.guessPays(guess, exact(cost))).toBe(isBetter);
    }
  });
});

describe('bias, correlation and time (ECONOMICS 13 to 15)', () => {
  test('re-opening and withholding', () => {
    expect(toNumber(theory.reopenBias(exact(0.2), 1))).toBe(0.2);
    expect(toNumber(theory.reopenBias(exact(0.2), 3))).toBe(0.488);
    expect(toNumber(theory.withheldBias(exact(0.2), 2))).toBe(0.488);
    expect(toNumber(theory.thresholdBias(exact(0.2)))).toBe(0.2);
  });

  test.each([
    ['0.10', 0.09],
    ['0.15', 0.2025],
    ['1/3', 1],
    ['0.5', 1],
  ])('faults of %s of all stake are slashed with %d', (share, rate) => {
    expect(toNumber(theory.correlatedRate(exact(share)))).toBe(rate);
  });

  test('never below the base, never above one', () => {
    expect(toNumber(theory.correlatedRate(exact(0.01), exact(0.05)))).toBe(0.05);
    expect(toNumber(theory.correlatedRate(exact(1), exact(0.05)))).toBe(1);
  });

  test('the mean over who is convicted is that of all cases', () => {
    const { mean, square } = theory.correlatedMoments(
      [exact(0.1), exact(0.2)],
      exact(0.5),
      exact(0.01),
    );
    // Nobody, the first, the second, both: 0.01, 0.09, 0.36, 0.81.
    expect(toNumber(mean)).toBeCloseTo((0.01 + 0.09 + 0.36 + 0.81) / 4, 14);
    expect(toNumber(square)).toBeCloseTo((0.0001 + 0.0081 + 0.1296 + 0.6561) / 4, 14);
  });

  test('D of mainnet is 50,850 blocks, as the chain has it', () => {
    const { dispute } = MAINNET;
    const windows = {
      publish: dispute.publishBlocks,
      seed: dispute.seedBlocks,
      commit: dispute.commitBlocks,
      reveal: dispute.revealBlocks,
      appeal: dispute.appealBlocks,
      panels: 3n,
      commitWindows: 3n,
    };
    expect(theory.longestChallenge(windows)).toBe(50_850n);
    expect(theory.longestChallenge(windows)).toBe(longestChallengeBlocks(dispute));
  });
});
