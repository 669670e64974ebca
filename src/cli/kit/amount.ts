import { stop } from './stop.ts';

/** `1 LUX = 10^9 nLUX`, a genesis constant (PROTOCOL §2); nodes of other chains say theirs. */
export const LUX_DECIMALS = 9;

const MAX_AMOUNT = (1n << 128n) - 1n;
const MAX_DIGITS = 39;
const AMOUNT = /^([0-9]+)(?:\.([0-9]+))?\s*(lux|nlux)?$/i;

/** nLUX of what a person writes, or nothing. */
const read = (text: string, decimals: number): bigint | undefined => {
  const [, whole = '', fraction = '', unit = ''] = AMOUNT.exec(text.trim()) ?? [];
  if (whole === '' || whole.length > MAX_DIGITS) return undefined;
  const isLux = unit.toLowerCase() === 'lux';
  // A fraction without a unit could be meant either way, and one of a nLUX does not exist.
  if (fraction !== '' && !isLux) return undefined;
  if (fraction.length > decimals) return undefined;
  const digits = isLux ? whole + fraction.padEnd(decimals, '0') : whole;
  const amount = BigInt(digits);
  return amount <= MAX_AMOUNT ? amount : undefined;
};

/**
 * nLUX of an amount: `100 LUX`, `0.5lux`, `500000000` or `500000000 nLUX`. Exact: never a float.
 * A number without a unit is nLUX, the unit of the protocol.
 */
export const parseAmount = (text: string, decimals = LUX_DECIMALS): bigint => {
  const amount = read(text, decimals);
  return amount ?? stop('cli/bad-amount', { found: text.slice(0, 80) });
};

const GROUPS = /\B(?=(?:[0-9]{3})+$)/g;

/** An amount for people, in LUX, with thousands apart: `1,234.5 LUX`. */
export const formatAmount = (amountNlux: bigint, decimals = LUX_DECIMALS): string => {
  const unit = 10n ** BigInt(decimals);
  const whole = String(amountNlux / unit).replace(GROUPS, ',');
  const fraction = String(amountNlux % unit)
    .padStart(decimals, '0')
    .replace(/0+$/, '');
  const isWhole = decimals === 0 || fraction === '';
  return `${whole}${isWhole ? '' : `.${fraction}`} LUX`;
};
