import { complement, multiply, ZERO } from '../closed-forms/exact.ts';
import { caseSource, playCase, type CaseVerdict } from '../panels/index.ts';
import { trialMisfit } from './court.ts';
import type { EstimateDefinition } from './definition.ts';
import { lux, share, type Parameter } from './parameters.ts';
import { benchOf, errorMisfit, MONEY, moneyTheory, PANELISTS } from './profit.ts';
import { profitMicros, slashOf } from './profit.ts';
import { NLUX, type Settings } from './settings.ts';

const refunds: Parameter = {
  name: 'refunds',
  aliases: [],
  about:
    'the fee is lost, as on the chain, where an honest provider is convicted or there is no ' +
    'verdict; ECONOMICS 1 leaves that out',
  is: { type: 'flag' },
  default: false,
};
const DIRECT = ['alpha'];

const parameters: readonly Parameter[] = [
  ...MONEY,
  lux('C', ['honestCost'], 'cost C of the honest computation', 0.5),
  refunds,
  share(
    'alpha',
    ['α', 'falseSlash'],
    'probability α to be slashed once challenged, instead of saying who sits on the panels',
  ),
  ...PANELISTS,
];

const directOf = (settings: Settings) =>
  settings.has('alpha') ? { colluding: settings.share('alpha'), mute: ZERO } : undefined;

/** What an honest attestation brings, by whether it is challenged and how that ends: nLUX. */
const ledgerOf = (settings: Settings) => {
  const [fee, cost] = [settings.amount('F'), settings.amount('C')];
  const refunded = settings.flag('refunds') ? fee : 0n;
  const unchallenged = fee - cost;
  const byVerdict: Readonly<Record<CaseVerdict, bigint>> = {
    valid: unchallenged,
    void: unchallenged - refunded,
    faulty: unchallenged - refunded - slashOf(settings),
  };
  return { unchallenged, byVerdict };
};

/** Honest work, attestation by attestation. */
export const honestProfit: EstimateDefinition = {
  name: 'honestProfit',
  about:
    'Mean profit of an honest attestation: the fee less the cost, and now and then a slash by a ' +
    'panel that colluders hold. How often comes out of the panels that are drawn, or is given as ' +
    'alpha: then a single seat colludes with exactly that chance.',
  source: 'ECONOMICS 1, 4',
  unit: 'LUX',
  kind: 'mean',
  scale: NLUX,
  parameters,
  misfit: (settings) => errorMisfit(settings, DIRECT) ?? trialMisfit(settings),
  runMicros: profitMicros,
  theory: (settings) => {
    const { unchallenged, byVerdict } = ledgerOf(settings);
    const { upheld, convicted, voided } = benchOf(settings, 'honest', directOf(settings)).verdicts;
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
    const { court } = benchOf(settings, 'honest', directOf(settings));
    const p = settings.share('p');
    return (source) => {
      if (!source.stream('challenge').chance(p)) return unchallenged;
      return byVerdict[playCase(court, 'honest', caseSource(source))];
    };
  },
};
