/** Chances of how many of a panel's seats are of one kind (ECONOMICS 10 and 11). */
import { complement, divide, power, rational, reduce, sum, times, ZERO } from './exact.ts';
import type { Rational } from './exact.ts';

/** Number of ways to choose `k` of `n`; 0 where there are not so many. */
export const choose = (n: number, k: number): bigint => {
  if (k < 0 || k > n) return 0n;
  let ways = 1n;
  for (let i = 1; i <= Math.min(k, n - k); i++) ways = (ways * BigInt(n - i + 1)) / BigInt(i);
  return ways;
};

/** Of whom seats are drawn: a share of unboundedly many, or so many of N with equal stakes. */
export type Crowd =
  | { readonly share: Rational; readonly of?: undefined }
  | { readonly marked: number; readonly of: number };

/** P(exactly k of n): binomial with replacement or many small stakes, else hypergeometric. */
export const chanceOf = (crowd: Crowd, n: number, k: number): Rational => {
  if (crowd.of === undefined) {
    const { share } = crowd;
    const ways = rational(choose(n, k));
    return times(ways, power(share, k), power(complement(share), n - k));
  }
  const { marked, of } = crowd;
  const ways = choose(marked, k) * choose(of - marked, n - k);
  return reduce(rational(ways, choose(of, n)));
};

/** `n·(n−1)·…`, so many factors. */
const falling = (n: number, factors: number): bigint => {
  let product = 1n;
  for (let at = 0; at < factors; at++) product *= BigInt(n - at);
  return product;
};

/**
 * The same chances for every number of seats up to `most`, over one denominator: `waysOf(n, k)` of
 * `over` ways to draw exactly k marked in n seats. A crowd of N has at least `most` members.
 */
export const waysAmong = (crowd: Crowd, most: number) => {
  if (crowd.of === undefined) {
    const { num, den } = reduce(crowd.share);
    const waysOf = (n: number, k: number): bigint =>
      choose(n, k) * num ** BigInt(k) * (den - num) ** BigInt(n - k) * den ** BigInt(most - n);
    return { over: den ** BigInt(most), waysOf };
  }
  const { marked, of } = crowd;
  const waysOf = (n: number, k: number): bigint =>
    choose(n, k) * falling(marked, k) * falling(of - marked, n - k) * falling(of - n, most - n);
  return { over: falling(of, most), waysOf };
};

/** P(at least `least` of n seats). */
export const atLeast = (crowd: Crowd, n: number, least: number): Rational => {
  const counts = Array.from({ length: Math.max(0, n - least + 1) }, (_, index) => least + index);
  return sum(counts.map((k) => chanceOf(crowd, n, k)));
};

/** Share of the marked in what is left of a crowd. */
export const shareOf = (crowd: Crowd): Rational => {
  if (crowd.of === undefined) return crowd.share;
  return crowd.of === 0 ? ZERO : divide(rational(BigInt(crowd.marked)), rational(BigInt(crowd.of)));
};

/** The crowd once some, of whom so many were marked, have been drawn. */
export const afterDrawing = (crowd: Crowd, drawn: number, marked: number): Crowd =>
  crowd.of === undefined ? crowd : { marked: crowd.marked - marked, of: crowd.of - drawn };
