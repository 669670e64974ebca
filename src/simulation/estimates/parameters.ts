import type { ParameterValue } from '../result.ts';

/**
 * What a parameter is: a `share` of `[0, 1]` (a number, or text such as `"1/3"`), a whole `count`,
 * an `amount` of LUX to nine decimals, a `flag`, or a list or choice of such; a list of shares
 * may be given as one of them where it says `orOne`.
 */
export type ParameterType =
  | { readonly type: 'share' }
  | { readonly type: 'shares'; readonly most: number; readonly orOne?: boolean }
  | { readonly type: 'count'; readonly least: number; readonly most: number }
  | {
      readonly type: 'counts';
      readonly least: number;
      readonly most: number;
      readonly items: number;
    }
  | { readonly type: 'amount'; readonly least: number }
  | { readonly type: 'amounts'; readonly items: number }
  | { readonly type: 'flag' }
  | { readonly type: 'choice'; readonly choices: readonly string[] };

/** One parameter of an estimate: documentation, JSON Schema and errors are made of this. */
export interface Parameter {
  /** As results name it. */
  readonly name: string;
  /** Other names, such as its symbol. */
  readonly aliases: readonly string[];
  /** What it means, with its unit; a clause without a full stop. */
  readonly about: string;
  readonly is: ParameterType;
  /** Taken where the scenario says nothing; without one it then plays no part. */
  readonly default?: ParameterValue | undefined;
}

/** Seats of one panel: draws number them in a byte, and no challenge has nearly as many. */
export const MAX_SEATS = 99;
/** Panels of one ladder. */
export const MAX_LADDER = 4;
/** Owners of a population, and draws of a run. */
export const MAX_OWNERS = 1_000_000;
export const MAX_DRAWS = 1_000;
export const MAX_REPLACEMENTS = 9;
/** Stakes of a list. */
export const MAX_STAKES = 10_000;

const seats = { type: 'count', least: 1, most: MAX_SEATS } as const;

export const COLLUDERS: Parameter = {
  name: 'colluders',
  aliases: ['f'],
  about: 'share f of the eligible stake that colludes',
  is: { type: 'share' },
  default: 0.2,
};

export const PANEL: Parameter = {
  name: 'panel',
  aliases: ['n', 'seats'],
  about: 'seats n of the panel',
  is: seats,
  default: 7,
};

export const PANELS: Parameter = {
  name: 'panels',
  aliases: ['ladder'],
  about: 'seats of each panel of a ladder, in order; who is undecided goes to the next',
  is: { type: 'counts', least: 1, most: MAX_SEATS, items: MAX_LADDER },
};

export const FORM: Parameter = {
  name: 'form',
  aliases: [],
  about:
    'a `pair` of defendants of whom one is right, or an `audit` of one alone; unless given an ' +
    'audit, but a pair where the first panel has fewer than three seats',
  is: { type: 'choice', choices: ['pair', 'audit'] },
};

/** Who there is to be drawn. */
export const CROWD: readonly Parameter[] = [
  COLLUDERS,
  {
    name: 'N',
    aliases: ['owners', 'providers', 'population'],
    about:
      'owners with equal stakes, of whom the whole number nearest to f·N colludes; without it ' +
      'there are unboundedly many',
    is: { type: 'count', least: 1, most: MAX_OWNERS },
  },
  {
    name: 'replacement',
    aliases: [],
    about: 'draws are with replacement, as they are without N',
    is: { type: 'flag' },
  },
];

export const SILENCE: readonly Parameter[] = [
  {
    name: 'silent',
    aliases: ['u'],
    about: 'probability u that a member that is drawn does not answer, whoever it is',
    is: { type: 'share' },
    default: 0,
  },
  {
    name: 'replacements',
    aliases: ['k'],
    about: 'how often k a seat without an answer is drawn anew',
    is: { type: 'count', least: 0, most: MAX_REPLACEMENTS },
    default: 2,
  },
];

/** The same parameter with another default. */
export const withDefault = (parameter: Parameter, value: ParameterValue): Parameter => ({
  ...parameter,
  default: value,
});

/** The same without one, so that results show it only where it was given. */
export const withoutDefault = (parameter: Parameter, unless: string): Parameter => {
  const { default: _, ...rest } = parameter;
  return { ...rest, about: `${parameter.about}; ${unless} unless told` };
};

/** An amount in LUX. */
export const lux = (
  name: string,
  aliases: readonly string[],
  about: string,
  value?: ParameterValue,
): Parameter => ({
  name,
  aliases,
  about: `${about}, in LUX`,
  is: { type: 'amount', least: 0 },
  ...(value === undefined ? {} : { default: value }),
});

/** A share of `[0, 1]`. */
export const share = (
  name: string,
  aliases: readonly string[],
  about: string,
  value?: ParameterValue,
): Parameter => ({
  name,
  aliases,
  about,
  is: { type: 'share' },
  ...(value === undefined ? {} : { default: value }),
});
