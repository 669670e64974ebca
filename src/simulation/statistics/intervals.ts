import type { Tally } from '../tally.ts';
import { mean, variance } from './moments.ts';

/** The normal distribution has 95 % of its weight within so many deviations. */
export const Z_95 = 1.959963984540054;

export type Interval = readonly [low: number, high: number];

/**
 * Wilson's 95 % interval of a share with `hits` of `n` (Wilson 1927): within `[0, 1]`, and of some
 * width even where nothing or everything was hit.
 */
export const wilson = (hits: number, n: number): Interval => {
  if (n === 0) return [0, 1];
  const share = hits / n;
  const square = Z_95 * Z_95;
  const scale = 1 + square / n;
  const centre = (share + square / (2 * n)) / scale;
  const inner = (share * (1 - share)) / n + square / (4 * n * n);
  const half = (Z_95 * Math.sqrt(inner)) / scale;
  // The ends are exact where rounding would leave a trace of 10^−17 beyond them.
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === n ? 1 : Math.min(1, centre + half)];
};

/** Half the width of the normal 95 % interval of a mean, from the sample's own deviation. */
export const halfWidth = (tally: Tally): number =>
  tally.n < 2 ? 0 : Z_95 * Math.sqrt(variance(tally) / tally.n);

/** Normal 95 % interval of a mean. */
export const normal = (tally: Tally): Interval => {
  const [centre, half] = [mean(tally), halfWidth(tally)];
  return [centre - half, centre + half];
};
