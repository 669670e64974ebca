import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CONTRADICTION_Z,
  Counter,
  mean,
  mergeTallies,
  mergeTally,
  normal,
  variance,
  wilson,
  zOfMean,
  zOfShare,
} from '../../../../src/simulation/statistics/index.ts';

const tallyOf = (values: readonly bigint[], isCounted = false) => {
  const counter = new Counter({ isCounted });
  for (const value of values) counter.add(value);
  return counter.tally;
};
const values = fc.array(fc.bigInt(-1_000_000_000_000n, 1_000_000_000_000n), { maxLength: 30 });

describe('tallies', () => {
  test('of parts, in any order, are those of the whole', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const [x, y, z] = [a, b, c].map((part) => tallyOf(part, true)) as [
          ReturnType<typeof tallyOf>,
          ReturnType<typeof tallyOf>,
          ReturnType<typeof tallyOf>,
        ];
        const whole = tallyOf([...a, ...b, ...c], true);
        expect(mergeTally(mergeTally(x, y), z)).toEqual(whole);
        const merged = mergeTally(z, mergeTally(y, x));
        expect(merged).toEqual(whole);
        expect([...(merged.counts ?? [])]).toEqual([...(whole.counts ?? [])]);
      }),
      { seed: 21, numRuns: 200 },
    );
  });

  test('merge name by name', () => {
    const [one, two] = [tallyOf([1n]), tallyOf([2n])];
    const merged = mergeTallies(
      new Map([['a', one]]),
      new Map([
        ['a', two],
        ['b', two],
      ]),
    );
    expect(merged.get('a')).toEqual(tallyOf([1n, 2n]));
    expect(merged.get('b')).toEqual(two);
  });
});

describe('moments', () => {
  test('are those of the definition, exact where floats would lose everything', () => {
    const far = 10n ** 24n;
    const sample = tallyOf([far, far + 2n, far + 4n]);
    expect(mean(sample)).toBe(1e24);
    expect(variance(sample)).toBe(4);
    expect(variance(tallyOf([5n]))).toBe(0);
    expect(mean(tallyOf([]))).toBe(0);
  });

  test('normal intervals are centred and shrink with the root of n', () => {
    const [low, high] = normal(tallyOf([1n, 2n, 3n, 4n]));
    expect((low + high) / 2).toBeCloseTo(2.5, 12);
    // s² = 5/3, n = 4.
    expect(high - 2.5).toBeCloseTo(1.959963984540054 * Math.sqrt(5 / 12), 12);
    expect(normal(tallyOf([7n]))).toEqual([7, 7]);
  });
});

describe('Wilson intervals', () => {
  test('of published examples', () => {
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const rounded = (hits: number, n: number) => wilson(hits, n).map((end) => end.toFixed(4));
    expect(rounded(81, 263)).toEqual(['0.2553', '0.3662']);
    expect(rounded(15, 148)).toEqual(['0.0624', '0.1605']);
    expect(rounded(0, 20)).toEqual(['0.0000', '0.1611']);
    expect(rounded(1, 29)).toEqual(['0.0061', '0.1718']);
  });

  test('hold the share, and stay within [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        const [hits, n] = [Math.min(a, b), Math.max(a, b, 1)];
        const [low, high] = wilson(hits, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / n);
        expect(high).toBeGreaterThanOrEqual(hits / n);
      }),
      { seed: 22, numRuns: 300 },
    );
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});

describe('distance from theory', () => {
  test('of a share: |p̂ − p| / √(p(1−p)/n)', () => {
    expect(zOfShare(0.23, 0.2, 1600)).toBeCloseTo(3, 12);
    expect(zOfShare(0.17, 0.2, 1600)).toBeCloseTo(3, 12);
    expect(zOfShare(0.2, 0.2, 1600)).toBe(0);
  });

  test('where theory leaves no chance, anything else is a contradiction', () => {
    expect(zOfShare(0, 0, 100)).toBe(0);
    expect(zOfShare(1, 1, 100)).toBe(0);
    expect(zOfShare(0.01, 0, 100)).toBe(CONTRADICTION_Z);
    expect(zOfShare(0.99, 1, 100)).toBe(CONTRADICTION_Z);
  });

  test('where less than one hit is expected, the error is that of one', () => {
    expect(zOfShare(0.01, 1e-6, 100)).toBeCloseTo(1, 3);
    expect(zOfShare(0, 1e-6, 100)).toBeLessThan(0.001);
  });

  test('of a mean', () => {
    expect(zOfMean(10.5, 10, 4, 16)).toBe(1);
    expect(zOfMean(10, 10, 0, 16)).toBe(0);
    expect(zOfMean(10 + 1e-13, 10, 0, 16)).toBe(0);
    expect(zOfMean(10.1, 10, 0, 16)).toBe(CONTRADICTION_Z);
    expect(zOfMean(10.1, 10, 4, 0)).toBe(0);
  });

  test('is always a number', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.nat(), (estimate, theory, n) => {
        for (const z of [zOfShare(estimate, theory, n), zOfMean(estimate, theory, theory, n)]) {
          expect(Number.isFinite(z)).toBe(true);
          expect(z).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});
