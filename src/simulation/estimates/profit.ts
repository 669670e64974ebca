/** What profits have in common: parameters of money and of errors of verdicts. */
import {
  multiply,
  nearest,
  ONE,
  power,
  rational,
  subtract,
  sum,
  toNumber,
  ZERO,
} from '../closed-forms/exact.ts';
import type { Rational } from '../closed-forms/exact.ts';
import { ladderVerdicts, type Verdicts } from '../closed-forms/panels.ts';
import type { Court } from '../panels/index.ts';
import { errantCourt, trialMicros, trialOf } from './court.ts';
import type { Misfit, Theory } from './definition.ts';
import { CROWD, FORM, lux, PANEL, PANELS, share, SILENCE, withoutDefault } from './parameters.ts';
import { COLLUDERS, type Parameter } from './parameters.ts';
import { NLUX, type Settings } from './settings.ts';

/** Money of one attestation: F, p, S and s, of which the defaults are mainnet's least case. */
export const MONEY: readonly Parameter[] = [
  lux('F', ['fee'], 'fee F of the attestation', 1),
  share('p', ['challenged', 'auditRate'], 'probability p that it is challenged or audited', 0.05),
  lux('S', ['stake'], 'stake S that is slashed from', 100),
  share('s', ['slash'], 'share s of it that a conviction takes', 0.1),
];

const ERRS = 'instead of saying who sits on the panels';

/** Names of parameters that say how often verdicts err, by themselves. */
export const DIRECT: readonly Parameter[] = [
  share('w', ['wrong'], `probability w that a verdict acquits a cheater, ${ERRS}`),
  share('wAcquit', ['w_acquit'], `probability that a verdict acquits a cheater, ${ERRS}`),
  share('wVoid', ['w_void'], `probability that there is no verdict on a cheater, ${ERRS}`),
];

/** Who sits: without any of these, and without a chance given directly, verdicts never err. */
export const PANELISTS: readonly Parameter[] = [
  ...CROWD.map((each) => (each === COLLUDERS ? withoutDefault(each, 'nobody') : each)),
  withoutDefault(PANEL, 'one, the base protocol'),
  PANELS,
  FORM,
  ...SILENCE.map((each) => withoutDefault(each, each.name === 'silent' ? 'none' : 'two')),
];
const PANELIST_NAMES = PANELISTS.map(({ name }) => name);

/** Chances that are given directly exclude panels, which would say the same. */
export const errorMisfit = (settings: Settings, direct: readonly string[]): Misfit | undefined => {
  const given = direct.find((name) => settings.has(name));
  if (given === undefined) return undefined;
  const other = PANELIST_NAMES.find((name) => settings.has(name));
  return other === undefined
    ? undefined
    : { parameter: given, other, expected: 'both say how often verdicts err' };
};

export interface Bench {
  readonly court: Court;
  /** Chances of a challenge's end for the defendant in question. */
  readonly verdicts: Verdicts;
}

/** A court that errs as the parameters say. */
export const benchOf = (
  settings: Settings,
  subject: 'cheating' | 'honest',
  direct?: { readonly colluding: Rational; readonly mute: Rational },
): Bench => {
  if (direct === undefined) {
    const { court, rules } = trialOf(settings);
    return { court, verdicts: ladderVerdicts(rules, subject) };
  }
  const { colluding, mute } = direct;
  const rest = subtract(subtract(ONE, colluding), mute);
  const verdicts =
    subject === 'cheating'
      ? { upheld: colluding, convicted: rest, voided: mute }
      : { upheld: rest, convicted: colluding, voided: mute };
  return { court: errantCourt(colluding, mute), verdicts };
};

/** s·S·(1−ρ) in nLUX, to the nearest. */
export const slashOf = (settings: Settings, recovered: Rational = ZERO): bigint => {
  const stake = rational(settings.amount('S'));
  const net = subtract(ONE, recovered);
  return nearest(multiply(multiply(stake, settings.share('s')), net));
};

/** Mean and variance of what an attestation brings, from all cases and their chances. */
export const moneyTheory = (
  cases: readonly { readonly nlux: bigint; readonly chance: Rational }[],
): Theory => {
  const outcomes = cases.map(({ nlux, chance }) => ({ value: rational(nlux, NLUX), chance }));
  const mean = sum(outcomes.map(({ value, chance }) => multiply(value, chance)));
  const square = sum(outcomes.map(({ value, chance }) => multiply(power(value, 2), chance)));
  return { mean, variance: subtract(square, power(mean, 2)) };
};

const BASE_MICROS = 4;

/** Most runs are not challenged at all. */
export const profitMicros = (settings: Settings): number =>
  BASE_MICROS + trialMicros(settings) * toNumber(settings.share('p'));
