import type { Estimate, Observation, SimulationResult } from '../result.ts';
import { formatInterval, formatNumber, formatParameter, formatValue } from './format.ts';

/** An estimate agrees with theory within this many standard errors (ECONOMICS, end of Panels). */
export const AGREEMENT_SIGMA = 4;

/** `unknown` where theory gives no value to compare with. */
export type Verdict = 'agrees' | 'differs' | 'unknown';

/** One line of the table of estimates, as text: the terminal, HTML and CSV show the same. */
export interface EstimateRow {
  readonly name: string;
  readonly parameters: string;
  readonly n: string;
  readonly estimate: string;
  readonly closedForm: string;
  readonly z: string;
  readonly interval: string;
  readonly source: string;
  readonly verdict: Verdict;
}

export interface EstimateColumn {
  readonly key: Exclude<keyof EstimateRow, 'verdict'>;
  readonly heading: string;
  /** Figures stand flush right. */
  readonly right: boolean;
}

export const ESTIMATE_COLUMNS: readonly EstimateColumn[] = [
  { key: 'name', heading: 'estimate of', right: false },
  { key: 'parameters', heading: 'with', right: false },
  { key: 'n', heading: 'n', right: true },
  { key: 'estimate', heading: 'estimate', right: true },
  { key: 'closedForm', heading: 'closed form', right: true },
  { key: 'z', heading: '|z|', right: true },
  { key: 'interval', heading: '95 % interval', right: true },
  { key: 'source', heading: 'source', right: false },
];

const ABSENT = '–';

/** Whether what was played is what theory says; without a distance there is no verdict. */
export const verdictOf = ({ z }: Pick<Estimate, 'z'>): Verdict => {
  if (z === null) return 'unknown';
  return z <= AGREEMENT_SIGMA ? 'agrees' : 'differs';
};

/** The parameters of an estimate in one line: `N = 100, f = 0.2`. */
export const parametersText = (parameters: Estimate['parameters']): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${formatParameter(value)}`)
    .join(', ');

const rowOf = (estimate: Estimate): EstimateRow => ({
  name: estimate.name,
  parameters: parametersText(estimate.parameters),
  n: formatNumber(estimate.n),
  estimate: formatValue(estimate.estimate, estimate.unit),
  closedForm:
    estimate.closedForm === null ? ABSENT : formatValue(estimate.closedForm, estimate.unit),
  z: estimate.z === null ? ABSENT : formatNumber(estimate.z, 3),
  interval: formatInterval(estimate.ci95[0], estimate.ci95[1], estimate.unit),
  source: estimate.source,
  verdict: verdictOf(estimate),
});

/** The table of estimates, in the order in which the scenario asks for them. */
export const rowsOf = (result: Pick<SimulationResult, 'estimates'>): readonly EstimateRow[] =>
  result.estimates.map(rowOf);

export const OBSERVATION_HEADINGS = ['seen', 'n', 'mean', '95 % interval'] as const;

const observationRow = ({ name, n, mean, ci95, unit }: Observation): readonly string[] => [
  name,
  formatNumber(n),
  formatValue(mean, unit),
  formatInterval(ci95[0], ci95[1], unit),
];

/** What a market has shown, as text under `OBSERVATION_HEADINGS`. */
export const observationRowsOf = (
  result: Pick<SimulationResult, 'observations'>,
): readonly (readonly string[])[] => result.observations.map(observationRow);
