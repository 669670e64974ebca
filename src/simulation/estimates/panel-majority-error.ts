import { ladderVerdicts } from '../closed-forms/panels.ts';
import { caseSource, playCase } from '../panels/index.ts';
import { PAIR, trialMicros, trialMisfit, trialOf } from './court.ts';
import { hit, type EstimateDefinition } from './definition.ts';
import { CROWD, PANEL, SILENCE } from './parameters.ts';

/** A wrong result is upheld: colluders hold `⌊n/2⌋+1` of n seats. */
export const panelMajorityError: EstimateDefinition = {
  name: 'panelMajorityError',
  about:
    'Probability that a panel upholds a wrong result: colluders, who support it together, hold ' +
    '⌊n/2⌋+1 of its n seats.',
  source: 'ECONOMICS 9, 10',
  unit: 'share',
  kind: 'share',
  scale: 1n,
  parameters: [...CROWD, PANEL, ...SILENCE],
  misfit: (settings) => trialMisfit(settings),
  runMicros: (settings) => trialMicros(settings),
  theory: (settings) => ({
    mean: ladderVerdicts(trialOf(settings, PAIR).rules, 'cheating').upheld,
  }),
  play: (settings) => {
    const { court } = trialOf(settings, PAIR);
    return (source) => hit(playCase(court, 'cheating', caseSource(source)) === 'valid');
  },
};
