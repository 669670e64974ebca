import { voluntaryCheatingRate as cheatingRate } from '../closed-forms/checking.ts';
import { voluntaryCheckingRate as checkingRate } from '../closed-forms/checking.ts';
import { divide, isLess, ONE, rational, ZERO, type Rational } from '../closed-forms/exact.ts';
import { errantCourt } from './court.ts';
import type { EstimateDefinition, Misfit } from './definition.ts';
import { OBSERVED_ATTESTATIONS, playInspection, roundSize, type Stakes } from './inspection.ts';
import { lux, share, type Parameter } from './parameters.ts';
import { slashOf } from './profit.ts';
import type { Settings } from './settings.ts';

const parameters: readonly Parameter[] = [
  lux('k', ['cost'], 'cost k of a check', 1),
  lux('R', ['reward'], 'reward R of a catch', 10),
  lux('G', ['gain'], 'gain G of a wrong attestation that is not checked', 1),
  lux('S', ['stake'], 'stake S that is slashed from', 100),
  share('s', ['slash'], 'share s of it that who is caught loses', 0.1),
];

const amountOf = (settings: Settings, name: string): Rational => rational(settings.amount(name));

const stakesOf = (settings: Settings): Stakes => {
  const [cost, reward] = [amountOf(settings, 'k'), amountOf(settings, 'R')];
  return {
    costShare: isLess(cost, reward) ? divide(cost, reward) : ONE,
    gainShare: checkingRate(amountOf(settings, 'G'), rational(slashOf(settings))),
  };
};

const misfit = (settings: Settings): Misfit | undefined => {
  const none = ['k', 'R', 'G'].find((name) => settings.amount(name) === 0n);
  if (none !== undefined) return { parameter: none, expected: 'more than 0 LUX' };
  return slashOf(settings) === 0n
    ? { parameter: 's', expected: 'more than 0, as S: who is caught has to lose something' }
    : undefined;
};

/** Measured: a life in rounds of one attestation, and what each more takes. */
const LIFE_MICROS = 2_000;
const ATTESTATION_MICROS = 500;
const NOBODY_ERRS = errantCourt(ZERO);

/** How many cheat where who checks lives on it: k/R, whatever the slash. */
export const voluntaryCheatingRate: EstimateDefinition = {
  name: 'voluntaryCheatingRate',
  about:
    'Share of attestations that are wrong where challengers pay for their checks and live on ' +
    'what they catch, and both sides learn from what they see. Each run is a life of the game of ' +
    'its own, and the standard error is that between lives.',
  source: 'ECONOMICS 5',
  unit: 'share',
  kind: 'mean',
  scale: BigInt(OBSERVED_ATTESTATIONS),
  parameters,
  misfit,
  runMicros: (settings) => LIFE_MICROS + ATTESTATION_MICROS * roundSize(stakesOf(settings)),
  theory: (settings) => ({ mean: cheatingRate(amountOf(settings, 'k'), amountOf(settings, 'R')) }),
  play: (settings) => {
    const stakes = stakesOf(settings);
    return (source) => playInspection(stakes, NOBODY_ERRS, source);
  },
};
