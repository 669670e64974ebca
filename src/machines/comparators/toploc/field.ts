/** TOPLOC's field is GF(65497): elements are numbers from 0 to 65496. */
export const FIELD_PRIME = 65_497;

/** 2^16 − 39 is the prime, so `high · 2^16 + low` is congruent to `39 · high + low`. */
const FOLD = 39;

/** The element congruent to an integer below 2^32. Folded twice it is below 2^17. */
const reduce = (integer: number): number => {
  const once = FOLD * (integer >>> 16) + (integer & 0xffff);
  const twice = FOLD * (once >>> 16) + (once & 0xffff);
  return twice >= FIELD_PRIME ? twice - FIELD_PRIME : twice;
};

const add = (a: number, b: number): number => (a + b >= FIELD_PRIME ? a + b - FIELD_PRIME : a + b);

/** A product is below 2^32: the low 32 bits that `Math.imul` gives are all of it. */
export const multiply = (a: number, b: number): number => reduce(Math.imul(a, b));

export const subtract = (a: number, b: number): number => (a >= b ? a - b : a - b + FIELD_PRIME);

/** `a^(p−2)`, the inverse of a ≠ 0 (Fermat). */
export const invert = (a: number): number => {
  let result = 1;
  let square = a;
  for (let rest = FIELD_PRIME - 2; rest > 0; rest >>>= 1) {
    if ((rest & 1) === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
};

/** Value at `x` of the polynomial with these coefficients, ascending (Horner's rule). */
export const evaluate = (coefficients: Uint16Array, x: number): number => {
  let value = 0;
  for (let at = coefficients.length - 1; at >= 0; at -= 1) {
    value = add(multiply(value, x), coefficients[at] as number);
  }
  return value;
};

/** `Π (x − xᵢ)`, ascending, its leading one included. */
const vanishingPolynomial = (xs: Uint16Array): Uint16Array => {
  const product = new Uint16Array(xs.length + 1);
  product[0] = 1;
  xs.forEach((x, degree) => {
    for (let at = degree + 1; at > 0; at -= 1) {
      const carried = multiply(product[at] as number, x);
      product[at] = subtract(product[at - 1] as number, carried);
    }
    product[0] = subtract(0, multiply(product[0] as number, x));
  });
  return product;
};

/**
 * Coefficients, ascending, of the polynomial of least degree through the points; the `xs` are
 * distinct. Lagrange's form: each basis polynomial is the vanishing one divided by `x − xᵢ` and by
 * its value at xᵢ. There is one such polynomial, so Newton's form, which the reference uses, gives
 * the same coefficients; this one needs n inversions instead of n²/2.
 */
export const interpolate = (xs: Uint16Array, ys: Uint16Array): Uint16Array => {
  const vanishing = vanishingPolynomial(xs);
  const sum = new Uint16Array(xs.length);
  const quotient = new Uint16Array(xs.length);
  xs.forEach((x, point) => {
    // Synthetic division, from the leading coefficient down.
    let carried = 0;
    for (let at = xs.length - 1; at >= 0; at -= 1) {
      carried = add(multiply(carried, x), vanishing[at + 1] as number);
      quotient[at] = carried;
    }
    const weight = multiply(reduce(ys[point] as number), invert(evaluate(quotient, x)));
    for (let at = 0; at < sum.length; at += 1) {
      sum[at] = add(sum[at] as number, multiply(quotient[at] as number, weight));
    }
  });
  return sum;
};
