/**
 * Numbers as people read them, without a locale: the same text on every machine. A share is shown
 * in percent; a count in groups of three; other figures with four significant digits.
 */

/** Between a number and its unit, so that both stay on one line. */
const NARROW = '\u202f';
/** As the library of the plots has it. */
const GROUP = ',';
const SIGNIFICANT_DIGITS = 4;
/** From here on a number is written with a power of ten, below `SMALLEST_PLAIN` too. */
const LARGEST_PLAIN = 1e15;
const SMALLEST_PLAIN = 1e-6;

const grouped = (digits: string): string => {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) {
    groups.unshift(digits.slice(Math.max(0, end - 3), end));
  }
  return groups.join(GROUP);
};

/** Plain decimal digits of a number whose size is within the bounds above. */
const plain = (size: number, digits: number): string => {
  const rounded = Number(size.toPrecision(digits));
  if (Number.isInteger(rounded)) return grouped(rounded.toFixed(0));
  const exponent = Number(rounded.toExponential().split('e')[1]);
  const text = rounded.toFixed(Math.max(0, digits - 1 - exponent));
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? grouped(whole) : `${grouped(whole)}.${kept}`;
};

/** A number with a few significant digits; whole numbers keep all of theirs. */
export const formatNumber = (value: number, digits: number = SIGNIFICANT_DIGITS): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value < 0 ? '−∞' : '∞';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === 0) return '0';
  if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) {
    const [mantissa = '', exponent = ''] = size.toExponential(digits - 1).split('e');
    return `${sign}${mantissa.replace(/\.?0+$/, '')}e${exponent.replace('+', '')}`;
  }
  return sign + (Number.isInteger(size) ? grouped(size.toFixed(0)) : plain(size, digits));
};

/** A value with the unit of an estimate or an axis: `share` in percent, none for bare numbers. */
export const formatValue = (value: number, unit: string): string => {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (unit === 'share') return `${formatNumber(value * 100)}${NARROW}%`;
  const text = formatNumber(value);
  return unit === 'count' || unit === 'ratio' || unit === '' ? text : `${text}\u00a0${unit}`;
};

/** Both ends of an interval, with the unit behind them. */
export const formatInterval = (low: number, high: number, unit: string): string =>
  `${formatNumber(unit === 'share' ? low * 100 : low)} … ${formatValue(high, unit)}`;

/** A parameter of an estimate as a scenario would give it. */
export const formatParameter = (value: number | string | boolean | readonly number[]): string =>
  Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
