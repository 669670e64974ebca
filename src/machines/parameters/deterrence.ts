import { wrongResultRateBps } from './ladder.ts';
import { add, fromBps, multiply, rational, subtract, type Rational } from './rational.ts';
import type { Parameters } from './record.ts';

/** Share of the eligible stake that colludes, for which all is designed (PROTOCOL §6.3). */
export const DESIGN_COLLUDERS: Rational = rational(1n, 5n);

const ONE = rational(1n);
const NONE = rational(0n);

/** Number of ways to choose `k` of `n`. */
const choose = (n: number, k: number): bigint => {
  let ways = 1n;
  for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return ways;
};

/** P(at least `least` of `n` seats), each with probability `share`: binomial, many small stakes. */
const tail = (n: number, least: number, { num, den }: Rational): Rational => {
  let ways = 0n;
  for (let k = least; k <= n; k++) {
    ways += choose(n, k) * num ** BigInt(k) * (den - num) ** BigInt(n - k);
  }
  return rational(ways, den ** BigInt(n));
};

/** `⌊n/2⌋ + 1` seats acquit, `⌊2n/3⌋ + 1` convict (PROTOCOL §6.2). */
export const acquittalQuorum = (seats: number): number => (seats >>> 1) + 1;
export const slashQuorum = (seats: number): number => Number((2n * BigInt(seats)) / 3n) + 1;

/**
 * Probability that a wrong result is convicted by a ladder of panels in which honest seats reject
 * it, colluders support it, and who is undecided goes to the next panel (ECONOMICS 8). With the
 * panels 3 → 7 at one fifth of colluders: 0.839156….
 */
export const convictionProbability = (panels: readonly number[], colluders: Rational): Rational => {
  const honest = subtract(ONE, colluders);
  let reached = ONE;
  let convicted = NONE;
  for (const seats of panels) {
    const convicts = tail(seats, slashQuorum(seats), honest);
    const acquits = tail(seats, acquittalQuorum(seats), colluders);
    convicted = add(convicted, multiply(reached, convicts));
    reached = multiply(reached, subtract(subtract(ONE, convicts), acquits));
  }
  return convicted;
};

/**
 * `(1−ρ)·s·q/(1−q)` with ρ the challenger's share, s the slash of an audit's first panel and
 * q = auditRate × the conviction probability of the audit ladder (PROTOCOL §6.3): the largest share
 * of free stake that pending attestations may be worth. `undefined` where q is 1: any share.
 */
export const exposureBound = (parameters: Parameters): Rational | undefined => {
  const { dispute, auditRateBps } = parameters;
  const conviction = convictionProbability(dispute.auditPanels, DESIGN_COLLUDERS);
  const caught = multiply(fromBps(auditRateBps), conviction);
  const missed = subtract(ONE, caught);
  if (missed.num <= 0n) return undefined;
  const slash = fromBps(wrongResultRateBps(dispute, 'audit', 1));
  const lost = multiply(subtract(ONE, fromBps(dispute.challengerShareBps)), slash);
  return multiply(lost, rational(caught.num * missed.den, caught.den * missed.num));
};
