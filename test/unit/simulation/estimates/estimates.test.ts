import { describe, expect, test } from 'vitest';
import {
  ESTIMATES,
  ESTIMATE_NAMES,
  estimateOf,
  MOST_DEFAULT_RUNS,
  theoryAt,
  workOf,
} from '../../../../src/simulation/estimates/index.ts';
import { mergeTallies } from '../../../../src/simulation/statistics/index.ts';
import type { Tallies } from '../../../../src/simulation/tally.ts';
import { played, requestsOf } from './support.ts';

const RUNS = 2_000;
const LIVES = 20;
const runsOf = (name: string): number => (name === 'voluntaryCheatingRate' ? LIVES : RUNS);

/** Parameters of their own, beside the defaults, whose closed form is one of ECONOMICS. */
const CASES = [
  [{ estimate: 'panelMajorityError', N: 100, colluders: 0.2, panel: 7 }, 0.028126468837151003],
  [{ estimate: 'panelMajorityError', f: 0.2, n: 7 }, 0.033344],
  [{ estimate: 'panelMajorityError', f: 0.2, n: 7, N: 100, replacement: true }, 0.033344],
  [{ estimate: 'panelMajorityError', f: 0.3, n: 1 }, 0.3],
  [{ estimate: 'panelMajorityError', f: 0.4, n: 5, u: 0.5, k: 0 }, 0.05792],
  [{ estimate: 'panelSlashQuorumError', f: 0.2 }, 0.004672],
  [{ estimate: 'panelSlashQuorumError', f: 0.3, n: 1 }, 0.3],
  [{ estimate: 'panelSlashQuorumError', f: 0.3, n: 2, N: 10 }, 3 / 45],
  [{ estimate: 'cheaterEscapes', f: 0.2 }, 0.148032],
  [{ estimate: 'cheaterEscapes', f: 0.2, panels: [3, 7] }, 1 - 0.839155712],
  [{ estimate: 'cheaterEscapes', f: 0.25, n: 1, u: 0.5, k: 1 }, 1 - 0.75 * 0.75],
  [{ estimate: 'selectionShare' }, 0.1],
  [{ estimate: 'selectionShare', share: 0.3, identities: 7, others: 3 }, 0.3],
  [{ estimate: 'selectionShare', stakes: [1, 2, 5], provider: 1 }, 0.25],
  [{ estimate: 'selectionShare', stakes: [1, 2, 5], provider: 1, identities: 2 }, 0.875],
  [{ estimate: 'noAnswer', u: 0.3, k: 1 }, 0.09],
  [{ estimate: 'reopenBias', f: 0.2, m: 3 }, 0.488],
  [{ estimate: 'reopenBias', f: 0.2, withheld: 1 }, 0.36],
  [{ estimate: 'reopenBias', f: 0.2, m: 2, n: 7 }, 1 - (1 - 0.033344) ** 2],
  [{ estimate: 'cheaterProfit', p: 0.2, G: 10, w: 0.1, c: 0.1, s: 0.2 }, 5.32],
  [{ estimate: 'cheaterProfit', p: 0.2, G: 10, wAcquit: 0.1, wVoid: 0.3, c: 0.1, s: 0.2 }, 7.12],
  [{ estimate: 'cheaterProfit', p: 0.2, G: 10, w: 0.1, c: 0.1, s: 0.2, survives: true }, 7.12],
  [{ estimate: 'cheaterProfit', p: 0.5, G: 4, f: 0.3, rho: 0.3 }, 0.65 * 5 - 0.35 * 7],
  [{ estimate: 'honestProfit', p: 0.2, alpha: 0.05 }, 0.4],
  [{ estimate: 'honestProfit', p: 0.5, f: 0.2 }, 0.5 - 0.5 * 0.2 * 10],
  [{ estimate: 'honestProfit', p: 0.5, f: 0.2, refunds: true }, 0.5 - 0.5 * 0.2 * 11],
  [{ estimate: 'lazySeatProfit', y: 0.1, fee: 0.5, penalty: 2 }, 0.25],
  [{ estimate: 'voluntaryCheatingRate', k: 1, R: 5 }, 0.2],
  [{ estimate: 'voluntaryCheatingRate', k: 2, R: 1 }, 1],
  [{ estimate: 'correlatedSlash', v: 0.1 }, 0.09],
  [{ estimate: 'correlatedSlash', shares: [0.1, 0.05] }, 0.2025],
  [{ estimate: 'correlatedSlash', v: '1/3' }, 1],
  [{ estimate: 'correlatedSlash', v: 0.01, base: 0.1 }, 0.1],
  [{ estimate: 'timeToFinality', runs: 1 }, 50_850],
  [{ estimate: 'timeToFinality', publish: 9, seed: 2, commit: 3, reveal: 5, appeal: 7, R: 2 }, 52],
] as const;

describe('estimates', () => {
  test.each(CASES)('%j is %d', (asked, closedForm) => {
    const estimate = played({ runs: runsOf(asked.estimate), ...asked });
    expect(estimate.name).toBe(asked.estimate);
    expect(estimate.closedForm).toBeCloseTo(closedForm, 8);
    expect(estimate.z).toBeLessThanOrEqual(4);
    const [low, high] = estimate.ci95;
    expect(low).toBeLessThanOrEqual(estimate.estimate);
    expect(high).toBeGreaterThanOrEqual(estimate.estimate);
  });

  test('every name has a case', () => {
    expect(new Set(CASES.map(([{ estimate }]) => estimate))).toEqual(new Set(ESTIMATE_NAMES));
  });

  test('play with their defaults, for no more than some seconds', () => {
    for (const { name } of ESTIMATES) {
      const [request] = requestsOf([{ estimate: name }]);
      expect(request?.runs).toBeGreaterThanOrEqual(1);
      expect(request?.runs).toBeLessThanOrEqual(MOST_DEFAULT_RUNS);
    }
  });

  test('are no numbers that JSON has not', () => {
    for (const { name } of ESTIMATES) {
      const estimate = played({ estimate: name, runs: 1 });
      const numbers = [estimate.estimate, estimate.closedForm, estimate.z, ...estimate.ci95];
      for (const each of numbers) expect(each === null || Number.isFinite(each)).toBe(true);
    }
  });

  test('of one seed are the same, of another not', () => {
    const asked = { estimate: 'panelMajorityError', f: 0.4, runs: 300 };
    expect(played(asked)).toEqual(played(asked));
    expect(played(asked, '2').estimate).not.toBe(played(asked).estimate);
  });

  test.each(ESTIMATE_NAMES)('%s: shards add up to the whole, in any order', (estimate) => {
    const [request] = requestsOf([{ estimate, runs: 6 }]);
    if (request === undefined) throw new Error('nothing was asked for');
    const { play } = workOf(request);
    const whole = play('1', 0, 6);
    const shards = [play('1', 4, 6), play('1', 0, 1), play('1', 1, 4)];
    const merged = shards.reduce<Tallies>((all, shard) => mergeTallies(all, shard), new Map());
    expect(estimateOf(request, merged)).toEqual(estimateOf(request, whole));
  });

  test('asked for twice are played twice', () => {
    const asked = { estimate: 'noAnswer', u: 0.5, runs: 400 };
    const [first, second] = requestsOf([asked, asked]);
    if (first === undefined || second === undefined) throw new Error('two were asked for');
    expect(workOf(first).key).not.toBe(workOf(second).key);
    const results = [first, second].map((each) => estimateOf(each, workOf(each).play('1', 0, 400)));
    expect(results[0]?.estimate).not.toBe(results[1]?.estimate);
  });

  test('say which parameters they were played with, defaults included', () => {
    const { parameters } = played({ estimate: 'panelMajorityError', n: 5, f: '1/3', runs: 1 });
    expect(parameters).toEqual({ colluders: '1/3', panel: 5, silent: 0, replacements: 2 });
  });

  test('of nothing played are nothing', () => {
    const [request] = requestsOf([{ estimate: 'noAnswer' }]);
    if (request === undefined) throw new Error('nothing was asked for');
    expect(estimateOf(request, new Map())).toMatchObject({ n: 0, estimate: 0, z: 0 });
  });

  test('theory may be asked for between the points', () => {
    const estimate = played({ estimate: 'noAnswer', u: 0.5, k: 1, runs: 1 });
    expect(theoryAt(estimate, 'silent', 0.3)).toBeCloseTo(0.09, 14);
    expect(theoryAt(estimate, 'replacements', 2)).toBe(0.125);
    expect(theoryAt(estimate, 'silent', 1.5)).toBeNull();
    expect(theoryAt(estimate, 'silent', NaN)).toBeNull();
    expect(theoryAt(estimate, 'panel', 3)).toBeNull();
    const drawn = played({ estimate: 'panelMajorityError', N: 9, n: 3, runs: 1 });
    expect(theoryAt(drawn, 'panel', 11)).toBeNull();
  });

  test('f·N is rounded to whole owners, and theory knows', () => {
    const { closedForm } = played({
      estimate: 'panelMajorityError',
      N: 10,
      f: '1/3',
      n: 1,
      runs: 1,
    });
    expect(closedForm).toBe(0.3);
  });

  test('a hundred seats of thousands of owners have a closed form', () => {
    const asked = { estimate: 'panelMajorityError', N: 5000, f: 0.45, n: 99, runs: 200 };
    expect(played(asked).z).toBeLessThanOrEqual(4);
  });
});
