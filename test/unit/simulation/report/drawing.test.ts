import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlowFigure, PlotFigure } from '../../../../src/simulation/figure.ts';
import { axisTitle, spanOf } from '../../../../src/simulation/report/charts/axis.ts';
import { drawingOf } from '../../../../src/simulation/report/charts/drawing.ts';
import { loadEngine } from '../../../../src/simulation/report/engine.ts';
import { RESULT } from './fixture.ts';

const LUX = { label: 'money', unit: 'LUX' } as const;

describe('an axis', () => {
  test('ends at round figures around everything that it shows', () => {
    const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (values) => {
        const { min, max, step = 0 } = spanOf(LUX, values);
        const slack = step * 1e-6;
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(min - slack);
          expect(value).toBeLessThanOrEqual(max + slack);
        }
        expect((max - min) / step).toBeLessThanOrEqual(12.01);
        expect(max).toBeGreaterThan(min);
      }),
      { seed: 63 },
    );
  });

  test('is in percent for shares, and in powers of ten where it is logarithmic', () => {
    expect(spanOf({ label: 'f', unit: 'share' }, [0, 0.35])).toEqual({ min: 0, max: 40, step: 10 });
    expect(spanOf({ label: 'f', unit: 'share', scale: 'log' }, [0, 2e-4, 0.1])).toEqual({
      min: 0.01,
      max: 10,
    });
  });

  test('begins at zero where zero belongs to the picture', () => {
    expect(spanOf(LUX, [9, 10]).min).toBeGreaterThan(0);
    expect(spanOf({ ...LUX, fromZero: true }, [9, 10]).min).toBe(0);
  });

  test('has its unit in its title, once', () => {
    expect(axisTitle(LUX)).toBe('money (LUX)');
    expect(axisTitle({ label: 'LUX paid', unit: 'LUX' })).toBe('LUX paid');
    expect(axisTitle({ label: 'f', unit: 'share' })).toBe('f');
  });
});

describe('a drawing', () => {
  test('is plain data: what JSON keeps is all of it', () => {
    for (const figure of RESULT.figures) {
      const { option } = drawingOf(figure);
      expect(JSON.parse(JSON.stringify(option))).toEqual(option);
    }
  });

  test('is drawn where there is nothing to draw, and where values are of no use', async () => {
    const engine = await loadEngine();
    if (!engine.ok) throw new Error(engine.failure.message);
    const empty: PlotFigure = {
      type: 'plot',
      id: 'empty',
      title: '',
      about: '',
      x: LUX,
      y: { ...LUX, scale: 'log' },
      series: [
        { name: 'none', style: 'line', points: [] },
        {
          name: 'useless',
          style: 'points',
          points: [
            { x: Number.NaN, y: 1 },
            { x: 1, y: -1 },
          ],
        },
      ],
      marks: [{ axis: 'y', at: 0, label: 'not on a logarithmic axis' }],
    };
    expect(engine.value.draw(drawingOf(empty), 'empty')).toMatch(/^<svg .*<\/svg>$/);
    const none: FlowFigure = {
      type: 'flow',
      id: 'none',
      title: '',
      about: '',
      unit: 'LUX',
      links: [],
    };
    expect(engine.value.draw(drawingOf(none), 'none')).toMatch(/^<svg .*<\/svg>$/);
  });

  test('of money that goes round in a circle puts givers left and takers right', async () => {
    const engine = await loadEngine();
    if (!engine.ok) throw new Error(engine.failure.message);
    const circle: FlowFigure = {
      type: 'flow',
      id: 'circle',
      title: '',
      about: '',
      unit: 'LUX',
      links: [
        { from: 'a', to: 'b', value: 2 },
        { from: 'b', to: 'a', value: 1 },
        { from: 'b', to: 'b', value: 1 },
      ],
    };
    const svg = engine.value.draw(drawingOf(circle), 'circle');
    for (const name of ['a (pays)', 'b (pays)', 'a (receives)', 'b (receives)']) {
      expect(svg).toContain(name);
    }
  });

  test('has ids of its own figure, so that two do not meet in one page', async () => {
    const engine = await loadEngine();
    if (!engine.ok) throw new Error(engine.failure.message);
    const [figure] = RESULT.figures;
    if (figure === undefined) throw new Error('the fixture has figures');
    const svg = engine.value.draw(drawingOf(figure), 'mine');
    const ids = [...svg.matchAll(/id="([^"]*)"/g)].map(([, id]) => id ?? '');
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(id).toMatch(/^mine-/);
    for (const [, id] of svg.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
  });
});

test('without the package echarts there is a typed failure that says what to do', async () => {
  const found = await loadEngine('file:///nowhere/aivm/engine.js');
  expect(found).toMatchObject({ ok: false, failure: { code: 'simulation/no-plots' } });
  if (!found.ok) expect(found.failure.message).toContain('npm install echarts');
});
