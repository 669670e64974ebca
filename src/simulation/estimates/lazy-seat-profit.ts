import { judge } from '../../machines/challenge/verdict.ts';
import { complement, ZERO } from '../closed-forms/exact.ts';
import { caseSource, relationsOf, seatPanel, type Court, unboundedCrowd } from '../panels/index.ts';
import { type EstimateDefinition, noMisfit } from './definition.ts';
import { lux, PANEL, share, withDefault, type Parameter } from './parameters.ts';
import { moneyTheory } from './profit.ts';
import { NLUX, type Settings } from './settings.ts';

/** With three honest seats beside it a lazy one never decides what the verdict is. */
const LEAST_SEATS = 3;
const PANEL_MICROS = 90;

const parameters: readonly Parameter[] = [
  lux('fee', ['rerunFee'], 'what a seat inside the final cluster is paid', 0.5),
  lux('penalty', ['π'], 'what a seat outside of it loses, and it is not paid', 2),
  share('y', ['prior'], 'probability y that the defendant’s result is false', 0.5),
  withDefault(PANEL, 7),
];

const courtOf = (settings: Settings): Court => ({
  crowd: unboundedCrowd({ colluding: ZERO }),
  panels: [settings.count('panel')],
  form: 'audit',
  silent: ZERO,
  replacements: 0,
});

/** A seat guesses instead of running the model. */
export const lazySeatProfit: EstimateDefinition = {
  name: 'lazySeatProfit',
  about:
    'Mean profit of a seat that runs nothing and says that the defendant is right: the fee where ' +
    'the panel finds so too, else the penalty. The other seats are honest.',
  source: 'ECONOMICS 7',
  unit: 'LUX',
  kind: 'mean',
  scale: NLUX,
  parameters,
  misfit: (settings) =>
    settings.count('panel') < LEAST_SEATS + 1
      ? {
          parameter: 'panel',
          expected: `at least ${LEAST_SEATS + 1} seats, so that it cannot decide`,
        }
      : noMisfit(),
  runMicros: () => PANEL_MICROS,
  theory: (settings) => {
    const y = settings.share('y');
    return moneyTheory([
      { nlux: settings.amount('fee'), chance: complement(y) },
      { nlux: -settings.amount('penalty'), chance: y },
    ]);
  },
  play: (settings) => {
    const court = courtOf(settings);
    const seats = settings.count('panel');
    const [fee, penalty, y] = [
      settings.amount('fee'),
      settings.amount('penalty'),
      settings.share('y'),
    ];
    return (source) => {
      const defendant = source.stream('defendant').chance(y) ? 'lie' : 'truth';
      const { answers } = seatPanel(court, { seats, round: 1 }, [], caseSource(source));
      // The first seat has not run anything: it repeats what the defendant says.
      const guess = defendant === 'lie' ? 'colluding' : 'honest';
      const verdict = judge(relationsOf([guess, ...answers.slice(1)], [defendant]), 0);
      return verdict === 'valid' ? fee : -penalty;
    };
  },
};
