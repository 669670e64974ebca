import { reopenBias as bias } from '../closed-forms/bias.ts';
import { majorityError } from '../closed-forms/panels.ts';
import { caseSource, playCase } from '../panels/index.ts';
import { PAIR, trialMicros, trialMisfit, trialOf } from './court.ts';
import type { EstimateDefinition } from './definition.ts';
import { CROWD, MAX_DRAWS, PANEL, withDefault, type Parameter } from './parameters.ts';
import type { Settings } from './settings.ts';

const DEFAULT_OPENINGS = 3;

const openings: Parameter = {
  name: 'm',
  aliases: ['openings', 'reopened'],
  about: 'how often m the challenge is opened, each time with a new draw',
  is: { type: 'count', least: 1, most: MAX_DRAWS },
};
const withheld: Parameter = {
  name: 'withheld',
  aliases: ['k'],
  about: 'blocks k that a proposer may withhold: it sees k + 1 draws, instead of m',
  is: { type: 'count', least: 0, most: MAX_DRAWS - 1 },
};

const drawsOf = (settings: Settings): number => {
  if (settings.has('withheld')) return settings.count('withheld') + 1;
  return settings.has('m') ? settings.count('m') : DEFAULT_OPENINGS;
};

/** Who may choose among several draws takes one that suits it. */
export const reopenBias: EstimateDefinition = {
  name: 'reopenBias',
  about:
    'Probability that colluders hold the panel (with one seat: the seat) in at least one of ' +
    'several draws, of which whoever biases the beacon may choose: by opening a challenge m ' +
    `times (${DEFAULT_OPENINGS} unless told), or by withholding k blocks.`,
  source: 'ECONOMICS 13',
  unit: 'share',
  kind: 'share',
  scale: 1n,
  parameters: [...CROWD, withDefault(PANEL, 1), openings, withheld],
  misfit: (settings) =>
    settings.has('m') && settings.has('withheld')
      ? { parameter: 'withheld', other: 'm', expected: 'both say how many draws there are' }
      : trialMisfit(settings),
  runMicros: (settings) => trialMicros(settings) * drawsOf(settings),
  theory: (settings) => {
    const { crowd, panels } = trialOf(settings, PAIR).rules;
    return { mean: bias(majorityError(crowd, panels[0] ?? 0), drawsOf(settings)) };
  },
  play: (settings) => {
    const { court } = trialOf(settings, PAIR);
    const draws = drawsOf(settings);
    return (source) => {
      const randomness = caseSource(source);
      for (let draw = 0; draw < draws; draw++) {
        if (playCase(court, 'cheating', randomness) === 'valid') return 1n;
      }
      return 0n;
    };
  },
};
