// Distances as people read them.
import type { Fields, Outcome, Unit } from './results.ts';

const ATTO = 1e18;
const PICO = 1e12;
const PPM_PER_PERCENT = 1e4;
const LOCALE = 'en';

const scientific = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

/** What a unit stands for, as the head of a column. */
export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  differs: 'bytes differ',
  atto: '1 − cos²',
  ulps: 'ULP',
  ppm: 'elements apart',
  pico: '|a − b|',
};

/** An integer distance in its unit. */
export const figure = (unit: Unit, distance: string | number): string => {
  const value = Number(distance);
  switch (unit) {
    case 'atto':
      // Beyond one stands for what has no angle or an obtuse one.
      return value > ATTO ? '> 90°' : scientific(value / ATTO);
    case 'pico':
      return scientific(value / PICO);
    case 'ppm':
      return `${(value / PPM_PER_PERCENT).toFixed(1)} %`;
    case 'ulps':
      return value.toLocaleString(LOCALE);
    case 'differs':
      return value === 0 ? 'no' : 'yes';
  }
};

export const count = (value: number): string => value.toLocaleString(LOCALE);

const NAMES_OF_BOUNDS: Readonly<Partial<Record<Unit, readonly [lo: string, hi: string]>>> = {
  atto: ['loAtto', 'hiAtto'],
  ulps: ['loUlps', 'hiUlps'],
  ppm: ['loPpm', 'hiPpm'],
};

/** Rates that are not thresholds: the absolute floor and the relative tolerance. */
const tolerances = (fields: Fields): readonly string[] =>
  (['atolPico', 'rtolPico'] as const).flatMap((name) =>
    fields[name] === undefined
      ? []
      : [`\`${name.slice(0, 4)}\` ${scientific(Number(fields[name]) / PICO)}`],
  );

/** The thresholds of an outcome in one sentence, or why there are none. */
export const thresholdSentence = ({ unit, comparator, refusal }: Outcome): string => {
  const settings = [
    ...(comparator['chunkElements'] === undefined
      ? []
      : [`chunks of ${comparator['chunkElements']} elements`]),
    ...tolerances(comparator),
  ];
  const of = settings.length === 0 ? '' : ` With ${settings.join(', ')}.`;
  if (refusal !== undefined) return `No thresholds: \`${refusal}\`.${of}`;
  const [lo, hi] = NAMES_OF_BOUNDS[unit] ?? [];
  if (lo === undefined || hi === undefined) return `Nothing to calibrate.${of}`;
  const [within, beyond] = [comparator[lo] ?? 0, comparator[hi] ?? 0];
  return (
    `Supported within ${figure(unit, within)} (\`${lo}\` ${within}), rejected beyond ` +
    `${figure(unit, beyond)} (\`${hi}\` ${beyond}).${of}`
  );
};
