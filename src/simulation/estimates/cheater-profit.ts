import { add, ONE, ZERO, multiply, type Rational } from '../closed-forms/exact.ts';
import { complement, isLess } from '../closed-forms/exact.ts';
import { caseSource, playCase, type CaseVerdict } from '../panels/index.ts';
import { trialMisfit } from './court.ts';
import type { EstimateDefinition, Misfit } from './definition.ts';
import { lux, share, type Parameter } from './parameters.ts';
import { benchOf, DIRECT, errorMisfit, MONEY, moneyTheory, PANELISTS } from './profit.ts';
import { profitMicros, slashOf } from './profit.ts';
import { NLUX, type Settings } from './settings.ts';

const survives: Parameter = {
  name: 'survives',
  aliases: [],
  about: 'the gain survives being caught; only fee and slash depend on the verdict',
  is: { type: 'flag' },
  default: false,
};

const parameters: readonly Parameter[] = [
  ...MONEY,
  lux('G', ['gain'], 'gain G from the wrong output', 1),
  lux('c', ['cheatingCost'], 'cost c of cheating', 0),
  share('rho', ['ρ', 'recovered'], 'share ρ of the slash that an accomplice recovers', 0),
  survives,
  ...DIRECT,
  ...PANELISTS,
];

const DIRECT_NAMES = DIRECT.map(({ name }) => name);

const chanceOf = (settings: Settings, name: string): Rational =>
  settings.has(name) ? settings.share(name) : ZERO;

/** Chances of an acquittal and of no verdict, where they are given as such. */
const directOf = (settings: Settings) => {
  if (!DIRECT_NAMES.some((name) => settings.has(name))) return undefined;
  const acquitted = settings.has('w') ? 'w' : 'wAcquit';
  return { colluding: chanceOf(settings, acquitted), mute: chanceOf(settings, 'wVoid') };
};

const misfit = (settings: Settings): Misfit | undefined => {
  const other = ['wAcquit', 'wVoid'].find((name) => settings.has(name));
  if (settings.has('w') && other !== undefined) {
    return { parameter: 'w', other, expected: 'w is all of wAcquit where there are no voids' };
  }
  const direct = directOf(settings);
  if (direct !== undefined && isLess(ONE, add(direct.colluding, direct.mute))) {
    return { parameter: 'wVoid', expected: 'at most the rest of wAcquit to 1' };
  }
  return errorMisfit(settings, DIRECT_NAMES) ?? trialMisfit(settings);
};

/** What a wrong attestation brings, by whether it is challenged and how that ends: nLUX. */
const ledgerOf = (settings: Settings) => {
  const [fee, gain, cost] = [settings.amount('F'), settings.amount('G'), settings.amount('c')];
  const slash = slashOf(settings, settings.share('rho'));
  const kept = settings.flag('survives') ? gain : 0n;
  const byVerdict: Readonly<Record<CaseVerdict, bigint>> = {
    valid: fee + gain - cost,
    // The fee is in escrow, and a void refunds it.
    void: gain - cost,
    faulty: kept - cost - slash,
  };
  return { unchallenged: fee + gain - cost, byVerdict };
};

/** Cheating, attestation by attestation. */
export const cheaterProfit: EstimateDefinition = {
  name: 'cheaterProfit',
  about:
    'Mean profit of a wrong attestation: fee and gain unless it is challenged and convicted, ' +
    'then the slash. How often verdicts err comes out of the panels that are drawn, or is given ' +
    'as w, wAcquit and wVoid: then a single seat colludes, or never answers, with exactly that ' +
    'chance.',
  source: 'ECONOMICS 1, 2, 6',
  unit: 'LUX',
  kind: 'mean',
  scale: NLUX,
  parameters,
  misfit,
  runMicros: profitMicros,
  theory: (settings) => {
    const { unchallenged, byVerdict } = ledgerOf(settings);
    const { upheld, convicted, voided } = benchOf(
      settings,
      'cheating',
      directOf(settings),
    ).verdicts;
    const p = settings.share('p');
    return moneyTheory([
      { nlux: unchallenged, chance: complement(p) },
      { nlux: byVerdict.valid, chance: multiply(p, upheld) },
      { nlux: byVerdict.void, chance: multiply(p, voided) },
      { nlux: byVerdict.faulty, chance: multiply(p, convicted) },
    ]);
  },
  play: (settings) => {
    const { unchallenged, byVerdict } = ledgerOf(settings);
    const { court } = benchOf(settings, 'cheating', directOf(settings));
    const p = settings.share('p');
    return (source) => {
      if (!source.stream('challenge').chance(p)) return unchallenged;
      return byVerdict[playCase(court, 'cheating', caseSource(source))];
    };
  },
};
