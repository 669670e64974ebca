import type { Axis, HistogramFigure } from '../../figure.ts';
import { formatNumber, formatValue } from '../format.ts';
import { axisOption, axisTitle, drawn, isShown, spanOf } from './axis.ts';
import { marksOf } from './marks.ts';
import {
  colour,
  COMMON,
  type Drawing,
  legendOf,
  namesOf,
  type Option,
  PLOT_HEIGHT,
  type Tip,
  tooltip,
} from './option.ts';

type Bin = HistogramFigure['series'][number]['bins'][number];

const COUNT: Axis = { label: 'how many', unit: 'count' };

const tipOf = (figure: HistogramFigure, name: string, bin: Bin, total: number): Tip => [
  name,
  `${axisTitle(figure.x)}: ${formatValue(bin.from, figure.x.unit)} to below ` +
    formatValue(bin.to, figure.x.unit),
  `${formatNumber(bin.count)} of ${formatNumber(total)} ` +
    `(${formatValue(bin.count / total, 'share')})`,
];

/** The outlines of bars side by side; bins need not be equally wide, and empty ones break it. */
const outline = (bins: readonly Bin[], x: Axis): readonly (readonly (number | null)[])[] =>
  bins.flatMap(({ from, to, count }) => {
    const [left, right] = [drawn(from, x), drawn(to, x)];
    if (count === 0) return [[left, null]];
    return [
      [left, 0],
      [left, count],
      [right, count],
      [right, 0],
    ];
  });

const bars = (bins: readonly Bin[], x: Axis, name: string, tint: string): Option => ({
  name,
  type: 'line',
  // An axis of its own, so that the pointer finds the middles of the bins and not their corners.
  xAxisIndex: 1,
  color: tint,
  symbol: 'none',
  silent: true,
  lineStyle: { color: tint, width: 1.25, opacity: 0.9 },
  areaStyle: { color: tint, opacity: 0.28 },
  emphasis: { disabled: true },
  data: outline(bins, x),
});

/** Unseen points in the middle of the bins, which answer the pointer. */
const answers = (
  bins: readonly Bin[],
  figure: HistogramFigure,
  name: string,
  tint: string,
): Option => {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return {
    name,
    type: 'scatter',
    color: tint,
    symbolSize: 1,
    itemStyle: { opacity: 0 },
    emphasis: { disabled: true },
    data: bins.map((bin) => ({
      value: [drawn((bin.from + bin.to) / 2, figure.x), bin.count],
      tip: tipOf(figure, name, bin, total),
    })),
  };
};

/** How often each value was seen, as bars side by side; several series lie one over the other. */
export const histogramDrawing = (figure: HistogramFigure): Drawing => {
  const names = namesOf(figure.series);
  const bins = figure.series.flatMap((series) => series.bins);
  const marked = figure.marks.filter(({ axis }) => axis === 'x').map(({ at }) => at);
  const edges = [...bins.flatMap(({ from, to }) => [from, to]), ...marked];
  const span = spanOf(figure.x, edges);
  const counts = spanOf(COUNT, [0, ...bins.map(({ count }) => count)]);
  const legend = legendOf(names);
  const marks = marksOf(figure.marks, { x: figure.x, y: COUNT }, span);
  const xAxis = axisOption(figure.x, 'x', span);
  return {
    height: PLOT_HEIGHT + legend.room + 15 * marks.levels,
    option: {
      ...COMMON,
      grid: {
        left: 16,
        right: 32,
        top: 34 + 15 * marks.levels,
        bottom: 38 + legend.room,
        containLabel: true,
      },
      legend: legend.option,
      tooltip: {
        ...tooltip('axis'),
        axisPointer: { type: 'line', lineStyle: { color: 'var(--muted)' } },
      },
      xAxis: [xAxis, { ...xAxis, show: false, axisPointer: { show: false } }],
      yAxis: axisOption(COUNT, 'y', counts, marks.levels),
      series: [
        ...figure.series.flatMap((series) => {
          const tint = colour(names.indexOf(series.name));
          const shown = series.bins.filter(
            ({ from, to }) => isShown(from, figure.x) && isShown(to, figure.x),
          );
          return [
            bars(shown, figure.x, series.name, tint),
            answers(shown, figure, series.name, tint),
          ];
        }),
        marks.series,
      ],
    },
  };
};
