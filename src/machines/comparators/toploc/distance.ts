import { ceilDiv } from '../../kit/integer.ts';
import { MILLI } from '../limits.ts';
import type { Pairs } from './pairs.ts';
import { claimedValue, type Polynomial } from './polynomial.ts';

/** TOPLOC's three statistics of one window, or their largest over several. */
export interface ToplocDistance {
  /** Activations whose exponents differ. */
  readonly exponents: bigint;
  /** Mean difference of mantissas where they do not, in thousandths, rounded up. */
  readonly meanMilli: bigint;
  /** Median of the same in thousandths, exact: that of an even count is the mean of its middle. */
  readonly medianMilli: bigint;
}

export const NO_DISTANCE: ToplocDistance = { exponents: 0n, meanMilli: 0n, medianMilli: 0n };

/** Beyond every threshold, all of which are u32 at most. */
const BEYOND = 1n << 32n;
/** Evidence that cannot be compared at all, or that agrees in no exponent. */
export const INFINITELY_FAR: ToplocDistance = {
  exponents: BEYOND,
  meanMilli: BEYOND,
  medianMilli: BEYOND,
};

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** All windows of a chunk count as far as the farthest, in each statistic. */
export const farthest = (a: ToplocDistance, b: ToplocDistance): ToplocDistance => ({
  exponents: larger(a.exponents, b.exponents),
  meanMilli: larger(a.meanMilli, b.meanMilli),
  medianMilli: larger(a.medianMilli, b.medianMilli),
});

const FRACTION_BITS = 7;
const FRACTION = 0x7f;
/** Eight bits of exponent; like the reference, the sign is not looked at. */
const EXPONENT = 0xff;

const medianOf = (sorted: readonly number[]): bigint => {
  const middle = sorted.length >>> 1;
  const upper = sorted[middle] ?? 0;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? 0);
  return (BigInt(lower + upper) * MILLI) / 2n;
};

/**
 * How far the activations that a seat has found are from what a proof claims of them: TOPLOC's
 * verification, with exact statistics. No exponent in common is infinitely far.
 */
export const windowDistance = (proof: Polynomial, { indices, values }: Pairs): ToplocDistance => {
  const differences: number[] = [];
  indices.forEach((index, at) => {
    const claimed = claimedValue(proof, index);
    const found = values[at] as number;
    if ((((claimed ^ found) >>> FRACTION_BITS) & EXPONENT) !== 0) return;
    differences.push(Math.abs((claimed & FRACTION) - (found & FRACTION)));
  });
  if (differences.length === 0) return INFINITELY_FAR;
  differences.sort((a, b) => a - b);
  let sum = 0;
  for (const difference of differences) sum += difference;
  return {
    exponents: BigInt(indices.length - differences.length),
    meanMilli: ceilDiv(BigInt(sum) * MILLI, BigInt(differences.length)),
    medianMilli: medianOf(differences),
  };
};
