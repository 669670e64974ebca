/** Who checks, and what that leaves of cheating (ECONOMICS 3, 5 and 7). */
import { add, complement, divide, multiply, subtract } from './exact.ts';
import { isLess, ONE, type Rational } from './exact.ts';

/**
 * Sampling equilibrium: `p ≥ C / ((1−r)(F + s·S))` with r the chance that the checker colludes, and
 * cheating free of cost (ECONOMICS 3). r is below 1.
 */
export const samplingFloor = (of: {
  readonly honestCost: Rational;
  readonly colluding: Rational;
  readonly fee: Rational;
  readonly slash: Rational;
}): Rational => divide(of.honestCost, multiply(complement(of.colluding), add(of.fee, of.slash)));

/**
 * Cheating rate of the mixed equilibrium with voluntary challengers who pay k for a check and get R
 * for a catch: `k/R`, whatever the slash (ECONOMICS 5). Where a check costs more than it brings
 * nobody checks, and everybody cheats.
 */
export const voluntaryCheatingRate = (cost: Rational, reward: Rational): Rational =>
  isLess(cost, reward) ? divide(cost, reward) : ONE;

/** Checking rate of that equilibrium: `G/(G + s·S)` (ECONOMICS 5). */
export const voluntaryCheckingRate = (gain: Rational, slash: Rational): Rational =>
  divide(gain, add(gain, slash));

/** A seat's choice between running the model and guessing that the defendant is right. */
export interface Guess {
  /** y: prior that the defendant's result is false. */
  readonly falseResult: Rational;
  /** What a seat is paid that ends up inside the final cluster. */
  readonly fee: Rational;
  /** What one outside loses; it is not paid. */
  readonly penalty: Rational;
}

/** What a guess brings: `(1−y)·fee − y·penalty` (ECONOMICS 7). */
export const guessProfit = ({ falseResult, fee, penalty }: Guess): Rational =>
  subtract(multiply(complement(falseResult), fee), multiply(falseResult, penalty));

/** Guessing beats running, which brings `fee − C`, iff `y(fee + penalty) < C` (ECONOMICS 7). */
export const guessPays = (guess: Guess, honestCost: Rational): boolean =>
  isLess(multiply(guess.falseResult, add(guess.fee, guess.penalty)), honestCost);
