import type { Figure, FlowFigure } from '../figure.ts';
import { formatValue } from '../report/format.ts';
import { NLUX } from './units.ts';
import type { FigureBuilder, FigureInput, PlayedMarket } from './input.ts';
import { titledFor } from './input.ts';

/** Tallies of money that moved: `flow/FROM/TO`, in nLUX. */
const FLOW = /^flow\/([^/]+)\/([^/]+)$/;

const SOURCES: Readonly<Record<string, string>> = {
  slash: 'slashed stake',
  bond: 'challengers’ bonds',
  deposit: 'deposits of appeals',
  penalty: 'penalties of seats',
};
const ENDS: Readonly<Record<string, string>> = {
  burned: 'burned',
  reruns: 'fees of re-runs',
  challenger: 'rewards of challengers',
  upheld: 'those who were upheld',
  returned: 'returned to who gave it',
};

const linksOf = ({ tallies }: PlayedMarket): FlowFigure['links'] =>
  [...tallies].flatMap(([name, { sum }]) => {
    const [, from, to] = FLOW.exec(name) ?? [];
    if (from === undefined || to === undefined || sum <= 0n) return [];
    return [{ from: SOURCES[from] ?? from, to: ENDS[to] ?? to, value: Number(sum) / NLUX }];
  });

const ofMarket = (input: FigureInput, market: PlayedMarket): readonly Figure[] => {
  const links = linksOf(market);
  if (links.length === 0) return [];
  const total = formatValue(
    links.reduce((sum, { value }) => sum + value, 0),
    'LUX',
  );
  return [
    {
      type: 'flow',
      ...titledFor(input, market, 'slashed-money', 'Where the money of challenges went'),
      about: `${total} from the left are ${total} on the right: what came in went out.`,
      unit: 'LUX',
      links,
    },
  ];
};

/** PROTOCOL §6.3: the flow of slashed money, bonds and deposits, which sums to zero. */
export const slashedMoney: FigureBuilder = {
  name: 'slashed-money',
  about: 'the flow of slashed money, summing to zero',
  build: (input) => input.markets.flatMap((market) => ofMarket(input, market)),
};
