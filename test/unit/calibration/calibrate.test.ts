import { describe, expect, test } from 'vitest';
import { absoluteTolerancePico, calibrate, LEAST_SAMPLES } from '../../../src/calibration/index.ts';
import {
  percentile999,
  relativeTolerancePico,
  resolutionOf,
} from '../../../src/calibration/index.ts';
import type { CalibrationOptions } from '../../../src/calibration/index.ts';
import { whyUnsound, type Comparator } from '../../../src/machines/comparators/index.ts';
import { bitsTensor, COSINE, f32Tensor, LOGPROBS } from '../comparators/support.ts';
import { RELATIVE, TOKENS, TOPLOC, ULP } from '../comparators/support.ts';

const ATTO = 10n ** 18n;

/** Ten chunks of one kind whose largest distance is `most`. */
const kind = (name: string, ...most: readonly (number | bigint)[]) => ({
  kind: name,
  distances: Array.from({ length: LEAST_SAMPLES }, (_, at) =>
    most.map((each) => (at === 3 ? BigInt(each) : BigInt(each) / 2n)),
  ),
});

const codeOf = (c: Comparator, kinds: Parameters<typeof calibrate>[1], o?: CalibrationOptions) => {
  const result = calibrate(c, kinds, o);
  return result.ok ? result.value.comparator : result.failure.code;
};

describe('thresholds are p99.9 × 1.5 over all kinds, and sound', () => {
  test('tokens: twice to reject', () => {
    expect(codeOf(TOKENS, [kind('a', 1), kind('b', 2)])).toEqual({
      ...TOKENS,
      loTokens: 3,
      hiTokens: 6,
    });
  });

  test('cosine: four times, the square of twice', () => {
    const c = codeOf(COSINE, [kind('a', 10n ** 11n), kind('b', 2n * 10n ** 11n + 1n)]);
    const lo = 3n * 10n ** 11n + 2n;
    expect(c).toEqual({ ...COSINE, loAtto: lo, hiAtto: 4n * lo });
  });

  test('ulp, relative', () => {
    expect(codeOf(ULP, [kind('a', 100), kind('b', 101)])).toMatchObject({
      loUlps: 152,
      hiUlps: 304,
    });
    const c = { ...RELATIVE, chunkElements: 4_096 };
    expect(codeOf(c, [kind('a', 1_000), kind('b', 2_000)])).toMatchObject({
      loPpm: 3_000,
      hiPpm: 6_000,
    });
  });

  test('logprobs with token agreement, toploc: each component its own', () => {
    const c = codeOf({ ...LOGPROBS, chunkElements: 256 }, [kind('a', 200, 2), kind('b', 300, 1)]);
    expect(c).toMatchObject({
      loPpm: 450,
      hiPpm: 900,
      agreement: { loTokens: 3, hiTokens: 6 },
    });
    const t = { ...TOPLOC, topK: 128 };
    expect(codeOf(t, [kind('a', 4, 2_500, 2_000), kind('b', 5, 3_000, 2_000)])).toEqual({
      ...t,
      loExponents: 8,
      hiExponents: 16,
      loMeanMilli: 4_500,
      hiMeanMilli: 9_000,
      loMedianMilli: 3_000,
      hiMedianMilli: 6_000,
    });
  });

  test('what was measured of each kind is kept', () => {
    const result = calibrate(TOKENS, [kind('a', 1), kind('b', 2)]);
    expect(result).toMatchObject({
      ok: true,
      value: {
        isPercentile: false,
        components: [
          {
            name: 'tokens',
            resolution: 0n,
            lo: 3n,
            hi: 6n,
            kinds: [
              { kind: 'a', samples: 10, p999: 1n },
              { kind: 'b', samples: 10, p999: 2n },
            ],
          },
        ],
      },
    });
  });

  test('every calibrated comparator may be registered', () => {
    const of = (c: Comparator, ...most: readonly number[]) =>
      codeOf(c, [kind('a', ...most), kind('b', ...most)]);
    const calibrated = [
      of(TOKENS, 0),
      of(ULP, 0),
      of({ ...ULP, atolPico: 5n }, 0),
      of({ ...RELATIVE, chunkElements: 64 }, 0),
      of(COSINE, 0),
      of(LOGPROBS, 0, 0),
      of({ ...TOPLOC, topK: 8 }, 0, 0, 0),
    ];
    for (const c of calibrated) {
      expect(typeof c === 'string' ? c : whyUnsound(c, { decoding: 'none' })).toBeUndefined();
    }
  });
});

describe('refused', () => {
  test('exact has nothing to calibrate', () => {
    expect(codeOf({ type: 'exact' }, [])).toBe('calibration/nothing-to-calibrate');
  });

  test('fewer than two kinds, one kind twice, too few chunks', () => {
    expect(codeOf(TOKENS, [])).toBe('calibration/too-few-kinds');
    expect(codeOf(TOKENS, [kind('a', 1)])).toBe('calibration/too-few-kinds');
    expect(codeOf(TOKENS, [kind('a', 1), kind('a', 1)])).toBe('calibration/kind-repeated');
    const few = { kind: 'b', distances: kind('b', 1).distances.slice(1) };
    expect(codeOf(TOKENS, [kind('a', 1), few])).toBe('calibration/too-few-samples');
  });

  test('distances of another comparator, or negative ones', () => {
    const wrong = 'calibration/wrong-components';
    expect(codeOf(TOKENS, [kind('a', 1), kind('b', 1, 1)])).toBe(wrong);
    expect(codeOf(LOGPROBS, [kind('a', 1), kind('b', 1)])).toBe(wrong);
    expect(codeOf(TOKENS, [kind('a', 1), kind('b', -2)])).toBe(wrong);
    const kinds = [kind('a', 1), kind('b', 1)];
    expect(codeOf(TOKENS, kinds, { faults: [[1n, 2n]] })).toBe(wrong);
  });

  test('kinds that disagree: one alone would reject the tail of another', () => {
    // Of 100 alone: lo 150, hi 300.
    expect(codeOf(ULP, [kind('a', 100), kind('b', 300)])).toMatchObject({ hiUlps: 900 });
    const result = calibrate(ULP, [kind('b', 301), kind('a', 100), kind('c', 200)]);
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: 'calibration/kinds-disagree',
        details: { component: 'ulps', kind: 'a', other: 'b', hi: '300', p999: '301' },
      },
    });
    expect(codeOf(TOKENS, [kind('a', 0), kind('b', 1)])).toBe('calibration/kinds-disagree');
  });

  test('but not where both are below the resolution', () => {
    // 1 − cos² of 10^−16 on one pair of engines and of 3.4·10^−12 on another.
    const c = codeOf(COSINE, [kind('a', ATTO / 10n ** 16n), kind('b', 3_400_000n)]);
    expect(c).toMatchObject({ loAtto: (3n * resolutionOf(COSINE, 'atto') + 1n) / 2n });
    // One changed weight, 1 − cos of 3·10^−4, is far beyond hi.
    expect(typeof c === 'object' && c.type === 'cosine' && c.hiAtto < 10n ** 11n).toBe(true);
    expect(codeOf(COSINE, [kind('a', 100), kind('b', 10n ** 13n)])).toBe(
      'calibration/kinds-disagree',
    );
    const resolution = { atto: 10n ** 13n };
    const raised = codeOf(COSINE, [kind('a', 100), kind('b', 10n ** 13n)], { resolution });
    expect(raised).toMatchObject({ loAtto: 15n * 10n ** 12n });
    // A resolution is never lowered.
    expect(codeOf(ULP, [kind('a', 1), kind('b', 9)], { resolution: { ulps: 0n } })).toMatchObject({
      loUlps: 99,
    });
  });

  test('honest runs so far apart that nothing would be rejected', () => {
    const far = 2n ** 32n;
    expect(codeOf(ULP, [kind('a', far), kind('b', far)])).toBe('calibration/too-coarse');
    expect(codeOf(TOKENS, [kind('a', 3), kind('b', 3)])).toBe('calibration/too-coarse');
  });

  test('a fault that would pass', () => {
    const kinds = [kind('a', 100), kind('b', 100)];
    expect(codeOf(ULP, kinds, { faults: [[400n], [300n]] })).toBe('calibration/fault-within');
    expect(codeOf(ULP, kinds, { faults: [[400n], [301n]] })).toMatchObject({ hiUlps: 300 });
    const two = [kind('a', 100, 1), kind('b', 100, 1)];
    const found = {
      faults: [
        [0n, 5n],
        [9_999n, 0n],
      ],
    };
    expect(codeOf(LOGPROBS, two, found)).toMatchObject({ hiPpm: 300 });
  });
});

describe('the 99.9th percentile, by the nearest rank', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, at) => BigInt(n - at));
  test.each([
    [1, 1n],
    [10, 10n],
    [999, 999n],
    [1_000, 999n],
    [1_001, 1_000n],
    [2_000, 1_998n],
    [2_001, 1_999n],
  ])('of 1 to %i', (n, expected) => {
    expect(percentile999(upTo(n))).toBe(expected);
  });

  test('from 1000 samples of each kind on it is more than the largest', () => {
    const many = (name: string, n: number) => ({
      kind: name,
      distances: Array.from({ length: n }, (_, at) => [at === 0 ? 9_999n : 100n]),
    });
    const result = calibrate(ULP, [many('a', 1_000), many('b', 1_000)]);
    expect(result).toMatchObject({ ok: true, value: { isPercentile: true } });
    expect(codeOf(ULP, [many('a', 1_000), many('b', 1_000)])).toMatchObject({ loUlps: 150 });
    expect(codeOf(ULP, [many('a', 999), many('b', 1_000)])).toBe('calibration/kinds-disagree');
  });
});

describe('resolution', () => {
  test('of each component', () => {
    const bf16 = { ...COSINE, format: 'bf16' } as const;
    // 66 units of 2^−24, squared; bf16 is rounded by 2^−8 on either side.
    expect(resolutionOf(COSINE, 'atto')).toBe((66n ** 2n * ATTO + 2n ** 48n - 1n) / 2n ** 48n);
    const rounded = ((2n ** 17n + 64n) ** 2n * ATTO + 2n ** 48n - 1n) / 2n ** 48n;
    expect(resolutionOf(bf16, 'atto')).toBe(rounded);
    expect(resolutionOf(ULP, 'ulps')).toBe(66n);
    expect(resolutionOf({ ...ULP, format: 'f16' }, 'ulps')).toBe(3n);
    expect(resolutionOf(RELATIVE, 'ppm')).toBe(125_000n);
    expect(resolutionOf(LOGPROBS, 'ppm')).toBe(4n);
    expect(resolutionOf(LOGPROBS, 'agreementTokens')).toBe(0n);
    expect(resolutionOf(TOPLOC, 'exponents')).toBe(1n);
    expect(resolutionOf(TOPLOC, 'meanMilli')).toBe(1_000n);
    expect(resolutionOf(TOPLOC, 'medianMilli')).toBe(1_000n);
  });

  test('tolerances that stand for it', () => {
    // 66 · 2^−24 = 3.9339…·10^−6.
    expect(relativeTolerancePico('f32')).toBe(3_933_907n);
    const outputs = [f32Tensor([0.25, -2, 1]), f32Tensor([1.5])];
    expect(absoluteTolerancePico('f32', outputs)).toEqual({ ok: true, value: 7_867_814n });
    expect(absoluteTolerancePico('f32', [])).toEqual({ ok: true, value: 0n });
    const code = (bytes: Uint8Array) => {
      const result = absoluteTolerancePico('bf16', [bytes]);
      return result.ok ? 'ok' : result.failure.code;
    };
    expect(code(bitsTensor(2, [0x7f80]))).toBe('calibration/not-finite');
    expect(code(new Uint8Array(3))).toBe('calibration/malformed-chunk');
  });
});
