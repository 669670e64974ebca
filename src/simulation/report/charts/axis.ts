import type { Axis } from '../../figure.ts';
import { FONT, INK, MUTED, type Option, RULE } from './option.ts';

/** The ends of an axis, in the unit in which it is drawn. */
export interface Span {
  readonly min: number;
  readonly max: number;
  /** Between ticks, where the axis is linear. */
  readonly step?: number;
}

/** Ticks that an axis should have at least. */
const TICKS = 5;
const STEPS = [1, 2, 2.5, 5, 10] as const;

/** The exponent of the first digit, read from its text: the logarithm differs between engines. */
const exponentOf = (size: number): number => Number(size.toExponential().split('e')[1]);

const powerOfTen = (exponent: number): number => Number(`1e${exponent}`);

/** Digits that a drawn figure keeps: enough for any screen, none of the dust of multiplication. */
const DIGITS = 8;
/** Ends of axes are sums of what is drawn, and need a few more. */
const END_DIGITS = 12;
/** Nearer to zero than this nothing is drawn: fractions of the least floats have no ticks. */
const TINIEST = 1e-100;

/** A value as it is drawn: shares in percent. */
export const drawn = (value: number, { unit }: Pick<Axis, 'unit'>): number =>
  Math.abs(value) < TINIEST
    ? 0
    : Number((unit === 'share' ? value * 100 : value).toPrecision(DIGITS));

/** Whether an axis can show the value at all: a logarithmic one shows positive values only. */
export const isShown = (value: number, { scale }: Pick<Axis, 'scale'>): boolean =>
  Number.isFinite(value) && (scale !== 'log' || value >= TINIEST);

const stepOf = (range: number): number => {
  const rough = range / TICKS;
  const unit = powerOfTen(exponentOf(rough));
  const step = STEPS.find((candidate) => candidate * unit >= rough * 0.999_999) ?? 10;
  return step * unit;
};

const linearSpan = (low: number, high: number): Span => {
  // Zero belongs to a picture of positive values unless they lie far from it.
  const from = low > 0 && low < high * 0.6 ? 0 : low;
  const to = high < 0 && high > low * 0.6 ? 0 : high;
  if (from === to) {
    const around = from === 0 ? 1 : Math.abs(from) * 0.1;
    return linearSpan(from - around, to + around);
  }
  const step = stepOf(to - from);
  const min = Math.floor(from / step + 1e-9) * step;
  const max = -Math.floor(-to / step + 1e-9) * step;
  return {
    min: Number(min.toPrecision(END_DIGITS)),
    max: Number(max.toPrecision(END_DIGITS)),
    step,
  };
};

const logSpan = (low: number, high: number): Span => {
  const min = powerOfTen(exponentOf(low));
  const exponent = exponentOf(high);
  const max = powerOfTen(exponent) >= high ? powerOfTen(exponent) : powerOfTen(exponent + 1);
  return min === max ? { min, max: max * 10 } : { min, max };
};

/** Round ends around everything that an axis has to show; values in the unit of the data. */
export const spanOf = (axis: Axis, values: readonly number[]): Span => {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!isShown(value, axis)) continue;
    const at = drawn(value, axis);
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  if (axis.fromZero === true && axis.scale !== 'log') {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }
  if (low > high) return axis.scale === 'log' ? { min: 1, max: 10 } : { min: 0, max: 1, step: 0.2 };
  return axis.scale === 'log' ? logSpan(low, high) : linearSpan(low, high);
};

/** The label with the unit, unless it names it already; percent stands at the ticks. */
export const axisTitle = ({ label, unit }: Axis): string => {
  if (unit === 'share' || unit === 'count' || unit === 'ratio' || label.includes(unit)) {
    return label;
  }
  return `${label} (${unit})`;
};

/** One axis of a picture; the name of the upright one stands above `levels` rows of marks. */
export const axisOption = (
  axis: Axis,
  at: 'x' | 'y',
  { min, max, step }: Span,
  levels = 0,
): Option => ({
  type: axis.scale === 'log' ? 'log' : 'value',
  min,
  max,
  ...(step === undefined ? {} : { interval: step }),
  name: axisTitle(axis),
  nameLocation: at === 'x' ? 'middle' : 'end',
  nameGap: at === 'x' ? 34 : 14 + 15 * levels,
  nameTextStyle: {
    color: MUTED,
    fontFamily: FONT,
    fontSize: 12.5,
    align: at === 'x' ? 'center' : 'left',
  },
  axisLine: { show: at === 'x', onZero: false, lineStyle: { color: MUTED } },
  axisTick: { show: at === 'x', lineStyle: { color: MUTED } },
  splitLine: { show: at === 'y', lineStyle: { color: RULE } },
  axisLabel: {
    color: INK,
    fontFamily: FONT,
    fontSize: 12,
    ...(axis.unit === 'share' ? { formatter: '{value} %' } : {}),
  },
});
