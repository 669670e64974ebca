import type { Series } from '../figure.ts';
import { formatNumber } from '../report/format.ts';
import { NLUX } from './units.ts';
import { normal } from '../statistics/intervals.ts';
import { mean } from '../statistics/moments.ts';
import type { Tally } from '../tally.ts';
import type { FigureBuilder } from './input.ts';

const lux = (nlux: number): number => nlux / NLUX;

const pointOf = (cost: Tally, loss: Tally): Series['points'][number] => {
  const [low, high] = normal(loss);
  return { x: lux(mean(cost)), y: lux(mean(loss)), low: lux(low), high: lux(high) };
};

/** How much honest people lose for each LUX that a griefer spends. */
export const griefing: FigureBuilder = {
  name: 'griefing',
  about: 'griefing factor: what honest people lose against what it costs a griefer',
  build: ({ markets }) => {
    const played = markets.flatMap(({ name, tallies }): readonly Series[] => {
      const [cost, loss] = [tallies.get('griefing/cost'), tallies.get('griefing/loss')];
      if (cost === undefined || loss === undefined || cost.n === 0 || loss.n === 0) return [];
      const point = pointOf(cost, loss);
      const factor = point.x > 0 ? `: factor ${formatNumber(point.y / point.x, 3)}` : '';
      return [{ name: `${name}${factor}`, style: 'points', points: [point] }];
    });
    if (played.length === 0) return [];
    const most = Math.max(
      0,
      ...played.flatMap(({ points }) => points.map(({ x, y }) => Math.max(x, y))),
    );
    const line: Series = {
      name: 'factor 1',
      style: 'line',
      points: [
        { x: 0, y: 0 },
        { x: most, y: most },
      ],
    };
    return [
      {
        type: 'plot',
        id: 'griefing',
        title: 'What griefing costs, and whom',
        about:
          'Per challenge of a griefer against honest work. On the line honest people lose ' +
          'as much as the griefer spends; below it griefing is dearer than what it destroys.',
        x: { label: 'the griefer spends', unit: 'LUX' },
        y: { label: 'honest people lose', unit: 'LUX' },
        series: [line, ...played],
        marks: [],
      },
    ];
  },
};
