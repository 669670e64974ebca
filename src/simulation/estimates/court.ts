/** Parameters that say how challenges are settled, as a game and as theory has it. */
import type { Crowd as Counted } from '../closed-forms/counting.ts';
import { multiply, nearest, rational, ZERO, type Rational } from '../closed-forms/exact.ts';
import type { LadderRules } from '../closed-forms/panels.ts';
import { type Court, type Crowd, equalCrowd, unboundedCrowd } from '../panels/index.ts';
import type { Misfit } from './definition.ts';
import type { Settings } from './settings.ts';

/** The same challenge, to be played and to be computed. */
export interface Trial {
  readonly court: Court;
  readonly rules: LadderRules;
}

/** A seat of fewer has no centre of its own: only beside another defendant does it convict. */
const SEATS_FOR_OWN_CENTRE = 3;
/** Measured: a case, and each draw of it. */
const CASE_MICROS = 12;
const DRAW_MICROS = 8;

/** The base protocol, where an estimate has no default of its own. */
const DEFAULT_SEATS = 1;
const DEFAULT_REPLACEMENTS = 2;

/**
 * Theory follows every crowd that a panel may leave to the next; mainnet's ladder has 11 seats, and
 * one panel more would make it 26.
 */
const MAX_BOUNDED_LADDER_SEATS = 40;

const panelsOf = (settings: Settings, seats = DEFAULT_SEATS): readonly number[] => {
  if (settings.has('panels')) return settings.counts('panels');
  return [settings.has('panel') ? settings.count('panel') : seats];
};

const shareOf = (settings: Settings, name: string): Rational =>
  settings.has(name) ? settings.share(name) : ZERO;

const replacementsOf = (settings: Settings): number =>
  settings.has('replacements') ? settings.count('replacements') : DEFAULT_REPLACEMENTS;

/** Draws are from a given number, each at most once. */
const isBounded = (settings: Settings): boolean =>
  settings.has('N') && !(settings.has('replacement') && settings.flag('replacement'));

const colludersOf = (settings: Settings): number =>
  Number(nearest(multiply(shareOf(settings, 'colluders'), rational(BigInt(settings.count('N'))))));

const crowdsOf = (settings: Settings): { readonly crowd: Crowd; readonly counted: Counted } => {
  if (!isBounded(settings)) {
    const share = shareOf(settings, 'colluders');
    return { crowd: unboundedCrowd({ colluding: share }), counted: { share } };
  }
  const [owners, marked] = [settings.count('N'), colludersOf(settings)];
  return { crowd: equalCrowd(owners, marked), counted: { marked, of: owners } };
};

const formOf = (settings: Settings, [first = 0]: readonly number[]): 'pair' | 'audit' => {
  if (settings.has('form')) return settings.choice('form') === 'pair' ? 'pair' : 'audit';
  return first < SEATS_FOR_OWN_CENTRE ? 'pair' : 'audit';
};

/** What an estimate fixes, or takes where the scenario says nothing. */
export interface TrialDefaults {
  readonly form?: 'pair' | 'audit';
  readonly seats?: number;
}

/** Two defendants, whoever asks. */
export const PAIR: TrialDefaults = { form: 'pair' };

/** The trial that `colluders`, `N`, `panel` or `panels`, `form`, `silent` and the like describe. */
export const trialOf = (settings: Settings, { form, seats }: TrialDefaults = {}): Trial => {
  const panels = panelsOf(settings, seats);
  const { crowd, counted } = crowdsOf(settings);
  const common = {
    panels,
    form: form ?? formOf(settings, panels),
    silent: shareOf(settings, 'silent'),
    replacements: replacementsOf(settings),
  };
  return { court: { ...common, crowd }, rules: { ...common, crowd: counted } };
};

/** One seat that errs with these chances exactly: it colludes, or it is never heard. */
export const errantCourt = (colluding: Rational, mute: Rational = ZERO): Court => ({
  crowd: unboundedCrowd({ colluding, mute }),
  panels: [1],
  form: 'pair',
  silent: ZERO,
  replacements: 0,
});

const seatsOf = (settings: Settings, seats?: number): number =>
  panelsOf(settings, seats).reduce((sum, each) => sum + each, 0);

/** A crowd of N must not run out: each seat of each panel takes another member of it. */
export const trialMisfit = (
  settings: Settings,
  { seats }: TrialDefaults = {},
): Misfit | undefined => {
  if (settings.has('panel') && settings.has('panels')) {
    const expected = 'one panel and a ladder of panels are two answers to one question';
    return { parameter: 'panels', other: 'panel', expected };
  }
  if (!isBounded(settings)) return undefined;
  if (settings.has('panels') && seatsOf(settings) > MAX_BOUNDED_LADDER_SEATS) {
    const expected = `panels of ${MAX_BOUNDED_LADDER_SEATS} seats in all where N is given`;
    return { parameter: 'panels', expected };
  }
  const isSilent = shareOf(settings, 'silent').num > 0n;
  const draws = seatsOf(settings, seats) * (isSilent ? replacementsOf(settings) + 1 : 1);
  if (settings.count('N') >= draws) return undefined;
  return { parameter: 'N', expected: `at least ${draws}, one for every draw of the panels` };
};

/** What a trial takes on one core, if it is played to the end of its ladder. */
export const trialMicros = (settings: Settings, { seats }: TrialDefaults = {}): number =>
  CASE_MICROS * panelsOf(settings, seats).length + DRAW_MICROS * seatsOf(settings, seats);
