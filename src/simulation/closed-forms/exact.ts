import { assert } from '../../codec/failure.ts';
import { add, multiply, rational, subtract } from '../../machines/parameters/rational.ts';
import type { Rational } from '../../machines/parameters/rational.ts';

export const ZERO: Rational = rational(0n);
export const ONE: Rational = rational(1n);

/** Significant bits that are kept of a quotient: more than a float of 53 bits has. */
const QUOTIENT_BITS = 80;
/** A float divides by this without rounding. */
const WORD_BITS = 32;
const WORD = 4_294_967_296;

const greatestDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** The same fraction in lowest terms. */
export const reduce = ({ num, den }: Rational): Rational => {
  const divisor = greatestDivisor(num, den);
  return divisor <= 1n ? { num, den } : rational(num / divisor, den / divisor);
};

export const sum = (terms: readonly Rational[]): Rational =>
  reduce(terms.reduce((total, term) => reduce(add(total, term)), ZERO));

/** The rest to one. */
export const complement = (share: Rational): Rational => subtract(ONE, share);

/** `a / b`; b is not 0. */
export const divide = (a: Rational, b: Rational): Rational => {
  assert(b.num !== 0n, 'a quotient by zero');
  const sign = b.num < 0n ? -1n : 1n;
  return reduce(rational(a.num * b.den * sign, a.den * b.num * sign));
};

/** A whole power, from 0 on. */
export const power = ({ num, den }: Rational, exponent: number): Rational =>
  rational(num ** BigInt(exponent), den ** BigInt(exponent));

export const times = (...factors: readonly Rational[]): Rational =>
  reduce(factors.reduce((product, factor) => multiply(product, factor), ONE));

export const isLess = (a: Rational, b: Rational): boolean => a.num * b.den < b.num * a.den;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;
/** Beyond these no float has decimals, or anything at all. */
const MAX_EXPONENT = 400;

/**
 * Exactly the decimal that a number is written as: 0.2 is one fifth, not the float nearest to it.
 * Also `"1/3"`, for what no decimal is. `undefined` for anything else.
 */
export const exactly = (given: number | string): Rational | undefined => {
  const text = String(given).toLowerCase();
  const fraction = /^(\d{1,40})\/(\d{1,40})$/.exec(text);
  if (fraction !== null) {
    const den = BigInt(fraction[2] ?? '0');
    return den === 0n ? undefined : reduce(rational(BigInt(fraction[1] ?? '0'), den));
  }
  const [, sign, whole, decimals = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const shift = Number(exponent) - decimals.length;
  if (whole === undefined || Math.abs(shift) > MAX_EXPONENT) return undefined;
  const digits = BigInt(whole + decimals) * (sign === '-' ? -1n : 1n);
  return shift < 0
    ? reduce(rational(digits, 10n ** BigInt(-shift)))
    : rational(digits * 10n ** BigInt(shift));
};

/** As `exactly`, of what is known to be a number. */
export const exact = (given: number | string): Rational => {
  const value = exactly(given);
  assert(value !== undefined, `${given} is no decimal`);
  return value;
};

const bitsOf = (value: bigint): number => value.toString(16).length * 4;

/**
 * The float nearest to a fraction, to a unit or two of the last place; of many more digits than a
 * float holds, too. Only exact operations besides the last, so the same on every engine.
 */
export const toNumber = ({ num, den }: Rational): number => {
  if (num === 0n) return 0;
  const magnitude = num < 0n ? -num : num;
  const words = (QUOTIENT_BITS + bitsOf(den) - bitsOf(magnitude)) / WORD_BITS;
  const shift = Math.max(0, Math.floor(words) + 1);
  let value = Number((magnitude << BigInt(shift * WORD_BITS)) / den);
  for (let word = 0; word < shift; word++) value /= WORD;
  return num < 0n ? -value : value;
};

/** The integer nearest to a fraction that is not negative, halves to the even one. */
export const nearest = ({ num, den }: Rational): bigint => {
  const doubled = 2n * num + den;
  const rounded = doubled / (2n * den);
  const isHalf = doubled % (2n * den) === 0n;
  return isHalf && rounded % 2n === 1n ? rounded - 1n : rounded;
};

export { add, multiply, rational, subtract, type Rational };
