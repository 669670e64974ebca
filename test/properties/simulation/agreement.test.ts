import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/codec/json/index.ts';
import { played } from '../../unit/simulation/estimates/support.ts';

/**
 * Each case has a chance of some 10^−4 to be four deviations off by accident; the seeds are fixed,
 * so what agrees once agrees always.
 */
const SIGMA = 4;
const RUNS = 1_000;
const percent = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => value / 100);

const ladders = fc.constantFrom<readonly number[]>([1], [2], [3], [5], [3, 7], [1, 3], [1, 3, 7]);
const crowds = fc.record(
  {
    colluders: percent(5, 60),
    N: fc.integer({ min: 40, max: 200 }),
    silent: percent(0, 60),
    replacements: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['colluders'] },
);

/** Of few hits the normal law says too little: of a share so many are allowed for besides. */
const FEW_HITS = 4;

const expectAgreement = (asked: Record<string, Json>) => {
  const { closedForm, estimate, unit, z } = played({ ...asked, runs: RUNS });
  if (closedForm === null || z === null) throw new Error('it has a closed form');
  const hits = Math.abs(estimate - closedForm) * RUNS;
  const counted = unit === 'share' ? Math.max(0, 1 - FEW_HITS / Math.max(1, hits)) : 1;
  expect(z * counted).toBeLessThanOrEqual(SIGMA);
};

describe('what is played agrees with what is computed', () => {
  test('panels of any size, crowd and silence', () => {
    fc.assert(
      fc.property(crowds, fc.integer({ min: 1, max: 9 }), (crowd, panel) => {
        expectAgreement({ estimate: 'panelMajorityError', ...crowd, panel });
        expectAgreement({ estimate: 'panelSlashQuorumError', ...crowd, panel });
      }),
      { seed: 51, numRuns: 15 },
    );
  });

  test('ladders of pairs and audits', () => {
    const form = fc.constantFrom('pair', 'audit');
    fc.assert(
      fc.property(crowds, ladders, form, (crowd, panels, of) => {
        expectAgreement({ estimate: 'cheaterEscapes', ...crowd, panels, form: of });
      }),
      { seed: 52, numRuns: 20 },
    );
  });

  test('profits with panels of any kind', () => {
    const money = fc.record({
      F: percent(0, 500),
      S: percent(100, 50_000),
      s: percent(1, 100),
      p: percent(0, 100),
    });
    const cost = percent(0, 300);
    fc.assert(
      fc.property(money, cost, crowds, ladders, (of, c, crowd, panels) => {
        const court = { ...crowd, panels };
        expectAgreement({ estimate: 'cheaterProfit', ...of, c, G: 3 * c, ...court });
        expectAgreement({ estimate: 'honestProfit', ...of, C: c, refunds: c > 1, ...court });
      }),
      { seed: 53, numRuns: 12 },
    );
  });

  test('selection by stake, whatever the stakes', () => {
    const stakes = fc.array(percent(1, 100_000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(stakes, fc.nat(), (given, of) => {
        const provider = of % given.length;
        expectAgreement({ estimate: 'selectionShare', stakes: given, provider });
      }),
      { seed: 54, numRuns: 15 },
    );
  });

  test('seats without an answer, and draws that may be chosen', () => {
    fc.assert(
      fc.property(percent(5, 95), fc.integer({ min: 0, max: 4 }), (share, times) => {
        expectAgreement({ estimate: 'noAnswer', silent: share, replacements: times });
        expectAgreement({ estimate: 'reopenBias', colluders: share, withheld: times });
        expectAgreement({ estimate: 'reopenBias', colluders: share, m: times + 1, panel: 3 });
      }),
      { seed: 55, numRuns: 12 },
    );
  });

  test('the longest challenge, whatever the windows', () => {
    const blocks = fc.integer({ min: 1, max: 5_000 });
    const windows = fc.record({
      publish: blocks,
      seed: blocks,
      commit: blocks,
      reveal: blocks,
      appeal: blocks,
      R: fc.integer({ min: 1, max: 3 }),
      commitWindows: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(windows, (of) => {
        const { estimate, closedForm, z } = played({ estimate: 'timeToFinality', ...of, runs: 1 });
        expect(estimate).toBe(closedForm);
        expect(z).toBe(0);
      }),
      { seed: 56, numRuns: 60 },
    );
  });
});
