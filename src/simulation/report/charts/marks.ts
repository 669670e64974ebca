import type { Axis, Mark } from '../../figure.ts';
import { drawn, isShown, type Span } from './axis.ts';
import { FONT, INK, type Option } from './option.ts';

/** Marks nearer than this share of the axis put their labels one above the other. */
const CROWDED = 0.22;

const markDatum = (mark: Mark, axis: Axis, level: number): Option => {
  const label = {
    show: true,
    color: INK,
    fontFamily: FONT,
    fontSize: 12,
    // Braces are places of a template for ECharts.
    formatter: mark.label.replaceAll(/[{}]/g, ' '),
  };
  return mark.axis === 'x'
    ? {
        xAxis: drawn(mark.at, axis),
        label: { ...label, position: 'end', distance: 4 + 15 * level },
      }
    : { yAxis: drawn(mark.at, axis), label: { ...label, position: 'insideEndTop' } };
};

/** The marks of a figure as a series of their own, which no legend hides, and their height. */
export const marksOf = (
  marks: readonly Mark[],
  axes: { readonly x: Axis; readonly y: Axis },
  span: Span,
): { readonly series: Option; readonly levels: number } => {
  const shown = marks.filter(({ axis, at }) => isShown(at, axes[axis]));
  const ends: number[] = [];
  const near = (span.max - span.min) * CROWDED;
  const data = [...shown]
    .sort((left, right) => left.at - right.at)
    .map((mark) => {
      if (mark.axis === 'y') return markDatum(mark, axes.y, 0);
      const at = drawn(mark.at, axes.x);
      const free = ends.findIndex((end) => at - end >= near);
      const level = free === -1 ? ends.length : free;
      ends[level] = at;
      return markDatum(mark, axes.x, level);
    });
  const series = {
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: INK, type: [5, 4], width: 1.25 },
      data,
    },
  };
  return { series, levels: ends.length };
};
