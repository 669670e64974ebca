import type { Axis } from '../figure.ts';
import type { Estimate } from '../result.ts';

type Named = Pick<Axis, 'label' | 'unit'>;

/** Parameters of estimates as axes, by their canonical names. */
const PARAMETERS: Readonly<Record<string, Named>> = {
  p: { label: 'share p of attestations that is challenged or audited', unit: 'share' },
  s: { label: 'share s of the stake that a conviction takes', unit: 'share' },
  alpha: { label: 'chance α that an honest provider is slashed once challenged', unit: 'share' },
  rho: { label: 'share ρ of a slash that an accomplice recovers', unit: 'share' },
  w: { label: 'chance w that a verdict acquits a cheater', unit: 'share' },
  wAcquit: { label: 'chance that a verdict acquits a cheater', unit: 'share' },
  wVoid: { label: 'chance that there is no verdict', unit: 'share' },
  colluders: { label: 'share f of the eligible stake that colludes', unit: 'share' },
  silent: { label: 'chance u that a seat does not answer', unit: 'share' },
  share: { label: 'share of all stake', unit: 'share' },
  withheld: { label: 'blocks that the proposer may withhold', unit: 'count' },
  m: { label: 'times that the challenge is opened', unit: 'count' },
  panel: { label: 'seats n of the panel', unit: 'count' },
  replacements: { label: 'replacements k of a seat', unit: 'count' },
  identities: { label: 'owners between whom the stake is split', unit: 'count' },
  N: { label: 'owners N with equal stakes', unit: 'count' },
  F: { label: 'fee F of an attestation', unit: 'LUX' },
  C: { label: 'cost C of honest work', unit: 'LUX' },
  c: { label: 'cost c of cheating', unit: 'LUX' },
  G: { label: 'gain G from a wrong output', unit: 'LUX' },
  S: { label: 'stake S', unit: 'LUX' },
  'voluntaryCheatingRate.k': { label: 'cost k of a check', unit: 'LUX' },
  'voluntaryCheatingRate.R': { label: 'reward R of a catch', unit: 'LUX' },
  'timeToFinality.R': { label: 'panels R of the ladder', unit: 'count' },
  publish: { label: 'window to publish', unit: 'blocks' },
  seed: { label: 'window of a seed', unit: 'blocks' },
  commit: { label: 'window to commit', unit: 'blocks' },
  reveal: { label: 'window to reveal', unit: 'blocks' },
  appeal: { label: 'window to appeal', unit: 'blocks' },
};

/** The axis of a parameter; one that is not known keeps its name. */
export const parameterAxis = (estimate: string, parameter: string): Axis =>
  PARAMETERS[`${estimate}.${parameter}`] ??
  PARAMETERS[parameter] ?? { label: parameter, unit: 'ratio' };

const UNITS: readonly Axis['unit'][] = ['share', 'LUX', 'blocks', 'days', 'count', 'ratio'];

/** The unit of an estimate as that of an axis. */
export const unitOf = ({ unit }: Pick<Estimate, 'unit'>): Axis['unit'] =>
  UNITS.find((known) => known === unit) ?? 'ratio';

/** Symbols that a reader meets in a legend. */
const SYMBOLS: Readonly<Record<string, string>> = {
  panel: 'n',
  colluders: 'f',
  silent: 'u',
  replacements: 'k',
  alpha: 'α',
  rho: 'ρ',
};

export const symbolOf = (parameter: string): string => SYMBOLS[parameter] ?? parameter;
