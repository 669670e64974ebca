import { noAnswer as unanswered } from '../closed-forms/panels.ts';
import { caseSource, seatPanel, unboundedCrowd, type Court } from '../panels/index.ts';
import { ZERO } from '../closed-forms/exact.ts';
import { hit, noMisfit, type EstimateDefinition } from './definition.ts';
import { SILENCE, withDefault, type Parameter } from './parameters.ts';
import type { Settings } from './settings.ts';

const DEFAULT_SILENT = 0.1;
const SEAT_MICROS = 25;

const parameters: readonly Parameter[] = SILENCE.map((each) =>
  each.name === 'silent' ? withDefault(each, DEFAULT_SILENT) : each,
);

const courtOf = (settings: Settings): Court => ({
  crowd: unboundedCrowd({ colluding: ZERO }),
  panels: [1],
  form: 'audit',
  silent: settings.share('silent'),
  replacements: settings.count('replacements'),
});

/** A seat stays empty: its first member and all replacements are silent. */
export const noAnswer: EstimateDefinition = {
  name: 'noAnswer',
  about:
    'Probability that a seat of a panel stays empty: neither the member that was drawn first nor ' +
    'any of its k replacements answers.',
  source: 'ECONOMICS 12',
  unit: 'share',
  kind: 'share',
  scale: 1n,
  parameters,
  misfit: noMisfit,
  runMicros: () => SEAT_MICROS,
  theory: (settings) => ({
    mean: unanswered(settings.share('silent'), settings.count('replacements')),
  }),
  play: (settings) => {
    const court = courtOf(settings);
    return (source) => {
      const { answers } = seatPanel(court, { seats: 1, round: 1 }, [], caseSource(source));
      return hit(answers[0] === 'empty');
    };
  },
};
