/** What attesting pays, honestly and not, and which slash deters (ECONOMICS 1 to 4, 6, 8). */
import { add, complement, divide, multiply, rational, subtract, sum, times } from './exact.ts';
import { ONE, type Rational } from './exact.ts';

/** Amounts in one unit, such as LUX; shares and probabilities of `[0, 1]`. */
export interface Terms {
  /** F: fee of the attestation. */
  readonly fee: Rational;
  /** p: probability that it is challenged or audited. */
  readonly challenged: Rational;
  /** s·S: what a conviction takes of the stake. */
  readonly slash: Rational;
}

export interface HonestTerms extends Terms {
  /** C: cost of the honest computation. */
  readonly cost: Rational;
  /** α: probability to be slashed once challenged. */
  readonly convicted: Rational;
}

export interface CheatingTerms extends Terms {
  /** c: cost of cheating. */
  readonly cost: Rational;
  /** G: gain from the wrong output. */
  readonly gain: Rational;
  /** w_acquit: probability that a verdict, once asked for, finds it right. */
  readonly acquitted: Rational;
  /** w_void: probability that there is no verdict; the fee is refunded, nobody is slashed. */
  readonly voided: Rational;
}

/** `F − C − p·α·s·S` an attestation (ECONOMICS 1). */
export const honestProfit = ({ fee, cost, challenged, convicted, slash }: HonestTerms): Rational =>
  subtract(subtract(fee, cost), times(challenged, convicted, slash));

/** `q = p·(1−w)` with `w = w_acquit + w_void`: probability to be caught. */
export const caughtProbability = (
  terms: Pick<CheatingTerms, 'challenged' | 'acquitted' | 'voided'>,
): Rational => times(terms.challenged, complement(add(terms.acquitted, terms.voided)));

/**
 * `(1−p)(F+G) + p(w_acquit(F+G) + w_void·G) − c − q·s·S` an attestation (ECONOMICS 1): the fee is
 * in escrow and a void refunds it. With no voids that is `(1−q)(F+G) − c − q·s·S`.
 */
export const cheaterProfit = (terms: CheatingTerms): Rational => {
  const { fee, gain, cost, challenged, acquitted, voided, slash } = terms;
  const both = add(fee, gain);
  const unchallenged = times(complement(challenged), both);
  const kept = add(multiply(acquitted, both), multiply(voided, gain));
  const earned = sum([unchallenged, multiply(challenged, kept)]);
  return subtract(subtract(earned, cost), times(caughtProbability(terms), slash));
};

/** The same where the gain survives being caught: only fee and slash depend on the verdict. */
export const survivingCheaterProfit = (terms: CheatingTerms): Rational => {
  const { gain, challenged, acquitted, voided } = terms;
  const caught = times(challenged, complement(add(acquitted, voided)));
  return add(cheaterProfit(terms), times(caught, gain));
};

/**
 * The audit rate p at which the cheater's profit is zero; it falls with p, so above that cheating
 * loses. `undefined` if its profit does not depend on p. May lie outside `[0, 1]`.
 */
export const breakEvenRate = (terms: Omit<CheatingTerms, 'challenged'>): Rational | undefined => {
  const at = (challenged: Rational) => cheaterProfit({ ...terms, challenged });
  const [free, always] = [at(rational(0n)), at(ONE)];
  const fall = subtract(free, always);
  return fall.num === 0n ? undefined : divide(free, fall);
};

/**
 * Least slash s·S that deters: `G(1−q)/q + (C−c)/q − F` (ECONOMICS 2), that is where honest work
 * pays as much. Published instance: G = 10, q = 0.2 and no other terms give 40. q is above 0.
 */
export const deterrentSlash = (of: {
  readonly gain: Rational;
  readonly caught: Rational;
  /** C − c; may be negative. */
  readonly costSaved: Rational;
  readonly fee: Rational;
}): Rational => {
  const missed = multiply(of.gain, complement(of.caught));
  return subtract(divide(add(missed, of.costSaved), of.caught), of.fee);
};

/** Pure gain form: `G(1−q)/q` (ECONOMICS 2). */
export const pureGainSlash = (gain: Rational, caught: Rational): Rational =>
  divide(multiply(gain, complement(caught)), caught);

/** If the gain survives being caught: `G/q` (ECONOMICS 2). */
export const survivingGainSlash = (gain: Rational, caught: Rational): Rational =>
  divide(gain, caught);

/**
 * Honest participation bounds the slash from above: `(F−C)/(p·α)` (ECONOMICS 4). `undefined` where
 * honest providers are never slashed: any slash.
 */
export const participationCeiling = (terms: Omit<HonestTerms, 'slash'>): Rational | undefined => {
  const risk = multiply(terms.challenged, terms.convicted);
  return risk.num === 0n ? undefined : divide(subtract(terms.fee, terms.cost), risk);
};

/**
 * Largest α at which a slash can both deter and be borne: `(1−w)(F−C) / ((1−q)(F+G) − c)`
 * (ECONOMICS 4). `undefined` where cheating does not pay even without a slash.
 */
export const toleratedFalseSlash = (of: {
  readonly wrong: Rational;
  readonly fee: Rational;
  readonly honestCost: Rational;
  readonly challenged: Rational;
  readonly gain: Rational;
  readonly cheatingCost: Rational;
}): Rational | undefined => {
  const right = complement(of.wrong);
  const missed = complement(multiply(of.challenged, right));
  const worth = subtract(multiply(missed, add(of.fee, of.gain)), of.cheatingCost);
  return worth.num <= 0n
    ? undefined
    : divide(multiply(right, subtract(of.fee, of.honestCost)), worth);
};

/** A self-challenge by an accomplice recovers ρ: a slash of s·S costs `(1−ρ)·s·S` (ECONOMICS 6). */
export const netSlash = (slash: Rational, recovered: Rational): Rational =>
  multiply(slash, complement(recovered));

/**
 * `κ ≤ (1−ρ)·s·q/(1−q)`: value at stake, as a share of free stake (ECONOMICS 8). `undefined` where
 * q is 1: any share.
 */
export const exposureCeiling = (of: {
  readonly recovered: Rational;
  readonly slashRate: Rational;
  readonly caught: Rational;
}): Rational | undefined => {
  const missed = complement(of.caught);
  if (missed.num <= 0n) return undefined;
  return divide(times(complement(of.recovered), of.slashRate, of.caught), missed);
};
