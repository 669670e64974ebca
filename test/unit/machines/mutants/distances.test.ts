import { describe, expect, test } from 'vitest';
import {
  distanceToSeat,
  encodeLogprobs,
  encodeTokens,
  isWellFormed,
  thresholdsOf,
  whyUnsound,
} from '../../../../src/machines/comparators/index.ts';
import { cosineDistance } from '../../../../src/machines/comparators/cosine.ts';
import { FLOAT_SHAPES, isNegative } from '../../../../src/machines/comparators/float.ts';
import { logprobsDistance } from '../../../../src/machines/comparators/logprobs.ts';
import { relativeDistance } from '../../../../src/machines/comparators/relative.ts';
import { INFINITELY_FAR_ULPS, ulpDistance } from '../../../../src/machines/comparators/ulp.ts';
import { FORCED, ULP } from './tolerant.ts';

// PROTOCOL §7: what each comparator measures, in numbers worked out by hand.

const f32 = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => view.setFloat32(4 * at, value, true));
  return bytes;
};
const NOTHING = new Uint8Array();

test('outputs that are compared exactly differ by one, or not at all', () => {
  const shown = (byte: number) => ({ output: Uint8Array.of(byte), evidence: NOTHING });
  expect(distanceToSeat({ type: 'exact' }, shown(1), shown(1))).toEqual([0n]);
  expect(distanceToSeat({ type: 'exact' }, shown(1), shown(2))).toEqual([1n]);
  expect(thresholdsOf({ type: 'exact' })).toEqual([
    { name: 'differs', lo: 0n, hi: 0n, gap: 'twice', most: 1n },
  ]);
});

test('a float is negative if its sign is set, zero as well', () => {
  const ofF32 = (bits: number) => isNegative(FLOAT_SHAPES.f32, bits);
  expect([0, 0x7f80_0000, 0x8000_0000, 0xbf80_0000].map(ofF32)).toEqual([false, false, true, true]);
});

describe('the cosine distance', () => {
  const distance = (a: Uint8Array, b: Uint8Array) =>
    cosineDistance({ type: 'cosine', format: 'f32' } as never, a, b);

  test('is exact to the last bit of a significand', () => {
    const one = 1n << 23n;
    const dot = (one + 1n) * one + one * one;
    const sizes = ((one + 1n) * (one + 1n) + one * one) * (2n * one * one);
    const expected = 10n ** 18n - (dot * dot * 10n ** 18n) / sizes;
    expect(expected).toBe(3_553n);
    expect(distance(f32(1 + 2 ** -23, 1), f32(1, 1))).toBe(expected);
  });

  test('of more than a right angle is the least that is beyond 10^18', () => {
    expect(distance(f32(1, 0), f32(0, 1))).toBe(10n ** 18n);
    expect(distance(f32(1, 0), f32(-1, 0))).toBe(10n ** 18n + 1n);
  });
});

describe('the relative distance', () => {
  const distance = (a: Uint8Array, b: Uint8Array) =>
    relativeDistance({ format: 'f32', atolPico: 0n, rtolPico: 0n } as never, a, b);

  test('is a share of all elements, and of none nothing', () => {
    expect(distance(f32(1), f32(2))).toBe(1_000_000n);
    expect(distance(f32(1, 2, 3), f32(1, 2, 4))).toBe(333_334n);
    expect(distance(NOTHING, NOTHING)).toBe(0n);
  });

  test('of different sizes is the least that is beyond a million', () => {
    expect(distance(f32(1), f32(1, 2))).toBe(1_000_001n);
  });
});

describe('the distance of log-probabilities', () => {
  const position = (token: number, negativeMicros: number) =>
    encodeLogprobs([[{ token, negativeMicros }]]);

  test('is of entries of eight bytes, the lowest of each number first', () => {
    expect([...position(0x0403_0201, 0x0807_0605)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('is |a−b| / (a+b) of one token, over all four bytes', () => {
    expect(logprobsDistance(1, position(1, 1 << 24), position(1, 2 << 24))).toBe(333_334n);
  });

  test('is nothing of nothing, and infinite of different lengths', () => {
    const [one, two] = [position(1, 5), Uint8Array.of(...position(1, 5), ...position(2, 5))];
    expect(logprobsDistance(1, NOTHING, NOTHING)).toBe(0n);
    expect([logprobsDistance(1, one, two), logprobsDistance(1, two, one)]).toEqual([
      1_000_001n,
      1_000_001n,
    ]);
  });
});

test('an infinity is within no tolerance of the largest number', () => {
  const f16 = (bits: number) => Uint8Array.of(bits & 0xff, bits >>> 8);
  const tolerant = { format: 'f16', atolPico: 100n * 10n ** 12n } as never;
  const [largest, infinite] = [f16(0x7bff), f16(0x7c00)];
  expect(ulpDistance(tolerant, infinite, largest)).toBe(1);
  expect(ulpDistance(tolerant, largest, infinite)).toBe(1);
  expect(ulpDistance(tolerant, largest, f16(0x7c01))).toBe(INFINITELY_FAR_ULPS);
});

describe('a chunk', () => {
  test('is malformed with half a token, whatever its evidence', () => {
    const evidence = encodeLogprobs([
      [
        { token: 1, negativeMicros: 1 },
        { token: 2, negativeMicros: 2 },
      ],
    ]);
    const output = encodeTokens([7]);
    expect(isWellFormed(FORCED, 'seat', { output, evidence })).toBe(true);
    const half = { output: Uint8Array.of(...output, 1), evidence };
    expect(isWellFormed(FORCED, 'seat', half)).toBe(false);
  });

  test('may be of a single element', () => {
    const decoding = { decoding: 'none' } as never;
    expect(whyUnsound({ ...ULP, chunkElements: 1 } as never, decoding)).toBeUndefined();
    expect(whyUnsound({ ...ULP, chunkElements: 0 } as never, decoding)?.code).toBe(
      'comparator-chunk-size',
    );
  });
});
