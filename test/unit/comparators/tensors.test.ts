import { describe, expect, test } from 'vitest';
import { compareWithSeat, distanceToSeat } from '../../../src/machines/comparators/index.ts';
import { isWellFormed, NOTHING_SHOWN } from '../../../src/machines/comparators/index.ts';
import { bitsTensor, COSINE, f32Tensor, RELATIVE, shown, ULP, WIDTHS } from './support.ts';

const f32 = (...values: readonly number[]) => shown(f32Tensor(values));
const bits = (...values: readonly number[]) => shown(bitsTensor(4, values));
const NAN = 0x7fc0_0000;
const INFINITY = 0x7f80_0000;
const NEGATIVE_INFINITY = 0xff80_0000;
const LARGEST = 0x7f7f_ffff;
const ONE = 0x3f80_0000;

describe('ulp', () => {
  const ulps = (a: ReturnType<typeof f32>, b: ReturnType<typeof f32>, c = ULP) =>
    distanceToSeat(c, a, b)[0];

  test('the largest distance in units in the last place', () => {
    expect(ulps(bits(ONE, 5, 7), bits(ONE + 3, 5, 6))).toBe(3n);
    expect(compareWithSeat(ULP, bits(ONE), bits(ONE + 4))).toBe('near');
    expect(compareWithSeat(ULP, bits(ONE), bits(ONE + 5))).toBe('between');
    expect(compareWithSeat(ULP, bits(ONE), bits(ONE + 8))).toBe('between');
    expect(compareWithSeat(ULP, bits(ONE), bits(ONE + 9))).toBe('far');
  });

  test('zeros of both signs are equal, and neighbours of both smallest numbers', () => {
    expect(ulps(f32(0), f32(-0))).toBe(0n);
    expect(ulps(bits(1), bits(0x8000_0001))).toBe(2n);
    expect(ulps(f32(-1), f32(1))).toBe(2n * BigInt(ONE));
  });

  test('NaN is near its own bits only, infinitely far from the rest', () => {
    expect(ulps(bits(NAN), bits(NAN))).toBe(0n);
    expect(ulps(bits(NAN), bits(NAN + 1))).toBe(2n ** 32n);
    const wide = { ...ULP, hiUlps: 0xffff_ffff, atolPico: 2n ** 64n - 1n };
    expect(compareWithSeat(wide, bits(NAN), f32(1))).toBe('far');
  });

  test('infinities are ordered like the bit patterns, and within no atol', () => {
    expect(ulps(bits(INFINITY), bits(LARGEST))).toBe(1n);
    expect(ulps(bits(INFINITY), bits(NEGATIVE_INFINITY))).toBe(2n * BigInt(INFINITY));
    const wide = { ...ULP, atolPico: 2n ** 64n - 1n };
    expect(ulps(bits(INFINITY), bits(LARGEST), wide)).toBe(1n);
    expect(ulps(bits(INFINITY), bits(INFINITY), wide)).toBe(0n);
  });

  test('what differs by at most atol does not count, exactly', () => {
    // 2^−20 is 953674.316… in 10^−12.
    const a = f32(0);
    const b = f32(2 ** -20);
    expect(ulps(a, b, { ...ULP, atolPico: 953_675n })).toBe(0n);
    expect(ulps(a, b, { ...ULP, atolPico: 953_674n })).toBe(BigInt(107 * 2 ** 23));
    // 2^−12 is exactly 244140625 in 10^−12: the bound belongs to it.
    expect(ulps(f32(1), f32(1 + 2 ** -12), { ...ULP, atolPico: 244_140_625n })).toBe(0n);
    expect(ulps(f32(1), f32(1 + 2 ** -12), { ...ULP, atolPico: 244_140_624n })).toBe(2_048n);
  });

  test('tensors of different lengths are far, of no elements near', () => {
    expect(compareWithSeat(ULP, f32(1, 2), f32(1))).toBe('far');
    expect(compareWithSeat(ULP, NOTHING_SHOWN, NOTHING_SHOWN)).toBe('near');
  });

  test.each(['f16', 'bf16'] as const)('%s has its own last place', (format) => {
    const one = format === 'f16' ? 0x3c00 : 0x3f80;
    const c = { ...ULP, format };
    const tensor = (...of: readonly number[]) => shown(bitsTensor(WIDTHS[format], of));
    expect(ulps(tensor(one), tensor(one + 2), c)).toBe(2n);
    expect(ulps(tensor(one), tensor(one + 0x8000), c)).toBe(2n * BigInt(one));
    expect(ulps(tensor(0x7fff), tensor(one), c)).toBe(2n ** 32n);
    const step = format === 'f16' ? 976_562_500n : 7_812_500_000n;
    expect(ulps(tensor(one), tensor(one + 1), { ...c, atolPico: step })).toBe(0n);
    expect(ulps(tensor(one), tensor(one + 1), { ...c, atolPico: step - 1n })).toBe(1n);
  });
});

describe('relative', () => {
  const ppm = (a: ReturnType<typeof f32>, b: ReturnType<typeof f32>, c = RELATIVE) =>
    distanceToSeat(c, a, b)[0];

  test('the fraction of elements with |a−b| > atol + rtol·|b|, rounded up', () => {
    expect(ppm(f32(1, 2, 3, 4), f32(1, 2, 3, 4))).toBe(0n);
    expect(ppm(f32(1, 2, 3), f32(1, 2, 4))).toBe(333_334n);
    const near = { ...RELATIVE, loPpm: 333_333 };
    expect(compareWithSeat(near, f32(1, 2, 3), f32(1, 2, 4))).toBe('between');
    expect(compareWithSeat(RELATIVE, f32(1, 2, 3, 4), f32(1, 2, 3, 5))).toBe('near');
    expect(compareWithSeat(RELATIVE, f32(1, 2, 3, 4), f32(1, 2, 5, 5))).toBe('between');
    expect(compareWithSeat(RELATIVE, f32(1, 2, 3, 4), f32(1, 9, 5, 5))).toBe('far');
  });

  test('the bound belongs to it, and b is the seat’s', () => {
    const half = { ...RELATIVE, rtolPico: 500_000_000_000n };
    expect(ppm(f32(3), f32(2), half)).toBe(0n);
    expect(ppm(f32(2), f32(3), half)).toBe(0n);
    expect(ppm(f32(1), f32(2), half)).toBe(0n);
    expect(ppm(f32(2), f32(1), half)).toBe(1_000_000n);
    const atol = { ...RELATIVE, rtolPico: 0n, atolPico: 10n ** 12n };
    expect(ppm(f32(1), f32(2), atol)).toBe(0n);
    expect(ppm(f32(1), f32(2), { ...atol, atolPico: 10n ** 12n - 1n })).toBe(1_000_000n);
  });

  test('NaN and infinities agree with their own bits only', () => {
    const wide = { ...RELATIVE, rtolPico: 2n ** 64n - 1n, atolPico: 2n ** 64n - 1n };
    expect(ppm(bits(NAN, INFINITY), bits(NAN, INFINITY), wide)).toBe(0n);
    expect(ppm(bits(NAN, ONE), bits(ONE, INFINITY), wide)).toBe(1_000_000n);
    expect(ppm(f32(0), f32(-0), RELATIVE)).toBe(0n);
  });

  test('tensors of different lengths are far', () => {
    expect(compareWithSeat(RELATIVE, f32(1), f32(1, 2))).toBe('far');
  });
});

describe('cosine', () => {
  const atto = (a: ReturnType<typeof f32>, b: ReturnType<typeof f32>) =>
    distanceToSeat(COSINE, a, b)[0];

  test('1 − cos² in 10^−18, rounded up', () => {
    expect(atto(f32(1, 0), f32(1, 1))).toBe(5n * 10n ** 17n);
    expect(atto(f32(1, 0), f32(0, 1))).toBe(10n ** 18n);
    expect(atto(f32(1, 2, 3), f32(2, 4, 6))).toBe(0n);
    // 1 − 10²/(6·17)… = 2/102.
    expect(atto(f32(1, 1, 2), f32(0, 4, 1))).toBe(ceil(102n - 36n, 102n));
    expect(atto(f32(1, 0), f32(1, 2 ** -64))).toBe(1n);
  });

  const ceil = (a: bigint, b: bigint) => (a * 10n ** 18n + b - 1n) / b;

  test('compares exactly with a threshold on the boundary', () => {
    const at = (loAtto: bigint) =>
      compareWithSeat({ ...COSINE, loAtto, hiAtto: 6n * 10n ** 17n }, f32(1, 0), f32(1, 1));
    expect(at(5n * 10n ** 17n)).toBe('near');
    expect(at(5n * 10n ** 17n - 1n)).toBe('between');
  });

  test('more than a right angle is far at any threshold', () => {
    const wide = { ...COSINE, hiAtto: 10n ** 18n };
    expect(compareWithSeat(wide, f32(1, 0), f32(-1, 0))).toBe('far');
    expect(compareWithSeat(wide, f32(1, 0), f32(0, 1))).toBe('between');
  });

  test('two zero vectors are near, one is far', () => {
    expect(atto(f32(0, 0), f32(0, -0))).toBe(0n);
    expect(compareWithSeat(COSINE, f32(0, 0), f32(0, 1e-30))).toBe('far');
    expect(compareWithSeat(COSINE, NOTHING_SHOWN, NOTHING_SHOWN)).toBe('near');
  });

  test('a NaN or an infinity is near its own bytes only', () => {
    expect(compareWithSeat(COSINE, bits(NAN, ONE), bits(NAN, ONE))).toBe('near');
    expect(compareWithSeat(COSINE, bits(NAN, ONE), bits(NAN, ONE + 1))).toBe('far');
    expect(compareWithSeat(COSINE, bits(INFINITY, ONE), bits(INFINITY, ONE + 1))).toBe('far');
  });

  test('the largest and the smallest numbers of f32 stand in one exact sum', () => {
    // dot = 2^−149·L + L·2^−149, |a|² = |b|² = L² + 2^−298.
    const a = bits(LARGEST, 1);
    const b = bits(1, LARGEST);
    expect(atto(a, b)).toBe(10n ** 18n);
    expect(atto(a, bits(LARGEST, 0x8000_0001))).toBe(1n);
  });

  test('lengths must be equal', () => {
    expect(compareWithSeat(COSINE, f32(1), f32(1, 0))).toBe('far');
  });
});

test.each([ULP, RELATIVE, COSINE])('$type: a chunk is whole elements, and not too many', (c) => {
  const role = 'defendant';
  expect(isWellFormed(c, role, f32(1, 2, 3, 4, 5, 6, 7, 8))).toBe(true);
  expect(isWellFormed(c, role, f32(1, 2, 3, 4, 5, 6, 7, 8, 9))).toBe(false);
  expect(isWellFormed(c, role, shown(new Uint8Array(6)))).toBe(false);
  expect(isWellFormed({ ...c, format: 'bf16' }, role, shown(new Uint8Array(6)))).toBe(true);
});
