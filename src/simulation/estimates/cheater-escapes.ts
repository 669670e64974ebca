import { escapeFromLadder } from '../closed-forms/panels.ts';
import { caseSource, playCase } from '../panels/index.ts';
import { trialMicros, trialMisfit, trialOf } from './court.ts';
import { hit, type EstimateDefinition } from './definition.ts';
import { CROWD, FORM, PANEL, PANELS, SILENCE, withoutDefault } from './parameters.ts';

const DEFAULTS = { seats: 7 };

/** A wrong result is not convicted: upheld, or void for want of a quorum. */
export const cheaterEscapes: EstimateDefinition = {
  name: 'cheaterEscapes',
  about:
    'Probability that a provider with a wrong result is not convicted by a panel, or by the last ' +
    'of a ladder: fewer than ⌊2n/3⌋+1 seats are honest and answer.',
  source: 'ECONOMICS 8, 11',
  unit: 'share',
  kind: 'share',
  scale: 1n,
  parameters: [...CROWD, withoutDefault(PANEL, 'seven'), PANELS, FORM, ...SILENCE],
  misfit: (settings) => trialMisfit(settings, DEFAULTS),
  runMicros: (settings) => trialMicros(settings, DEFAULTS),
  theory: (settings) => ({ mean: escapeFromLadder(trialOf(settings, DEFAULTS).rules) }),
  play: (settings) => {
    const { court } = trialOf(settings, DEFAULTS);
    return (source) => hit(playCase(court, 'cheating', caseSource(source)) !== 'faulty');
  },
};
