import type { Figure, Mark } from '../figure.ts';
import { formatValue } from '../report/format.ts';
import { binningOf, binsOf } from './bins.ts';
import type { FigureBuilder, FigureInput, PlayedMarket } from './input.ts';
import { titledFor } from './input.ts';

const TALLY = 'finality/blocks';

const ofMarket = (input: FigureInput, market: PlayedMarket): readonly Figure[] => {
  const tally = market.tallies.get(TALLY);
  const binning = binningOf([tally]);
  if (binning === undefined) return [];
  const { deadlineBlocks } = market.facts;
  const marks: readonly Mark[] =
    deadlineBlocks === undefined
      ? []
      : [{ axis: 'x', at: deadlineBlocks, label: `D: ${formatValue(deadlineBlocks, 'blocks')}` }];
  return [
    {
      type: 'histogram',
      ...titledFor(input, market, 'time-to-finality', 'How long challenges took'),
      about:
        'Blocks from the opening of a challenge to its end. None can take longer than D, where ' +
        'everybody waits for the end of every window.',
      x: { label: 'time to finality', unit: 'blocks' },
      series: [{ name: 'challenges', bins: binsOf(tally, binning) }],
      marks,
    },
  ];
};

/** ECONOMICS 15: the distribution of what took how long, and its bound. */
export const timeToFinality: FigureBuilder = {
  name: 'time-to-finality',
  about: 'time to finality as a distribution against D',
  build: (input) => input.markets.flatMap((market) => ofMarket(input, market)),
};
