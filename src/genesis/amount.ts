import { MAX_AMOUNT } from '../codec/index.ts';

/** `1 LUX = 10^9 nLUX` unless a genesis says otherwise (PROTOCOL §2). */
export const DEFAULT_LUX_DECIMALS = 9;
export const MAX_LUX_DECIMALS = 18;

const DIGITS = /^(?:0|[1-9][0-9]{0,38})$/;
const LUX = /^(0|[1-9][0-9]{0,38})(?:\.([0-9]{1,18}))? LUX$/;

/** nLUX in one LUX. */
export const nluxPerLux = (luxDecimals: number): bigint => 10n ** BigInt(luxDecimals);

const parseLux = (text: string, luxDecimals: number): bigint | undefined => {
  const [, whole, fraction = ''] = LUX.exec(text) ?? [];
  if (whole === undefined || fraction.length > luxDecimals) return undefined;
  return BigInt(whole + fraction.padEnd(luxDecimals, '0'));
};

/**
 * nLUX of a text that people write: `"1500000000"` in nLUX, or `"1.5 LUX"` with at most as many
 * decimals as a LUX has. Nothing if it is neither, or 2^128 nLUX and more.
 */
export const parseAmount = (
  text: string,
  luxDecimals = DEFAULT_LUX_DECIMALS,
): bigint | undefined => {
  const amount = DIGITS.test(text) ? BigInt(text) : parseLux(text, luxDecimals);
  return amount !== undefined && amount <= MAX_AMOUNT ? amount : undefined;
};

/** The shorter one of the texts in LUX and in nLUX that `parseAmount` reads as this amount. */
export const formatAmount = (amountNlux: bigint, luxDecimals = DEFAULT_LUX_DECIMALS): string => {
  const unit: bigint = nluxPerLux(luxDecimals);
  const fraction = (amountNlux % unit).toString().padStart(luxDecimals, '0').replace(/0+$/, '');
  const point = luxDecimals === 0 || fraction === '' ? '' : `.${fraction}`;
  const inLux = `${(amountNlux as bigint) / unit}${point} LUX`;
  const inNlux = amountNlux.toString();
  return inNlux.length < inLux.length ? inNlux : inLux;
};
