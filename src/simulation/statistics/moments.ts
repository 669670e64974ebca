import { rational, type Rational } from '../../machines/parameters/rational.ts';
import { toNumber } from '../closed-forms/exact.ts';
import type { Tally } from '../tally.ts';

/** Mean of the observations in their unit, exact; 0 of none. */
export const exactMean = ({ n, sum }: Tally): Rational =>
  n === 0 ? rational(0n) : rational(sum, BigInt(n));

export const mean = (tally: Tally): number => toNumber(exactMean(tally));

/**
 * Unbiased variance of the observations, `(Σx² − (Σx)²/n)/(n−1)`, exact until the end; 0 of one.
 */
export const variance = ({ n, sum, squares }: Tally): number => {
  if (n < 2) return 0;
  const count = BigInt(n);
  return toNumber(rational(squares * count - sum * sum, count * (count - 1n)));
};
