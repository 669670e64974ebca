import { formatParameter, formatValue } from '../report/format.ts';
import { AGREEMENT_SIGMA, verdictOf } from '../report/rows.ts';
import type { Estimate, Observation } from '../result.ts';

/** More sentences than this nobody reads: the table has them all. */
const MOST_SENTENCES = 8;

/** `value` is the estimate with its unit, `told` a share that it was played with. */
type Said = (of: Estimate, value: string, told: (name: string) => string) => string;

const panelOf = ({ parameters }: Estimate): string => {
  const { panels, panel } = parameters;
  if (panels !== undefined) return `the ladder ${formatParameter(panels)}`;
  return panel === undefined ? 'a panel of one' : `a panel of ${formatParameter(panel)}`;
};

const SENTENCES: Readonly<Record<string, Said>> = {
  panelMajorityError: (of, value, told) =>
    `If ${told('colluders')} of the stake colludes, ${panelOf(of)} upholds a wrong result in ` +
    `${value} of cases.`,
  panelSlashQuorumError: (of, value, told) =>
    `If ${told('colluders')} of the stake colludes, ${panelOf(of)} slashes an honest provider in ` +
    `${value} of challenges.`,
  cheaterEscapes: (of, value, told) =>
    `If ${told('colluders')} of the stake colludes, a wrong result that is challenged escapes ` +
    `${panelOf(of)} in ${value} of cases.`,
  cheaterProfit: ({ estimate }, value, told) =>
    `A wrong attestation that is challenged with probability ${told('p')} brings ${value} on ` +
    `average: cheating ${estimate > 0 ? 'pays' : 'does not pay'}.`,
  honestProfit: ({ estimate }, value, told) =>
    `An honest attestation that is challenged with probability ${told('p')} brings ${value} on ` +
    `average: taking part ${estimate >= 0 ? 'pays' : 'does not pay'}.`,
  noAnswer: (_, value, told) =>
    `If members stay silent in ${told('silent')} of cases, a seat stays empty in ${value} of them.`,
  voluntaryCheatingRate: (_, value) =>
    `Where nobody but volunteers checks, ${value} of attestations end up wrong.`,
  timeToFinality: (_, value) => `A challenge takes ${value} to its end.`,
};

const shareText = (value: Estimate['parameters'][string] | undefined): string => {
  if (value === undefined) return 'none';
  return typeof value === 'number' ? formatValue(value, 'share') : formatParameter(value);
};

const sentenceOf = (estimate: Estimate): readonly string[] => {
  const said = SENTENCES[estimate.name];
  if (said === undefined) return [];
  const value = formatValue(estimate.estimate, estimate.unit);
  return [said(estimate, value, (name) => shareText(estimate.parameters[name]))];
};

const agreement = (estimates: readonly Estimate[]): readonly string[] => {
  const beside = estimates.filter(({ z }) => z !== null);
  if (beside.length === 0) return [];
  const apart = beside.filter((each) => verdictOf(each) === 'differs').length;
  const within = `${AGREEMENT_SIGMA} standard errors`;
  if (apart > 0) {
    return [`${apart} of ${beside.length} estimates are more than ${within} from closed forms.`];
  }
  return beside.length === 1
    ? [`The one estimate with a closed form agrees with it within ${within}.`]
    : [`All ${beside.length} estimates with a closed form agree with it within ${within}.`];
};

const OBSERVED: Readonly<Record<string, (value: string) => string>> = {
  'honest/slashed': (value) => `Of honest providers who were challenged, ${value} were slashed.`,
  'cheats/caught': (value) => `Of wrong attestations, ${value} were caught.`,
  'finality/blocks': (value) => `A challenge took ${value} on average.`,
};

/**
 * What a reader takes away who knows none of the symbols: whether theory agrees, what the scenario
 * asked for by itself, and what its market showed. `asked` leaves out the points of sweeps, which
 * are pictures.
 */
export const summaryOf = (
  estimates: readonly Estimate[],
  asked: readonly Estimate[],
  observations: readonly Observation[],
): readonly string[] => {
  const told = asked.flatMap(sentenceOf).slice(0, MOST_SENTENCES);
  const seen = observations.flatMap(({ name, mean, unit }) => {
    const said = OBSERVED[name];
    return said === undefined ? [] : [said(formatValue(mean, unit))];
  });
  return [...agreement(estimates), ...told, ...seen];
};
