import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../../src/simulation/figure.ts';
import { binningOf, binsOf } from '../../../../src/simulation/figures/bins.ts';
import { FIGURES, figuresOf } from '../../../../src/simulation/figures/index.ts';
import { rootOf } from '../../../../src/simulation/figures/roots.ts';
import { sweepsOf } from '../../../../src/simulation/figures/sweeps.ts';
import { cheaterProfit, estimate, FACTS, INPUT, MARKET, tally, TALLIES } from './input.ts';

const figures = figuresOf(INPUT);

const named = <T extends Figure['type']>(id: string, type: T): Extract<Figure, { type: T }> => {
  const found = figures.find((figure) => figure.id === id);
  if (found?.type !== type) throw new Error(`${id} is no ${type}`);
  return found as Extract<Figure, { type: T }>;
};

describe('the registry of pictures', () => {
  test('each has its name, its figures begin with it or are its own, and ids are unique', () => {
    expect(new Set(FIGURES.map(({ name }) => name)).size).toBe(FIGURES.length);
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
    for (const { id } of figures) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  test('makes every picture that its input has something for', () => {
    expect(figures.map(({ id }) => id)).toEqual([
      'cheater-profit',
      'feasible-slash',
      'voluntary-checking',
      'false-slash',
      'selection',
      'market-selection',
      'beacon-bias',
      'time-to-finality',
      'distances',
      'slashed-money',
      'griefing',
      'honest-survival',
      'sweep-no-answer',
    ]);
  });

  test('makes none of nothing, and only those that are named', () => {
    expect(figuresOf({ estimates: [], markets: [] })).toEqual([]);
    const only = figuresOf(INPUT, ['distances', 'false-slash']);
    expect(only.map(({ id }) => id)).toEqual(['false-slash', 'distances']);
  });

  test('tells the pictures of several markets apart', () => {
    const two = figuresOf({ estimates: [], markets: [MARKET, { ...MARKET, name: 'full ladder' }] });
    const titles = two.filter(({ id }) => id.startsWith('distances-')).map(({ title }) => title);
    expect(titles).toHaveLength(2);
    expect(titles[1]).toContain('full ladder');
    expect(two.filter(({ id }) => id === 'griefing')).toHaveLength(1);
  });
});

describe('sweeps', () => {
  test('are grouped by everything else, in the order of the parameter', () => {
    const sweeps = sweepsOf(INPUT.estimates, 'panelSlashQuorumError', 'colluders');
    expect(sweeps.map(({ label }) => label)).toEqual(['n = 3', 'n = 7', 'n = 15']);
    for (const { points } of sweeps) {
      expect(points.map(({ x }) => x)).toEqual([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
    }
  });

  test('take shares that are written as fractions, in any order of parameters', () => {
    const estimates = [
      estimate('noAnswer', { silent: '1/2', replacements: 1 }, 0.25),
      estimate('noAnswer', { replacements: 1, silent: 0.25 }, 0.0625),
      estimate('noAnswer', { replacements: 2, silent: 0.1 }, 0.001),
    ];
    const [sweep, ...others] = sweepsOf(estimates, 'noAnswer', 'silent');
    expect(others).toEqual([]);
    expect(sweep?.points.map(({ x }) => x)).toEqual([0.25, 0.5]);
  });

  test('put theory on lines and what was played on dots with intervals', () => {
    const { series } = named('false-slash', 'plot');
    const line = series.find(({ name, style }) => name === 'n = 7' && style === 'line');
    const dots = series.find(({ name, style }) => name === 'n = 7' && style === 'points');
    expect(line?.points.length).toBeGreaterThan(50);
    expect(dots?.points).toHaveLength(7);
    for (const { low, high, y } of dots?.points ?? []) {
      expect(low).toBeLessThan(y);
      expect(high).toBeGreaterThan(y);
    }
    const xs = line?.points.map(({ x }) => x) ?? [];
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });
});

describe('pictures of money', () => {
  test('mark the root of the closed form', () => {
    const roots = named('cheater-profit', 'plot').marks.filter(({ axis }) => axis === 'x');
    expect(roots).toHaveLength(2);
    for (const [at, s] of [0.1, 0.3].entries()) {
      expect(cheaterProfit(roots[at]?.at ?? 0, s)).toBeCloseTo(0, 9);
    }
  });

  test('find a root in between, on a point, and nowhere', () => {
    expect(
      rootOf([
        { x: 0, y: 3 },
        { x: 4, y: -1 },
      ]),
    ).toBe(3);
    expect(
      rootOf([
        { x: 0, y: 3 },
        { x: 2, y: 0 },
        { x: 3, y: -9 },
      ]),
    ).toBe(2);
    expect(
      rootOf([
        { x: 0, y: 3 },
        { x: 4, y: 1 },
      ]),
    ).toBeUndefined();
  });

  test('the feasible slash lies between both bounds and ends where they meet', () => {
    const { series, marks } = named('feasible-slash', 'plot');
    // p = 0.1, F = G = 1, C = 0.5, c = 0: at least 0.9·2/0.1 = 18, at most 0.5/(0.1·α).
    const floor = series.find(
      ({ name, style }) => name === 'least that deters' && style === 'line',
    );
    expect(floor?.points[0]?.y).toBeCloseTo(18, 6);
    const ceiling = series.find(({ name, style }) => name.startsWith('most') && style === 'line');
    for (const { x, y } of ceiling?.points ?? []) expect(y).toBeCloseTo(5 / x, 6);
    const dots = series.find(({ name, style }) => name.startsWith('most') && style === 'points');
    for (const { x, low, high } of dots?.points ?? []) {
      expect(low).toBeLessThan(5 / x);
      expect(high).toBeGreaterThan(5 / x);
    }
    expect(marks[0]?.at).toBeCloseTo(5 / 18, 9);
  });

  test('the flow of money brings out what came in', () => {
    const { links, about } = named('slashed-money', 'flow');
    const sum = links.reduce((total, { value }) => total + value, 0);
    expect(sum).toBeCloseTo(1_120.75, 6);
    expect(about).toContain('1,121\u00a0LUX from the left are 1,121\u00a0LUX');
  });

  test('the griefing factor is what others lose by what it costs', () => {
    const { series } = named('griefing', 'plot');
    expect(series[1]?.name).toBe('base: factor 0.273');
    expect(series[1]?.points[0]).toMatchObject({ x: 2.2, y: 0.6 });
  });

  test('a year of work leaves what theory says of the stake', () => {
    const { series } = named('honest-survival', 'plot');
    // 0.1 % of the attestations lose 1 of 100 LUX: 1e-5 of the stake each, 36,500 times.
    expect(series[0]?.points).toHaveLength(366);
    expect(series[0]?.points[365]?.y).toBeCloseTo(Math.pow(1 - 1e-5, 36_500), 9);
    expect(series[0]?.points[365]?.low).toBeLessThan(0.69);
    expect(series[0]?.points[365]?.high).toBeGreaterThan(0.7);
  });
});

describe('pictures of what was counted', () => {
  test('bins hold every value, side by side and equally wide', () => {
    for (const name of ['finality/blocks', 'distance/honest', 'distance/cheating']) {
      const counted = TALLIES.get(name);
      const binning = binningOf([counted]);
      if (binning === undefined) throw new Error('something was counted');
      const bins = binsOf(counted, binning);
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(counted?.n);
      expect(bins.length).toBeLessThanOrEqual(42);
      for (const [at, bin] of bins.entries()) expect(bins[at + 1]?.from ?? bin.to).toBe(bin.to);
    }
  });

  test('bins take negative values and a single one', () => {
    const counted = tally([
      [-7n, 2],
      [5n, 1],
    ]);
    const binning = binningOf([counted]);
    if (binning === undefined) throw new Error('something was counted');
    const bins = binsOf(counted, binning);
    expect(bins[0]).toMatchObject({ from: -7, count: 2 });
    const one = tally([[3n, 4]]);
    const single = binningOf([one]);
    if (single === undefined) throw new Error('something was counted');
    expect(binsOf(one, single)).toEqual([{ from: 3, to: 4, count: 4 }]);
    expect(binningOf([undefined, { n: 1, sum: 1n, squares: 1n }])).toBeUndefined();
  });

  test('the tolerance says how many honest are wronged and how many cheats get away', () => {
    const [mark] = named('distances', 'histogram').marks;
    expect(mark?.at).toBe(Number(FACTS.tolerance));
    expect(mark?.label).toMatch(/^tolerance: α = 0\.19\d*\u202f%, β = 0\.05\d*\u202f%$/);
  });

  test('the deadline stands beside the times', () => {
    expect(named('time-to-finality', 'histogram').marks).toEqual([
      { axis: 'x', at: 3_600, label: 'D: 3,600\u00a0blocks' },
    ]);
  });
});
