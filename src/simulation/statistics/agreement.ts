/**
 * How far an estimate is from theory: `|z|`, the distance in standard errors. ECONOMICS asks for at
 * most four.
 */

/** Sums of rounded terms agree to within this, relative to the larger of them (or to one). */
const ROUNDING = 1e-12;

/**
 * Of an estimate that theory says cannot be: a finite number that no sample of millions reaches by
 * chance, since JSON has no infinity.
 */
export const CONTRADICTION_Z = 1_000_000;

const isSame = (a: number, b: number): boolean =>
  Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(a), Math.abs(b));

const distance = (estimate: number, theory: number, error: number): number => {
  if (isSame(estimate, theory)) return 0;
  if (error === 0) return CONTRADICTION_Z;
  return Math.min(CONTRADICTION_Z, Math.abs(estimate - theory) / error);
};

/**
 * Of a share p̂ of n runs beside p: `|p̂ − p| / √(p(1−p)/n)`, with the deviation of the closed
 * form.
 *
 * Where p is 0 or 1 nothing else can be: the same is 0, anything else `CONTRADICTION_Z`. Where
 * fewer than one hit (or miss) is expected of all n the normal law does not hold, and a single hit
 * would count as many deviations; the error is then at least that of one expected hit, `1/n`. Such
 * a comparison says little: it takes more runs.
 */
export const zOfShare = (estimate: number, theory: number, n: number): number => {
  if (n === 0) return 0;
  const expected = theory * (1 - theory) * n;
  if (theory === 0 || theory === 1) return distance(estimate, theory, 0);
  return distance(estimate, theory, Math.sqrt(Math.max(1, expected)) / n);
};

/**
 * Of a mean of n runs beside its closed form: `variance` is that of one run, of the closed form
 * where it is known and of the sample where not. A variance of 0 means that every run brings the
 * same.
 */
export const zOfMean = (estimate: number, theory: number, variance: number, n: number): number =>
  n === 0 ? 0 : distance(estimate, theory, Math.sqrt(Math.max(0, variance) / n));
