import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  divide,
  exactly,
  nearest,
  rational,
  reduce,
  toNumber,
} from '../../../../src/simulation/closed-forms/exact.ts';

describe('exact fractions', () => {
  test.each([
    [0.2, 1n, 5n],
    [1e-7, 1n, 10_000_000n],
    ['1/3', 1n, 3n],
    ['0.25', 1n, 4n],
    [-1.5, -3n, 2n],
    [12, 12n, 1n],
  ])('%s is a fraction in lowest terms', (given, num, den) => {
    expect(exactly(given)).toEqual({ num, den });
  });

  test.each(['', 'x', '1/0', '1/', '0x10', 'Infinity', 'NaN', '1e999', ' 1'])(
    '“%s” is none',
    (given) => {
      expect(exactly(given)).toBeUndefined();
    },
  );

  test('a float comes back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const fraction = exactly(value);
        expect(fraction).toBeDefined();
        const back = toNumber(fraction ?? rational(0n));
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 5e-16);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test('fractions of thousands of digits have a float', () => {
    const huge = 10n ** 2_000n;
    expect(toNumber(rational(huge / 3n, huge))).toBeCloseTo(1 / 3, 15);
    expect(toNumber(rational(-huge, huge * 4n))).toBe(-0.25);
  });

  test('reducing changes nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(-1000n, 1000n), fc.bigInt(1n, 1000n), (num, den) => {
        const reduced = reduce(rational(num, den));
        expect(reduced.num * den).toBe(num * reduced.den);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test('quotients keep their sign in the numerator', () => {
    expect(divide(rational(1n), rational(-2n))).toEqual({ num: -1n, den: 2n });
  });

  test.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [0n, 3n, 0n],
  ])('%d/%d is nearest to %d, halves to the even one', (num, den, whole) => {
    expect(nearest(rational(num, den))).toBe(whole);
  });
});
