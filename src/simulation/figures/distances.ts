import type { Figure, Mark } from '../figure.ts';
import { formatValue } from '../report/format.ts';
import { binningOf, binsOf, shareOf } from './bins.ts';
import type { FigureBuilder, FigureInput, PlayedMarket } from './input.ts';
import { titledFor } from './input.ts';

const percent = ({ hits, n }: { readonly hits: number; readonly n: number }): string =>
  n === 0 ? 'unknown' : formatValue(hits / n, 'share');

const toleranceMark = ({ tallies, facts }: PlayedMarket): readonly Mark[] => {
  const { tolerance } = facts;
  if (tolerance === undefined) return [];
  const alpha = shareOf(tallies.get('distance/honest'), (value) => value > tolerance);
  const beta = shareOf(tallies.get('distance/cheating'), (value) => value <= tolerance);
  const label = `tolerance: α = ${percent(alpha)}, β = ${percent(beta)}`;
  return [{ axis: 'x', at: Number(tolerance), label }];
};

const ofMarket = (input: FigureInput, market: PlayedMarket): readonly Figure[] => {
  const [honest, cheating] = ['honest', 'cheating'].map((name) =>
    market.tallies.get(`distance/${name}`),
  );
  const binning = binningOf([honest, cheating]);
  if (binning === undefined) return [];
  return [
    {
      type: 'histogram',
      ...titledFor(input, market, 'distances', 'How far outputs lie from those of a seat'),
      about:
        'What lies right of the tolerance counts as wrong: α of the honest are wronged, β of the ' +
        'cheats get away. The further apart the two heaps, the easier a tolerance is to choose.',
      x: { label: 'distance, in units of the comparator', unit: 'count' },
      series: [
        { name: 'honest', bins: binsOf(honest, binning) },
        { name: 'cheating', bins: binsOf(cheating, binning) },
      ],
      marks: toleranceMark(market),
    },
  ];
};

/** Distances of honest and of cheating outputs, with the errors at a tolerance. */
export const distances: FigureBuilder = {
  name: 'distances',
  about: 'honest and cheating distance histograms with α and β at a tolerance',
  build: (input) => input.markets.flatMap((market) => ofMarket(input, market)),
};
