import { panelSeed } from '../../codec/index.ts';
import { drawSeat } from '../../machines/selection/index.ts';
import { complement, rational, type Rational } from '../closed-forms/exact.ts';
import { placeOf, stakedPopulation } from '../panels/index.ts';
import { hit, type EstimateDefinition, type Misfit } from './definition.ts';
import { MAX_STAKES, share, type Parameter } from './parameters.ts';
import type { Settings } from './settings.ts';

const DEFAULT_SHARE = rational(1n, 10n);
const DEFAULT_OTHERS = 100;
const DRAW_MICROS = 25;

const parameters: readonly Parameter[] = [
  share(
    'share',
    ['stakeShare', 'stake'],
    'share of all stake that the provider holds: 0.1 unless told',
  ),
  {
    name: 'identities',
    aliases: ['split'],
    about: 'owners between whom that stake is split in equal parts',
    is: { type: 'count', least: 1, most: MAX_STAKES },
    default: 1,
  },
  {
    name: 'others',
    aliases: [],
    about: `owners with equal stakes who hold the rest: ${DEFAULT_OTHERS} unless told`,
    is: { type: 'count', least: 1, most: MAX_STAKES },
  },
  {
    name: 'stakes',
    aliases: [],
    about: 'the stakes of all owners in LUX, instead of share and others',
    is: { type: 'amounts', items: MAX_STAKES },
  },
  {
    name: 'provider',
    aliases: ['index'],
    about: 'which of stakes is the provider, from 0; with identities, the first of as many',
    is: { type: 'count', least: 0, most: MAX_STAKES },
    default: 0,
  },
];

interface Holders {
  readonly stakes: readonly bigint[];
  /** Places `[from, to)` of the provider's identities. */
  readonly from: number;
  readonly to: number;
}

/** Stakes in a unit in which all of them are whole. */
const splitOf = (settings: Settings): readonly bigint[] => {
  const held: Rational = settings.has('share') ? settings.share('share') : DEFAULT_SHARE;
  const identities = settings.count('identities');
  const others = settings.has('others') ? settings.count('others') : DEFAULT_OTHERS;
  const mine = held.num * BigInt(others);
  const theirs = complement(held).num * BigInt(identities);
  return [...Array<bigint>(identities).fill(mine), ...Array<bigint>(others).fill(theirs)];
};

const holdersOf = (settings: Settings): Holders => {
  const stakes = settings.has('stakes') ? settings.amounts('stakes') : splitOf(settings);
  const from = settings.has('stakes') ? settings.count('provider') : 0;
  return { stakes, from, to: from + settings.count('identities') };
};

const sumOf = (stakes: readonly bigint[]): bigint =>
  stakes.reduce((total, stake) => total + stake, 0n);

const misfit = (settings: Settings): Misfit | undefined => {
  if (!settings.has('stakes')) return undefined;
  const other = ['share', 'others'].find((name) => settings.has(name));
  if (other !== undefined) {
    return { parameter: 'stakes', other, expected: 'both say who holds how much' };
  }
  const { stakes, to } = holdersOf(settings);
  if (sumOf(stakes) === 0n) return { parameter: 'stakes', expected: 'more than nothing in all' };
  return to > stakes.length
    ? { parameter: 'provider', expected: `a place in the list, up to ${stakes.length - 1}` }
    : undefined;
};

/** The first seat goes to a provider, or to one of its identities. */
export const selectionShare: EstimateDefinition = {
  name: 'selectionShare',
  about:
    'Share of first seats that a provider is drawn for: its share of the stake, however many ' +
    'identities it splits that between.',
  source: 'ECONOMICS 9; I26',
  unit: 'share',
  kind: 'share',
  scale: 1n,
  parameters,
  misfit,
  runMicros: () => DRAW_MICROS,
  theory: (settings) => {
    const { stakes, from, to } = holdersOf(settings);
    return { mean: rational(sumOf(stakes.slice(from, to)), sumOf(stakes)) };
  },
  play: (settings) => {
    const { stakes, from, to } = holdersOf(settings);
    const population = stakedPopulation(stakes);
    return (source) => {
      const beacon = source.stream('beacon');
      const seed = panelSeed({
        beacon: beacon.bytes32(),
        challengeId: beacon.bytes32(),
        round: 1,
      });
      const member = drawSeat({ population, excludedOwners: [], seed, seat: 0, attempt: 0 });
      const place = member === undefined ? -1 : placeOf(member);
      return hit(place >= from && place < to);
    };
  },
};
