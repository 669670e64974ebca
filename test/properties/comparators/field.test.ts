import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evaluate,
  FIELD_PRIME,
  interpolate,
} from '../../../src/machines/comparators/toploc/field.ts';
import { invert, multiply, subtract } from '../../../src/machines/comparators/toploc/field.ts';
import { RUNS } from './arbitrary.ts';

const P = BigInt(FIELD_PRIME);
const fieldElement = fc.oneof(
  fc.integer({ min: 0, max: FIELD_PRIME - 1 }),
  fc.constantFrom(0, 1, 2 ** 15, FIELD_PRIME - 1),
);

describe('GF(65497)', () => {
  test('multiplies, subtracts and inverts', () => {
    fc.assert(
      fc.property(fieldElement, fieldElement, (a, b) => {
        expect(BigInt(multiply(a, b))).toBe((BigInt(a) * BigInt(b)) % P);
        expect(BigInt(subtract(a, b))).toBe((BigInt(a) - BigInt(b) + P) % P);
        if (a !== 0) expect(multiply(a, invert(a))).toBe(1);
      }),
      { ...RUNS, numRuns: 5_000 },
    );
  });

  test('a polynomial goes through the points it was made of, and is the only one', () => {
    const points = fc.uniqueArray(fc.integer({ min: 0, max: FIELD_PRIME - 1 }), {
      minLength: 1,
      maxLength: 128,
    });
    fc.assert(
      fc.property(points, fc.infiniteStream(fieldElement), (xs, stream) => {
        const coefficients = Uint16Array.from(xs, () => stream.next().value as number);
        const naive = (x: number): number =>
          Number(
            [...coefficients].reduceRight((sum, each) => (sum * BigInt(x) + BigInt(each)) % P, 0n),
          );
        const ys = Uint16Array.from(xs, (x) => evaluate(coefficients, x));
        expect([...ys]).toEqual(xs.map(naive));
        expect([...interpolate(Uint16Array.from(xs), ys)]).toEqual([...coefficients]);
      }),
      { ...RUNS, numRuns: 40 },
    );
  });

  test('takes what is not an element by what it is congruent to, as the reference does', () => {
    const through = interpolate(Uint16Array.of(1, 2), Uint16Array.of(65_535, 65_497));
    expect([evaluate(through, 1), evaluate(through, 2)]).toEqual([38, 0]);
  });
});
