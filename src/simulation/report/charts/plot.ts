import type { Axis, PlotFigure, Series } from '../../figure.ts';
import { formatInterval, formatValue } from '../format.ts';
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

type Point = Series['points'][number];
type Interval = Point & { readonly low: number; readonly high: number };

const isInterval = (point: Point): point is Interval =>
  point.low !== undefined && point.high !== undefined;

const valuesOf = (figure: PlotFigure, axis: 'x' | 'y'): readonly number[] => [
  ...figure.series.flatMap(({ points }) =>
    points.flatMap((point) =>
      axis === 'x' ? [point.x] : isInterval(point) ? [point.y, point.low, point.high] : [point.y],
    ),
  ),
  ...figure.marks.filter((mark) => mark.axis === axis).map(({ at }) => at),
];

const tipOf = (figure: PlotFigure, name: string, point: Point): Tip => [
  name,
  `${axisTitle(figure.x)}: ${formatValue(point.x, figure.x.unit)}`,
  `${axisTitle(figure.y)}: ${formatValue(point.y, figure.y.unit)}`,
  ...(isInterval(point)
    ? [`95 % interval: ${formatInterval(point.low, point.high, figure.y.unit)}`]
    : []),
];

/** How a series becomes layers: each closes over the figure and its colour. */
interface Brush {
  readonly figure: PlotFigure;
  readonly series: Series;
  readonly at: number;
  readonly colour: string;
  /** Lines answer the pointer only where no points do. */
  readonly answers: boolean;
  /** The lower end of the axis: a logarithmic one has no zero. */
  readonly floor: number;
}

const pair = ({ figure }: Brush, x: number, y: number): readonly [number, number] => [
  drawn(x, figure.x),
  drawn(y, figure.y),
];

const shownPoints = ({ figure, series }: Brush): readonly Point[] =>
  series.points.filter(({ x, y }) => isShown(x, figure.x) && isShown(y, figure.y));

/** The end of an interval, or the floor of an axis that cannot show it. */
const endOf = (value: number, axis: Axis, floor: number): number =>
  isShown(value, axis) ? drawn(value, axis) : floor;

const line = (brush: Brush): Option => ({
  name: brush.series.name,
  type: 'line',
  color: brush.colour,
  lineStyle: { width: 2, color: brush.colour },
  itemStyle: { color: brush.colour, opacity: 0 },
  symbol: 'circle',
  symbolSize: 9,
  showSymbol: brush.answers,
  silent: !brush.answers,
  emphasis: { disabled: true },
  z: 3,
  data: shownPoints(brush).map((point) => ({
    value: pair(brush, point.x, point.y),
    ...(brush.answers ? { tip: tipOf(brush.figure, brush.series.name, point) } : {}),
  })),
});

/** The room between the ends of the intervals: an unseen line with a filled one stacked on it. */
const band = (brush: Brush): readonly Option[] => {
  const points = shownPoints(brush);
  if (!points.some(isInterval) && brush.series.style !== 'area') return [];
  const ends = points.map((point) => {
    const low = isInterval(point) ? endOf(point.low, brush.figure.y, brush.floor) : brush.floor;
    const high = endOf(isInterval(point) ? point.high : point.y, brush.figure.y, brush.floor);
    return { x: drawn(point.x, brush.figure.x), low, high };
  });
  const layer = {
    name: brush.series.name,
    type: 'line',
    color: brush.colour,
    stack: `band-${brush.at}`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
    z: 1,
  };
  return [
    { ...layer, data: ends.map(({ x, low }) => [x, low]) },
    {
      ...layer,
      areaStyle: { color: brush.colour, opacity: 0.16 },
      data: ends.map(({ x, low, high }) => [x, Number((high - low).toPrecision(8))]),
    },
  ];
};

const whiskers = (brush: Brush): readonly Option[] => {
  const data = shownPoints(brush)
    .filter(isInterval)
    .map(({ x, low, high }) => ({
      coords: [
        [drawn(x, brush.figure.x), endOf(low, brush.figure.y, brush.floor)],
        [drawn(x, brush.figure.x), endOf(high, brush.figure.y, brush.floor)],
      ],
    }));
  if (data.length === 0) return [];
  return [
    {
      name: brush.series.name,
      type: 'lines',
      coordinateSystem: 'cartesian2d',
      color: brush.colour,
      lineStyle: { color: brush.colour, width: 1.75, opacity: 0.9 },
      symbol: 'none',
      silent: true,
      emphasis: { disabled: true },
      z: 4,
      data,
    },
  ];
};

const dots = (brush: Brush): Option => ({
  name: brush.series.name,
  type: 'scatter',
  color: brush.colour,
  symbolSize: 9,
  itemStyle: { color: brush.colour, opacity: 1, borderColor: 'var(--paper)', borderWidth: 1.5 },
  emphasis: { scale: 1.4, itemStyle: { color: 'inherit', borderColor: 'inherit' } },
  z: 5,
  data: shownPoints(brush).map((point) => ({
    value: pair(brush, point.x, point.y),
    tip: tipOf(brush.figure, brush.series.name, point),
  })),
});

const layersOf = (brush: Brush): readonly Option[] => {
  switch (brush.series.style) {
    case 'line':
      return [...band(brush), line(brush)];
    case 'area':
      return band(brush);
    case 'points':
      return [...whiskers(brush), dots(brush)];
  }
};

/** Lines of theory, points with their intervals, bands, and the marks. */
export const plotDrawing = (figure: PlotFigure): Drawing => {
  const spans = {
    x: spanOf(figure.x, valuesOf(figure, 'x')),
    y: spanOf(figure.y, valuesOf(figure, 'y')),
  };
  const names = namesOf(figure.series);
  const answers = !figure.series.some(({ style }) => style === 'points');
  const floor = figure.y.scale === 'log' ? spans.y.min : Math.max(0, spans.y.min);
  const legend = legendOf(names);
  const marks = marksOf(figure.marks, figure, spans.x);
  const top = 34 + 15 * marks.levels;
  return {
    height: PLOT_HEIGHT + legend.room + 15 * marks.levels,
    option: {
      ...COMMON,
      grid: { left: 16, right: 32, top, bottom: 38 + legend.room, containLabel: true },
      legend: legend.option,
      tooltip: tooltip('item'),
      xAxis: axisOption(figure.x, 'x', spans.x),
      yAxis: axisOption(figure.y, 'y', spans.y, marks.levels),
      series: [
        ...figure.series.flatMap((series, at) =>
          layersOf({
            figure,
            series,
            at,
            colour: colour(names.indexOf(series.name)),
            answers,
            floor,
          }),
        ),
        marks.series,
      ],
    },
  };
};
