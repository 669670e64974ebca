import type { Observation } from '../result.ts';
import { mean, normal, wilson } from '../statistics/index.ts';
import type { Tallies, Tally } from '../tally.ts';

const NLUX = 1_000_000_000;

/** Tallies of one kind, by how their names begin: their unit, and how much of it an integer is. */
interface Kind {
  readonly begins: readonly string[];
  readonly unit: string;
  readonly scale: number;
}

const KINDS: readonly Kind[] = [
  {
    begins: [
      'profit/',
      'seats/profit/',
      'wealth/',
      'checks/',
      'flow/',
      'slashed/all',
      'griefing/',
      'honest/lossPerAttestation',
    ],
    unit: 'LUX',
    scale: NLUX,
  },
  { begins: ['finality/', 'attestation/'], unit: 'blocks', scale: 1 },
  { begins: ['panels/', 'drawn/', 'distance/', 'orders'], unit: 'count', scale: 1 },
];
/** Everything else happened or did not. */
const HAPPENED: Kind = { begins: [], unit: 'share', scale: 1 };

const kindOf = (name: string): Kind =>
  KINDS.find(({ begins }) => begins.some((each) => name.startsWith(each))) ?? HAPPENED;

const observationOf = (name: string, tally: Tally): Observation => {
  const kind = kindOf(name);
  const { unit, scale } = kind;
  if (kind === HAPPENED) {
    return { name, n: tally.n, mean: mean(tally), ci95: wilson(Number(tally.sum), tally.n), unit };
  }
  const [low, high] = normal(tally);
  return { name, n: tally.n, mean: mean(tally) / scale, ci95: [low / scale, high / scale], unit };
};

const byName = ([a]: readonly [string, Tally], [b]: readonly [string, Tally]): number =>
  a < b ? -1 : Number(a > b);

/** What the tallies of a market say, by name: means with intervals, in units that people use. */
export const observationsOf = (tallies: Tallies): readonly Observation[] =>
  [...tallies].toSorted(byName).map(([name, tally]) => observationOf(name, tally));
