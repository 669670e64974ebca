import { ladderVerdicts } from '../closed-forms/panels.ts';
import { caseSource, playCase } from '../panels/index.ts';
import { PAIR, trialMicros, trialMisfit, trialOf } from './court.ts';
import { hit, type EstimateDefinition } from './definition.ts';
import { CROWD, PANEL, SILENCE } from './parameters.ts';

/** An honest provider is convicted: colluders hold the slash quorum. */
export const panelSlashQuorumError: EstimateDefinition = {
  name: 'panelSlashQuorumError',
  about:
    'Probability that a panel convicts an honest provider: colluders, who reject its result ' +
    'together, hold ⌊2n/3⌋+1 of its n seats. Its attestation stands beside a colluder’s, so that ' +
    'they have a centre even where the panel has fewer than three seats.',
  source: 'ECONOMICS 11',
  unit: 'share',
  kind: 'share',
  scale: 1n,
  parameters: [...CROWD, PANEL, ...SILENCE],
  misfit: (settings) => trialMisfit(settings),
  runMicros: (settings) => trialMicros(settings),
  theory: (settings) => ({
    mean: ladderVerdicts(trialOf(settings, PAIR).rules, 'honest').convicted,
  }),
  play: (settings) => {
    const { court } = trialOf(settings, PAIR);
    return (source) => hit(playCase(court, 'honest', caseSource(source)) === 'faulty');
  },
};
