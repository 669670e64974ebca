import type { Figure, Series } from '../figure.ts';
import { normal } from '../statistics/intervals.ts';
import { mean } from '../statistics/moments.ts';
import type { FigureBuilder, FigureInput, PlayedMarket } from './input.ts';
import { titledFor } from './input.ts';

const DAYS = 365;
const TALLY = 'honest/lossPerAttestation';

/** `base` to a whole power, by squaring: the exponential function differs between engines. */
const power = (base: number, exponent: number): number => {
  let [result, square] = [1, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
};

/** What is left of a stake of which each attestation takes this share on average. */
const curve = (lost: number, perDay: number): readonly number[] => {
  const kept = Math.min(1, Math.max(0, 1 - lost));
  const daily = power(kept, Math.max(1, Math.floor(perDay)));
  return Array.from({ length: DAYS + 1 }, (_, day) => power(daily, day));
};

const ofMarket = (input: FigureInput, market: PlayedMarket): readonly Figure[] => {
  const { honestStakeNlux, attestationsPerDay } = market.facts;
  const tally = market.tallies.get(TALLY);
  if (tally === undefined || tally.n === 0) return [];
  if (honestStakeNlux === undefined || attestationsPerDay === undefined) return [];
  const stake = Number(honestStakeNlux);
  const [low, high] = normal(tally).map((loss) => curve(loss / stake, attestationsPerDay));
  const points = curve(mean(tally) / stake, attestationsPerDay).map((y, x) => ({
    x,
    y,
    low: high?.[x] ?? y,
    high: low?.[x] ?? y,
  }));
  const series: Series = { name: 'honest stake', style: 'line', points };
  return [
    {
      type: 'plot',
      ...titledFor(input, market, 'honest-survival', 'What a year leaves of an honest stake'),
      about:
        'If every attestation loses what it lost on average where it was played, and nothing is ' +
        'put back. The band is the 95 % interval of that average.',
      x: { label: 'time', unit: 'days' },
      y: { label: 'stake that is left', unit: 'share', fromZero: true },
      series: [series],
      marks: [],
    },
  ];
};

/** Survival of honest stake over a year. */
export const survival: FigureBuilder = {
  name: 'honest-survival',
  about: 'survival of honest stake over a year',
  build: (input) => input.markets.flatMap((market) => ofMarket(input, market)),
};
