import type { Figure, Series } from '../figure.ts';
import { wilson } from '../statistics/intervals.ts';
import type { FigureBuilder, FigureInput, PlayedMarket } from './input.ts';
import { titledFor } from './input.ts';

type Point = Series['points'][number];

const AXES = {
  x: { label: 'share of the eligible stake', unit: 'share' },
  y: { label: 'share of the seats', unit: 'share' },
} as const;

const ABOUT =
  'On the line who sits is drawn by stake and by nothing else. Dots were played, with their 95 % ' +
  'intervals; a dot above the line sits more often than its stake gives it.';

const sorted = (points: readonly Point[]): readonly Point[] =>
  points.toSorted((left, right) => left.x - right.x);

const pictureOf = (
  titled: { readonly id: string; readonly title: string },
  played: readonly Series[],
): Figure => {
  const most = Math.max(
    0,
    ...played.flatMap(({ points }) => points.map(({ x, y }) => Math.max(x, y))),
  );
  const line: Series = {
    name: 'as stake',
    style: 'line',
    points: [
      { x: 0, y: 0 },
      { x: most, y: most },
    ],
  };
  return { type: 'plot', ...titled, about: ABOUT, ...AXES, series: [line, ...played], marks: [] };
};

const ofEstimates = ({ estimates }: FigureInput): readonly Figure[] => {
  const points = estimates.flatMap(({ name, estimate, closedForm, ci95 }): readonly Point[] =>
    name === 'selectionShare' && closedForm !== null
      ? [{ x: closedForm, y: estimate, low: ci95[0], high: ci95[1] }]
      : [],
  );
  if (points.length === 0) return [];
  const titled = { id: 'selection', title: 'How often who is drawn, by stake' };
  return [pictureOf(titled, [{ name: 'played', style: 'points', points: sorted(points) }])];
};

/** Draws of a challenge exclude its parties, so large groups lie a little below the line. */
const ofMarket = (input: FigureInput, market: PlayedMarket): readonly Figure[] => {
  const { stakeShares } = market.facts;
  if (stakeShares === undefined) return [];
  const drawn = [...stakeShares].map(([group, share]) => {
    return { group, share, n: market.tallies.get(`drawn/${group}`)?.n ?? 0 };
  });
  const seats = drawn.reduce((sum, { n }) => sum + n, 0);
  if (seats === 0) return [];
  const series = drawn.map(({ group, share, n }): Series => {
    const [low, high] = wilson(n, seats);
    return { name: group, style: 'points', points: [{ x: share, y: n / seats, low, high }] };
  });
  const title = 'Who sat on panels, by stake';
  return [pictureOf(titledFor(input, market, 'market-selection', title), series)];
};

/** ECONOMICS 9: selection frequency against stake. */
export const selection: FigureBuilder = {
  name: 'selection',
  about: 'selection frequency against stake',
  estimate: 'selectionShare',
  build: (input) => [
    ...ofEstimates(input),
    ...input.markets.flatMap((market) => ofMarket(input, market)),
  ],
};
