import { describe, expect, test } from 'vitest';
import {
  calibrate,
  measure,
  measureKinds,
  measureOutputs,
} from '../../../src/calibration/index.ts';
import { compareWithSeat, encodeTokens } from '../../../src/machines/comparators/index.ts';
import { COSINE, f32Tensor, shown, TOKENS, TOPLOC, ULP } from '../comparators/support.ts';

describe('measure', () => {
  test('gives what a challenge would compute', () => {
    const a = shown(f32Tensor([1, 2, 3]));
    const b = shown(f32Tensor([1, 2, 3.0000002384185791]));
    expect(measure(ULP, a, b)).toEqual({ ok: true, value: [1n] });
    expect(measure(COSINE, a, a)).toEqual({ ok: true, value: [0n] });
  });

  test('refuses what no challenge would compare', () => {
    const a = shown(f32Tensor([1]));
    const code = (result: ReturnType<typeof measure>) => (result.ok ? 'ok' : result.failure.code);
    expect(code(measure(ULP, a, shown(new Uint8Array(3))))).toBe('calibration/malformed-chunk');
    expect(code(measure(TOPLOC, a, a))).toBe('calibration/malformed-chunk');
  });
});

describe('measureOutputs', () => {
  test('cuts as the comparator does; a chunk that one lacks differs in all', () => {
    const tokens = Array.from({ length: 12 }, (_, at) => at);
    const longer = encodeTokens(tokens);
    const shorter = encodeTokens(tokens.slice(0, 7));
    expect(measureOutputs(TOKENS, longer, shorter)).toEqual({ ok: true, value: [[1n], [4n]] });
    expect(measureOutputs(TOKENS, longer, longer)).toEqual({ ok: true, value: [[0n], [0n]] });
  });

  test('refuses outputs that are no whole elements, and chunks of none', () => {
    const bytes = new Uint8Array(7);
    expect(measureOutputs(ULP, bytes, bytes).ok).toBe(false);
    expect(measureOutputs({ ...ULP, chunkElements: 0 }, f32Tensor([1]), bytes).ok).toBe(false);
    expect(measureOutputs({ ...ULP, chunkElements: 9_999 }, f32Tensor([1]), bytes).ok).toBe(false);
  });
});

test('engines that sum in another order agree, one with rounded weights is found', () => {
  const size = 512;
  const weight = (row: number, at: number): number => Math.fround(Math.sin(1 + row * 31 + at * 7));
  const input = (chunk: number, at: number): number => Math.fround(Math.cos(chunk * 13 + at));
  const outputOf = (chunk: number, order: readonly number[], round = (x: number) => x) =>
    f32Tensor(
      Array.from({ length: 8 }, (_, row) => {
        let sum = 0;
        for (const at of order) {
          const product = Math.fround(round(weight(row, at)) * input(chunk, at));
          sum = Math.fround(sum + product);
        }
        return sum;
      }),
    );
  const forwards = Array.from({ length: size }, (_, at) => at);
  const backwards = forwards.toReversed();
  const halves = [
    ...forwards.filter((at) => at % 2 === 0),
    ...forwards.filter((at) => at % 2 === 1),
  ];
  const chunks = Array.from({ length: 20 }, (_, chunk) => chunk);
  const kindOf = (kind: string, order: readonly number[]) => ({
    kind,
    distances: chunks.flatMap((chunk) => {
      const measured = measureOutputs(COSINE, outputOf(chunk, order), outputOf(chunk, forwards));
      return measured.ok ? measured.value : [];
    }),
  });
  const calibrated = calibrate(COSINE, [kindOf('backwards', backwards), kindOf('halves', halves)]);
  if (!calibrated.ok) throw new Error(calibrated.failure.code);
  const { comparator } = calibrated.value;
  const eightBits = (x: number): number => Math.fround(Math.round(x * 127) / 127);
  const verdict = (chunk: number, round?: (x: number) => number) =>
    compareWithSeat(
      comparator,
      shown(outputOf(chunk, backwards, round)),
      shown(outputOf(chunk, forwards)),
    );
  for (const chunk of [101, 102, 103]) {
    expect(verdict(chunk)).toBe('near');
    expect(verdict(chunk, eightBits)).toBe('far');
  }
});

describe('measureKinds', () => {
  const output = f32Tensor([1, 2, 3]);

  test('measures all chunks of all outputs of each kind', () => {
    const c = { ...ULP, chunkElements: 2 };
    const other = f32Tensor([1, 2, 3.0000002384185791]);
    const kinds = [
      { kind: 'a', outputs: [[output, other]] },
      {
        kind: 'b',
        outputs: [
          [other, other],
          [other, output],
        ],
      },
    ] as const;
    expect(measureKinds(c, kinds)).toEqual({
      ok: true,
      value: [
        { kind: 'a', distances: [[0n], [1n]] },
        { kind: 'b', distances: [[0n], [0n], [0n], [1n]] },
      ],
    });
  });

  test('refuses what measureOutputs refuses', () => {
    const kinds = [{ kind: 'a', outputs: [[output, new Uint8Array(3)]] }] as const;
    expect(measureKinds(ULP, kinds)).toMatchObject({
      failure: { code: 'calibration/malformed-chunk' },
    });
  });
});
