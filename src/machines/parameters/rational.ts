/** A non-negative fraction of two integers; exact, never reduced. */
export interface Rational {
  readonly num: bigint;
  /** Above 0. */
  readonly den: bigint;
}

const BASIS_POINTS = 10_000n;

export const rational = (num: bigint, den = 1n): Rational => ({ num, den });

/** So many basis points. */
export const fromBps = (bps: number): Rational => rational(BigInt(bps), BASIS_POINTS);

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.den + b.num * a.den, a.den * b.den);

export const subtract = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.den - b.num * a.den, a.den * b.den);

export const multiply = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.num, a.den * b.den);

/** `a ≤ b`. */
export const atMost = (a: Rational, b: Rational): boolean => a.num * b.den <= b.num * a.den;
