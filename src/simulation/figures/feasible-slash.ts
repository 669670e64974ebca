import type { Figure, Mark, Series } from '../figure.ts';
import { formatValue } from '../report/format.ts';
import type { Estimate } from '../result.ts';
import type { FigureBuilder, FigureInput } from './input.ts';
import { parameterAxis } from './labels.ts';
import { rootOfLine } from './roots.ts';
import { numberOf, sweepsOf, type Sweep } from './sweeps.ts';

type Point = Series['points'][number];

const LINE_POINTS = 60;
/** Parameters in which honest and cheating profits have to be equal to share a picture. */
const SHARED = ['p', 'F', 'S'] as const;

/** A bound on the slash, with its interval, in LUX. */
interface Bound {
  readonly theory: number;
  readonly played: number;
  readonly low: number;
  readonly high: number;
}

const of = ({ parameters }: Estimate, name: string): number => numberOf(parameters[name]) ?? 0;

/** F − C and s·S of an estimate of honest profit. */
const moneyOf = (estimate: Estimate): { readonly margin: number; readonly slash: number } => ({
  margin: of(estimate, 'F') - of(estimate, 'C'),
  slash: of(estimate, 's') * of(estimate, 'S'),
});

/**
 * The slash at which honest work earns nothing, `(F−C)/(p·α)` (ECONOMICS 4), as it follows from a
 * profit that was played: what the slash took, `(F−C) − profit`, is in proportion to the slash.
 */
const ceilingAt = (estimate: Estimate): Omit<Point, 'x'> | undefined => {
  const { margin, slash } = moneyOf(estimate);
  const at = (profit: number): number => (margin * slash) / (margin - profit);
  const [low, high] = estimate.ci95;
  // Where the interval holds "nothing was lost", no slash is too large.
  if (high >= margin || margin <= 0 || slash <= 0) return undefined;
  return { y: at(estimate.estimate), low: at(low), high: at(high) };
};

/** The slash at which cheating earns nothing: profit falls along a line with the slash. */
const floorOf = ({ points }: Sweep): Bound | undefined => {
  const [first, last] = [points[0]?.estimate, points.at(-1)?.estimate];
  if (first === undefined || last === undefined) return undefined;
  if (first.closedForm === null || last.closedForm === null) return undefined;
  const slash = (estimate: Estimate): number => of(estimate, 's') * of(estimate, 'S');
  const root = (left: number, right: number): number | undefined =>
    rootOfLine({ x: slash(first), y: left }, { x: slash(last), y: right });
  const theory = root(first.closedForm, last.closedForm);
  const played = root(first.estimate, last.estimate);
  const low = root(first.ci95[0], last.ci95[0]);
  const high = root(first.ci95[1], last.ci95[1]);
  if (theory === undefined || played === undefined) return undefined;
  return { theory, played, low: low ?? played, high: high ?? played };
};

const between = (from: number, to: number): readonly number[] =>
  Array.from({ length: LINE_POINTS }, (_, at) => from + ((to - from) * at) / (LINE_POINTS - 1));

const area = (
  alphas: readonly number[],
  ceiling: (alpha: number) => number,
  least: number,
): Series => ({
  name: 'feasible',
  style: 'area',
  points: alphas
    .filter((x) => ceiling(x) >= least)
    .map((x) => ({ x, y: ceiling(x), low: least, high: ceiling(x) })),
});

const crossing = (meets: number, alphas: readonly number[]): readonly Mark[] =>
  meets >= (alphas[0] ?? 0) && meets <= (alphas.at(-1) ?? 0)
    ? [{ axis: 'x', at: meets, label: `bounds meet: α = ${formatValue(meets, 'share')}` }]
    : [];

const flat = (bound: Bound, alphas: readonly number[]): readonly Series[] => {
  const [from = 0, to = 0] = [alphas[0], alphas.at(-1)];
  const x = (from + to) / 2;
  return [
    {
      name: 'least that deters',
      style: 'line',
      points: [
        { x: from, y: bound.theory },
        { x: to, y: bound.theory },
      ],
    },
    {
      name: 'least that deters',
      style: 'points',
      points: [{ x, y: bound.played, low: bound.low, high: bound.high }],
    },
  ];
};

const picture = (sweep: Sweep, bound: Bound | undefined): readonly Figure[] => {
  const [first, last] = [sweep.points[0], sweep.points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { margin } = moneyOf(first.estimate);
  const p = of(first.estimate, 'p');
  const played = sweep.points.flatMap(({ x, estimate }): readonly Point[] => {
    const ceiling = ceilingAt(estimate);
    return ceiling === undefined ? [] : [{ x, ...ceiling }];
  });
  const from = played[0]?.x;
  if (from === undefined || p === 0) return [];
  const alphas = between(from, last.x);
  const ceiling = (alpha: number): number => margin / (p * alpha);
  const least = bound === undefined ? 0 : Math.max(0, bound.theory);
  return [
    {
      type: 'plot',
      id: 'feasible-slash',
      title: 'Which slash deters cheats and still leaves honest work worth it',
      about:
        'Below the lower line cheating pays; above the upper one honest providers lose more to ' +
        'wrong convictions than they earn. Lines are theory, dots follow from profits as played.',
      x: parameterAxis('honestProfit', 'alpha'),
      y: { label: 'slash s·S', unit: 'LUX' },
      series: [
        ...(bound === undefined ? [] : [area(alphas, ceiling, least)]),
        {
          name: 'most that honest work bears',
          style: 'line',
          points: alphas.map((x) => ({ x, y: ceiling(x) })),
        },
        { name: 'most that honest work bears', style: 'points', points: played },
        ...(bound === undefined ? [] : flat(bound, alphas)),
      ],
      marks: bound === undefined || least === 0 ? [] : crossing(margin / (p * least), alphas),
    },
  ];
};

const build = ({ estimates }: FigureInput): readonly Figure[] => {
  const [honest] = sweepsOf(estimates, 'honestProfit', 'alpha');
  const sample = honest?.points[0]?.estimate;
  if (honest === undefined || sample === undefined) return [];
  // The same challenges and the same fee, or the bounds belong to two different worlds.
  const cheating = sweepsOf(estimates, 'cheaterProfit', 's').find(({ points: [point] }) => {
    const other = point?.estimate;
    return other !== undefined && SHARED.every((name) => of(other, name) === of(sample, name));
  });
  return picture(honest, cheating === undefined ? undefined : floorOf(cheating));
};

/** ECONOMICS 2 and 4: the slash between its two bounds, against α. */
export const feasibleSlash: FigureBuilder = {
  name: 'feasible-slash',
  about: 'feasible slash between its two bounds against α',
  estimate: 'honestProfit',
  build,
};
