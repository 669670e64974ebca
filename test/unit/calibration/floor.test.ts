import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absoluteFloorPico,
  absoluteTolerancePico,
  measureDifferences,
} from '../../../src/calibration/index.ts';
import type { KindOutputs } from '../../../src/calibration/index.ts';
import { bitsTensor, f32Tensor } from '../comparators/support.ts';

const CUT = { format: 'f32', chunkElements: 2 } as const;
const PICO = 1e12;
const UNIT = 2 ** -30;

const differences = (a: readonly number[], b: readonly number[], chunkElements = 2) =>
  measureDifferences({ ...CUT, chunkElements }, f32Tensor(a), f32Tensor(b));

const codeOf = (result: ReturnType<typeof absoluteFloorPico | typeof measureDifferences>) =>
  result.ok ? result.value : result.failure.code;

/** Chunks of one number beside 1, which the two sides of a kind see so many units apart. */
const kind = (name: string, ...units: readonly number[]): KindOutputs => ({
  kind: name,
  outputs: units.map((unit) => [f32Tensor([1, 0.25]), f32Tensor([1, 0.25 + unit * UNIT])]),
});
const tens = (unit: number): number[] => Array.from({ length: 10 }, () => unit);

describe('the largest |a−b| of each chunk', () => {
  test('is exact, in 10^−12, rounded up; the last chunk may be shorter', () => {
    expect(differences([1, 2, 3, 4, 5], [1, 2.5, 3, 4, 4.75])).toEqual({
      ok: true,
      value: [[500_000_000_000n], [0n], [250_000_000_000n]],
    });
    // 2^−30 is 931.32… · 10^−12.
    expect(differences([0], [UNIT])).toEqual({ ok: true, value: [[932n]] });
    expect(differences([1, -2], [-1, 2], 512)).toEqual({ ok: true, value: [[4n * 10n ** 12n]] });
    expect(differences([], [])).toEqual({ ok: true, value: [] });
  });

  test('equals what floating point says of numbers near one another', () => {
    const near = fc.double({ min: 0.5, max: 1, noNaN: true }).map(Math.fround);
    const pairs = fc.array(fc.tuple(near, near), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(pairs, (each) => {
        const measured = differences(
          each.map(([a]) => a),
          each.map(([, b]) => b),
          each.length,
        );
        // Both are multiples of 2^−24, so their difference is exact; times 10^12 it is rounded.
        const largest = Math.max(...each.map(([a, b]) => Math.abs(a - b)));
        expect(measured.ok).toBe(true);
        const [[pico = -1n] = []] = measured.ok ? measured.value : [];
        expect(Math.abs(Number(pico) - largest * PICO)).toBeLessThanOrEqual(1.001);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('of f16 and bf16 too', () => {
    const bf16 = { format: 'bf16', chunkElements: 4 } as const;
    // 1 and the next number above it.
    const ulp = [0x3f80, 0x3f81].map((bits) => bitsTensor(2, [bits]));
    const [one = new Uint8Array(), next = one] = ulp;
    expect(measureDifferences(bf16, one, next)).toEqual({ ok: true, value: [[7_812_500_000n]] });
    const f16 = { format: 'f16', chunkElements: 4 } as const;
    const smallest = measureDifferences(f16, bitsTensor(2, [0]), bitsTensor(2, [0x8001]));
    expect(smallest).toEqual({ ok: true, value: [[59_605n]] });
  });

  test('is refused of other lengths, parts of elements, chunks of none, NaN, infinities', () => {
    const malformed = 'calibration/malformed-chunk';
    expect(codeOf(differences([1], [1, 2]))).toBe(malformed);
    expect(codeOf(differences([1], [1], 0))).toBe(malformed);
    const odd = new Uint8Array(7);
    expect(codeOf(measureDifferences(CUT, odd, odd))).toBe(malformed);
    expect(codeOf(differences([1, Number.NaN], [1, Number.NaN]))).toBe('calibration/not-finite');
    expect(codeOf(differences([1], [Infinity]))).toBe('calibration/not-finite');
  });
});

describe('the floor', () => {
  test('is one and a half times the tail of the kind that differs most', () => {
    const kinds = [kind('a', ...tens(8_192)), kind('b', ...tens(4_096), 16_384)];
    const tail = BigInt(Math.ceil(16_384 * UNIT * PICO));
    expect(codeOf(absoluteFloorPico(CUT, kinds))).toBe((3n * tail + 1n) / 2n);
  });

  test('leaves out the largest one of two thousand', () => {
    const most = Array.from({ length: 1_999 }, () => 8_192);
    const kinds = [kind('a', ...most, 800_000), kind('b', ...tens(8_192))];
    const tail = BigInt(Math.ceil(8_192 * UNIT * PICO));
    expect(codeOf(absoluteFloorPico(CUT, kinds))).toBe((3n * tail + 1n) / 2n);
  });

  test('is nothing where engines agree in every bit', () => {
    expect(codeOf(absoluteFloorPico(CUT, [kind('a', ...tens(0)), kind('b', ...tens(0))]))).toBe(0n);
  });

  test('is refused of kinds that disagree by more than the a-priori estimate explains', () => {
    const outputs = kind('a', 0).outputs.flat();
    const estimate = absoluteTolerancePico('f32', outputs);
    const within = estimate.ok ? Math.floor((3 * Number(estimate.value)) / PICO / UNIT) : 0;
    const small = kind('a', ...tens(1));
    expect(typeof codeOf(absoluteFloorPico(CUT, [small, kind('b', ...tens(within))]))).toBe(
      'bigint',
    );
    const beyond = absoluteFloorPico(CUT, [small, kind('b', ...tens(within + 100))]);
    expect(beyond).toMatchObject({
      ok: false,
      failure: {
        code: 'calibration/kinds-disagree',
        details: { component: 'pico', kind: 'a', other: 'b' },
      },
    });
  });

  test('is refused of fewer than two kinds, one kind twice, and too few chunks', () => {
    const a = kind('a', ...tens(1));
    expect(codeOf(absoluteFloorPico(CUT, []))).toBe('calibration/too-few-kinds');
    expect(codeOf(absoluteFloorPico(CUT, [a]))).toBe('calibration/too-few-kinds');
    expect(codeOf(absoluteFloorPico(CUT, [a, a]))).toBe('calibration/kind-repeated');
    expect(codeOf(absoluteFloorPico(CUT, [a, kind('b', 1, 2)]))).toBe(
      'calibration/too-few-samples',
    );
  });
});
