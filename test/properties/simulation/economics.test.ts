import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/codec/json/index.ts';
import { MAINNET } from '../../../src/genesis/presets/mainnet.ts';
import { bondOf, seatPenalty } from '../../../src/machines/challenge/money.ts';
import { initialChallenge } from '../../../src/machines/challenge/record.ts';
import {
  breakEvenRate,
  deterrentSlash,
  DESIGN_LADDER,
  exact,
  ladderVerdicts,
  pureGainSlash,
  toNumber,
} from '../../../src/simulation/closed-forms/index.ts';
import { played } from '../../unit/simulation/estimates/support.ts';

const NONE = exact(0);
const LADDER = { f: 0.2, panels: [3, 7] };
const PANELS = ladderVerdicts(DESIGN_LADDER, 'cheating');
const AUDIT_RATE = 0.05;
const CAUGHT = AUDIT_RATE * toNumber(PANELS.convicted);

const cheating = (of: Record<string, Json>) =>
  played({ estimate: 'cheaterProfit', p: AUDIT_RATE, c: 0.5, runs: 40_000, ...LADDER, ...of });
const honest = () => played({ estimate: 'honestProfit', p: AUDIT_RATE, C: 0.5, runs: 2_000 });

describe('a slash of G(1−q)/q deters, and half of it does not', () => {
  const gain = 1;
  const bound = toNumber(pureGainSlash(exact(gain), exact(CAUGHT)));

  test('I56: at the bound and above it, cheating brings no more than honest work', () => {
    for (const times of [1, 1.25, 2]) {
      const cheater = cheating({ G: gain, S: bound * times, s: 1, F: 1 });
      expect(cheater.z).toBeLessThanOrEqual(4);
      expect(cheater.closedForm).toBeLessThan(honest().estimate);
      // Two-sided: from a quarter above on, the whole interval lies below.
      if (times > 1) expect(cheater.ci95[1]).toBeLessThan(honest().ci95[0]);
    }
  });

  test('I56: at half of the bound it brings more', () => {
    const cheater = cheating({ G: gain, S: bound / 2, s: 1, F: 1 });
    expect(cheater.z).toBeLessThanOrEqual(4);
    expect(cheater.ci95[0]).toBeGreaterThan(honest().ci95[1]);
  });

  test('I56: at the full form both bring the same', () => {
    const slash = deterrentSlash({
      gain: exact(2),
      caught: exact(CAUGHT),
      costSaved: exact(0.4),
      fee: exact(1),
    });
    // Audits that find nothing refund the fee, which the form without voids leaves out.
    const cheater = cheating({
      G: 2,
      c: 0.1,
      F: 1,
      s: 1,
      S: toNumber(slash),
      f: 0.2,
      panels: [1],
      p: CAUGHT / 0.8,
    });
    expect(cheater.closedForm).toBeCloseTo(1 - 0.5, 8);
    expect(cheater.z).toBeLessThanOrEqual(4);
  });

  test('I56: over audit rates the profit crosses zero where theory says, from both sides', () => {
    const money = { G: 1, c: 0.5, F: 1, S: 100, s: 0.1 };
    const root = breakEvenRate({
      fee: exact(1),
      gain: exact(1),
      cost: exact(0.5),
      acquitted: PANELS.upheld,
      voided: PANELS.voided,
      slash: exact(10),
    });
    const rate = toNumber(root ?? NONE);
    expect(rate).toBeGreaterThan(0);
    const below = cheating({ ...money, p: rate * 0.8, runs: 20_000 });
    const above = cheating({ ...money, p: rate * 1.2, runs: 20_000 });
    expect(below.ci95[0]).toBeGreaterThan(0);
    expect(above.ci95[1]).toBeLessThan(0);
    expect(cheating({ ...money, p: rate, runs: 20_000 }).z).toBeLessThanOrEqual(4);
  });
});

describe('voluntary checking settles at k/R', () => {
  const rate = (of: Record<string, Json>) =>
    played({ estimate: 'voluntaryCheatingRate', runs: 30, ...of });

  test.each([
    [1, 10, 0.1],
    [1, 4, 0.25],
    [3, 5, 0.6],
  ])('I57: with checks for %d and catches for %d, %d of all cheat', (k, R, expected) => {
    const found = rate({ k, R });
    expect(found.closedForm).toBe(expected);
    expect(found.z).toBeLessThanOrEqual(4);
    expect(Math.abs(found.estimate - expected)).toBeLessThan(0.005);
  });

  test('I57: whatever the slash: a thousand times as much changes nothing', () => {
    const found = [0.01, 0.1, 1, 10].map((stake) => rate({ k: 1, R: 5, S: 100 * stake, s: 0.1 }));
    for (const { z, closedForm } of found) {
      expect(closedForm).toBe(0.2);
      expect(z).toBeLessThanOrEqual(4);
    }
    const rates = found.map(({ estimate }) => estimate);
    expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(0.005);
  });
});

describe('faults that come together', () => {
  test.each([0.01, 0.05, 0.1, 0.15, 0.25, 0.3])(
    'I58: of a share of %d in all are slashed with max(base, 9v²), exactly',
    (v) => {
      for (const base of [0, 0.05, 0.2]) {
        const cubic = 9 * v * v;
        const expected = Math.min(1, cubic > base ? cubic : base);
        const whole = played({ estimate: 'correlatedSlash', v, base, runs: 2 });
        expect(whole.estimate).toBeCloseTo(expected, 14);
        expect(whole.z).toBe(0);
        // However many providers it is shared between.
        const shares = [v / 2, v / 4, v / 4];
        const shared = played({ estimate: 'correlatedSlash', shares, base, runs: 2 });
        expect(shared.estimate).toBeCloseTo(expected, 12);
      }
    },
  );

  test('I58: of a third or more take everything', () => {
    for (const v of ['1/3', 0.5, 1]) {
      expect(played({ estimate: 'correlatedSlash', v, runs: 2 }).estimate).toBe(1);
    }
  });

  test('I58: where colluders acquit some, the mean is that over who is convicted', () => {
    const asked = { estimate: 'correlatedSlash', shares: [0.1, 0.1, 0.1], f: 0.35, base: 0.02 };
    expect(played({ ...asked, runs: 3_000 }).z).toBeLessThanOrEqual(4);
  });
});

describe('a seat that runs nothing', () => {
  const lazy = (penalty: number, y = 0.5) =>
    played({ estimate: 'lazySeatProfit', fee: 0.5, penalty, y, runs: 4_000 });

  test.each([0.6, 1, 2])(
    'I59: with even odds loses by a penalty of %d, above the fee',
    (penalty) => {
      const found = lazy(penalty);
      expect(found.z).toBeLessThanOrEqual(4);
      expect(found.ci95[1]).toBeLessThan(0);
    },
  );

  test.each([0, 0.2, 0.4])('I59: gains by a penalty of %d, below the fee', (penalty) => {
    const found = lazy(penalty);
    expect(found.z).toBeLessThanOrEqual(4);
    expect(found.ci95[0]).toBeGreaterThan(0);
  });

  test('I59: and breaks even where the two are the same', () => {
    expect(lazy(0.5).closedForm).toBe(0);
    expect(lazy(0.5).z).toBeLessThanOrEqual(4);
  });

  test('I59: a seat outside is paid all the same, and the penalty covers that twice over', () => {
    const { rerunFeeMaximumNlux, minimumStakeNlux, dispute: terms } = MAINNET;
    const fees = [1n, rerunFeeMaximumNlux / 2n, rerunFeeMaximumNlux];
    for (const rerunFeeNlux of fees) {
      const challenge = { ...initialChallenge, terms, minimumStakeNlux, rerunFeeNlux };
      // It keeps the fee of its answer, so what it loses net must be above the fee: π − fee > fee.
      expect(seatPenalty(challenge)).toBeGreaterThan(2n * rerunFeeNlux);
      expect(seatPenalty(challenge)).toBeLessThan(bondOf(terms, rerunFeeNlux));
    }
  });
});
