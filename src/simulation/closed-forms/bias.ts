/** What choosing among draws, and erring together, bring (ECONOMICS 13 and 14). */
import { add, complement, isLess, multiply, ONE, power, rational, reduce } from './exact.ts';
import { sum, times, type Rational } from './exact.ts';

/**
 * A challenge opened m times, each time with a new draw, until one suits a share f:
 * `1 − (1−f)^m` (ECONOMICS 13). For panels of more than one seat f is the chance of the panel.
 */
export const reopenBias = (wanted: Rational, openings: number): Rational =>
  complement(power(complement(wanted), openings));

/** A proposer who may withhold k blocks sees k + 1 beacons: `1 − (1−f)^(k+1)` (ECONOMICS 13). */
export const withheldBias = (wanted: Rational, withheld: number): Rational =>
  reopenBias(wanted, withheld + 1);

/** Below its threshold a unique threshold signature leaves no choice: `f` (ECONOMICS 13). */
export const thresholdBias = (wanted: Rational): Rational => wanted;

/** So many times the square: a third of all stake loses everything. */
const CORRELATION_FACTOR = rational(9n);

/**
 * Slash rate of faults that come together: `min(1, 9·v²)` with v the share of all stake that was
 * convicted (ECONOMICS 14): 0.10 → 0.09, 0.15 → 0.2025, 1/3 → 1; with a base rate no less than
 * that. Studied only: no rule of the chain.
 */
export const correlatedRate = (convicted: Rational, base: Rational = rational(0n)): Rational => {
  const cubic = multiply(CORRELATION_FACTOR, power(convicted, 2));
  const rate = isLess(cubic, base) ? base : cubic;
  return isLess(ONE, rate) ? ONE : rate;
};

/** Moments of `correlatedRate` where each of these shares is convicted with one probability. */
export const correlatedMoments = (
  shares: readonly Rational[],
  convicted: Rational,
  base: Rational,
): { readonly mean: Rational; readonly square: Rational } => {
  /** Who is convicted, all cases: what they hold together, by how many they are. */
  let cases: readonly (readonly Rational[])[] = [[rational(0n)]];
  for (const share of shares) {
    const without = [...cases, []];
    cases = without.map((totals, count) => [
      ...totals,
      ...(cases[count - 1] ?? []).map((total) => reduce(add(total, share))),
    ]);
  }
  const momentOf = (exponent: number): Rational =>
    sum(
      cases.map((totals, count) => {
        const rates = totals.map((total) => power(correlatedRate(total, base), exponent));
        const rest = power(complement(convicted), shares.length - count);
        return times(sum(rates), power(convicted, count), rest);
      }),
    );
  return { mean: momentOf(1), square: momentOf(2) };
};
