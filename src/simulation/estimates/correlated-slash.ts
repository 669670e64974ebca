import { correlatedMoments } from '../closed-forms/bias.ts';
import { exact, isLess, multiply, nearest, ONE, power, rational } from '../closed-forms/exact.ts';
import { subtract, sum, type Rational } from '../closed-forms/exact.ts';
import { ladderVerdicts } from '../closed-forms/panels.ts';
import { caseSource, playCase } from '../panels/index.ts';
import { PAIR, trialMicros, trialMisfit, trialOf } from './court.ts';
import type { EstimateDefinition, Misfit } from './definition.ts';
import { COLLUDERS, PANEL, share, withDefault, type Parameter } from './parameters.ts';
import type { Settings } from './settings.ts';

/** Closed forms go through every subset of them. */
const MAX_CONVICTED = 12;
const DEFAULT_TOTAL = 0.15;

const parameters: readonly Parameter[] = [
  {
    name: 'v',
    aliases: ['total'],
    about:
      'share Σv of all stake that one fault hits, or the list of shares v as under shares: ' +
      `${DEFAULT_TOTAL} unless told`,
    is: { type: 'shares', most: MAX_CONVICTED, orOne: true },
  },
  {
    name: 'shares',
    aliases: ['stakes'],
    about: 'instead of v, the share of each provider that it hits',
    is: { type: 'shares', most: MAX_CONVICTED },
  },
  share('base', [], 'the slash rate is no less than that', 0),
  withDefault(COLLUDERS, 0),
  PANEL,
];

const sharesOf = (settings: Settings): readonly Rational[] => {
  if (settings.has('shares')) return settings.shares('shares');
  return settings.has('v') ? settings.shares('v') : [exact(DEFAULT_TOTAL)];
};

/** All stake, in a unit so small that no share is rounded noticeably. */
const ALL_STAKE = 10n ** 36n;
/** Rates are told in these. */
const RATE_SCALE = 10n ** 18n;
const FACTOR = 9n;

/** The stake that the convicted lose together, by `min(1, 9·v²)`, no less than `base` of it. */
const slashTogether = (stakes: readonly bigint[], base: Rational): bigint => {
  const total = stakes.reduce((all, stake) => all + stake, 0n);
  return stakes.reduce((slashed, stake) => {
    const least = (stake * base.num) / base.den;
    const cubic = (stake * FACTOR * total * total) / (ALL_STAKE * ALL_STAKE);
    const asked = cubic > least ? cubic : least;
    return slashed + (asked < stake ? asked : stake);
  }, 0n);
};

const misfit = (settings: Settings): Misfit | undefined => {
  if (settings.has('v') && settings.has('shares')) {
    return { parameter: 'shares', other: 'v', expected: 'both say how much stake the fault hits' };
  }
  return isLess(ONE, sum(sharesOf(settings)))
    ? {
        parameter: settings.has('shares') ? 'shares' : 'v',
        expected: 'shares of all stake, at most 1 together',
      }
    : trialMisfit(settings);
};

const isCertain = (settings: Settings): boolean => settings.share('colluders').num === 0n;

/** Providers with the same fault, each convicted by a challenge of its own. */
export const correlatedSlash: EstimateDefinition = {
  name: 'correlatedSlash',
  about:
    'Slash rate of providers that the same fault hits, under the rule min(1, 9·(Σv)²) that is ' +
    'studied only: each stands before a panel of its own, and those who are convicted lose that ' +
    'share of their stake. With colluders, the mean over who is convicted.',
  source: 'ECONOMICS 14',
  unit: 'share',
  kind: 'mean',
  scale: RATE_SCALE,
  parameters,
  misfit,
  runMicros: (settings) => trialMicros(settings) * sharesOf(settings).length,
  isCertain,
  theory: (settings) => {
    const { convicted } = ladderVerdicts(trialOf(settings, PAIR).rules, 'cheating');
    const moments = correlatedMoments(sharesOf(settings), convicted, settings.share('base'));
    return { mean: moments.mean, variance: subtract(moments.square, power(moments.mean, 2)) };
  },
  play: (settings) => {
    const { court } = trialOf(settings, PAIR);
    const base = settings.share('base');
    const all = rational(ALL_STAKE);
    const stakes = sharesOf(settings).map((each) => nearest(multiply(each, all)));
    return (source) => {
      const convicted = stakes.filter(
        (_, index) => playCase(court, 'cheating', caseSource(source, `${index} `)) === 'faulty',
      );
      const total = convicted.reduce((sumOf, stake) => sumOf + stake, 0n);
      // Where nobody is convicted no stake has a rate; the rule itself gives its base.
      if (total === 0n) return nearest(multiply(base, rational(RATE_SCALE)));
      return nearest(rational(slashTogether(convicted, base) * RATE_SCALE, total));
    };
  },
};
