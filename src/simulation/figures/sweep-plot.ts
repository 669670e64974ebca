import type { Axis, Mark, PlotFigure, Series } from '../figure.ts';
import type { FigureInput } from './input.ts';
import { parameterAxis, unitOf } from './labels.ts';
import { sweepsOf, type Sweep } from './sweeps.ts';

/** Points of a line of theory between the ends of a sweep. */
const LINE_POINTS = 60;
/** A logarithmic axis shows what a linear one would press together. */
const LOG_FROM_RATIO = 200;
/** Fewer values make no line, and more lines than colours cannot be told apart. */
const VALUES_MIN = 3;
const LINES_MAX = 8;

export interface SweepPlot {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Of the estimate and of the parameter over which it was swept. */
  readonly estimate: string;
  readonly parameter: string;
  readonly y: string;
  /** Shares over several orders of magnitude are drawn on a logarithmic axis. */
  readonly mayBeLog?: boolean | undefined;
  /** How far a line is from zero is part of what it says. */
  readonly fromZero?: boolean | undefined;
  readonly marks?: ((sweeps: readonly Sweep[]) => readonly Mark[]) | undefined;
}

type Point = Series['points'][number];

/** The line of theory of a sweep; a count has no values between two whole ones. */
const theoryOf = (
  input: FigureInput,
  sweep: Sweep,
  parameter: string,
  x: Axis,
): readonly Point[] => {
  const [first, last] = [sweep.points[0], sweep.points.at(-1)];
  const { theory } = input;
  const corners = sweep.points.flatMap(({ x: at, estimate }) =>
    estimate.closedForm === null ? [] : [{ x: at, y: estimate.closedForm }],
  );
  if (theory === undefined || x.unit === 'count' || x.unit === 'blocks') return corners;
  if (first === undefined || last === undefined) return corners;
  const between = Array.from({ length: LINE_POINTS }, (_, at): readonly Point[] => {
    // Twelve digits are more than a picture shows, and what a scenario might have said itself.
    const exact = first.x + ((last.x - first.x) * at) / (LINE_POINTS - 1);
    const value = Number(exact.toPrecision(12));
    const y = theory(first.estimate, parameter, value);
    return y === null ? [] : [{ x: value, y }];
  }).flat();
  const known = new Set(corners.map(({ x: at }) => at));
  return [...corners, ...between.filter(({ x: at }) => !known.has(at))].toSorted(
    (left, right) => left.x - right.x,
  );
};

const playedOf = (sweep: Sweep): readonly Point[] =>
  sweep.points.map(({ x, estimate }) => ({
    x,
    y: estimate.estimate,
    low: estimate.ci95[0],
    high: estimate.ci95[1],
  }));

const seriesOf = (
  input: FigureInput,
  sweep: Sweep,
  plot: SweepPlot,
  x: Axis,
): readonly Series[] => {
  const theory = theoryOf(input, sweep, plot.parameter, x);
  const played = playedOf(sweep);
  const line: readonly Series[] =
    theory.length === 0 ? [] : [{ name: sweep.label || 'theory', style: 'line', points: theory }];
  return [...line, { name: sweep.label || 'played', style: 'points', points: played }];
};

/** As many sweeps as can be told apart, spread over all of them. */
const spread = (sweeps: readonly Sweep[]): readonly Sweep[] =>
  sweeps.length <= LINES_MAX
    ? sweeps
    : Array.from(
        { length: LINES_MAX },
        (_, at) => sweeps.slice(Math.floor((at * (sweeps.length - 1)) / (LINES_MAX - 1)))[0],
      ).filter((sweep) => sweep !== undefined);

const isWide = (series: readonly Series[]): boolean => {
  const values = series.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y > 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length > 0 && high / low >= LOG_FROM_RATIO;
};

/** An estimate against the parameter over which it was swept: theory as lines, dots as played. */
export const sweepPlot = (input: FigureInput, plot: SweepPlot): PlotFigure | undefined => {
  const all = sweepsOf(input.estimates, plot.estimate, plot.parameter).filter(
    ({ points }) => points.length >= VALUES_MIN,
  );
  const sweeps = spread(all);
  const sample = sweeps[0]?.points[0]?.estimate;
  if (sample === undefined) return undefined;
  const x = parameterAxis(plot.estimate, plot.parameter);
  const series = sweeps.flatMap((sweep) => seriesOf(input, sweep, plot, x));
  const fromZero = plot.fromZero === true ? { fromZero: true } : {};
  const y: Axis = { label: plot.y, unit: unitOf(sample), ...fromZero };
  return {
    type: 'plot',
    id: plot.id,
    title: plot.title,
    about:
      sweeps.length < all.length
        ? `${plot.about} Of ${all.length} sweeps ${sweeps.length} are drawn.`
        : plot.about,
    x,
    y: plot.mayBeLog === true && isWide(series) ? { ...y, scale: 'log' } : y,
    series,
    marks: plot.marks?.(sweeps) ?? [],
  };
};

/** As a list: none where nothing was swept. */
export const sweepPlots = (input: FigureInput, plot: SweepPlot): readonly PlotFigure[] => {
  const figure = sweepPlot(input, plot);
  return figure === undefined ? [] : [figure];
};
