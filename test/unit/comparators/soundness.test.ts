import { describe, expect, test } from 'vitest';
import {
  comparisonGas,
  evidenceBytes,
  evidenceChunks,
} from '../../../src/machines/comparators/index.ts';
import {
  evidenceIsOutput,
  isTeacherForced,
  minFailOf,
} from '../../../src/machines/comparators/index.ts';
import {
  outputChunkBytes,
  outputChunks,
  hasKnownShape,
} from '../../../src/machines/comparators/index.ts';
import { whyUnsound, type Comparator } from '../../../src/machines/comparators/index.ts';
import { AGREEMENT, COSINE, LOGPROBS, RELATIVE, TOKENS, TOPLOC, ULP } from './support.ts';

const EXACT = { type: 'exact' } as const;
const ALL: readonly Comparator[] = [EXACT, TOKENS, ULP, RELATIVE, COSINE, LOGPROBS, TOPLOC];

const code = (
  c: Comparator,
  decoding: 'none' | 'greedy' | 'sampled' = 'none',
  drawnChunks?: number,
) => whyUnsound(c, { decoding }, drawnChunks)?.code;

test.each(ALL)('$type: the fixture is sound', (c) => {
  expect(code(c)).toBeUndefined();
});

describe('a threshold to reject leaves room above the one to support', () => {
  test.each([
    [{ ...TOKENS, loTokens: 2, hiTokens: 4 }, undefined],
    [{ ...TOKENS, loTokens: 2, hiTokens: 3 }, 'comparator-gap'],
    [{ ...TOKENS, loTokens: 0, hiTokens: 0 }, undefined],
    [{ ...ULP, loUlps: 4, hiUlps: 7 }, 'comparator-gap'],
    [{ ...ULP, loUlps: 4, hiUlps: 7, atolPico: 1n }, undefined],
    [{ ...ULP, loUlps: 4, hiUlps: 4, atolPico: 1n }, 'comparator-gap'],
    [{ ...RELATIVE, loPpm: 5, hiPpm: 6 }, undefined],
    [{ ...RELATIVE, loPpm: 5, hiPpm: 5 }, 'comparator-gap'],
    [{ ...COSINE, loAtto: 5n, hiAtto: 20n }, undefined],
    [{ ...COSINE, loAtto: 5n, hiAtto: 19n }, 'comparator-gap'],
    [{ ...COSINE, loAtto: 0n, hiAtto: 0n }, 'comparator-gap'],
    [{ ...COSINE, loAtto: 0n, hiAtto: 1n }, undefined],
    [{ ...LOGPROBS, hiPpm: 1_000 }, 'comparator-gap'],
    [{ ...LOGPROBS, agreement: { loTokens: 2, hiTokens: 3 } }, 'comparator-gap'],
    [{ ...TOPLOC, hiExponents: 0 }, 'comparator-gap'],
    [{ ...TOPLOC, hiMeanMilli: 1_750 }, 'comparator-gap'],
    [{ ...TOPLOC, hiMedianMilli: 2_000 }, 'comparator-gap'],
    [{ ...TOPLOC, agreement: { loTokens: 1, hiTokens: 1 } }, 'comparator-gap'],
  ] as const)('%o: %s', (c, expected) => {
    expect(code(c)).toBe(expected);
  });
});

describe('a threshold that nothing can exceed is refused', () => {
  test.each([
    [{ ...TOKENS, hiTokens: 7 }, undefined],
    [{ ...TOKENS, hiTokens: 8 }, 'comparator-toothless'],
    [{ ...ULP, hiUlps: 0xfeff_ffff }, undefined],
    [{ ...ULP, hiUlps: 0xff00_0000 }, 'comparator-toothless'],
    [{ ...ULP, format: 'f16', hiUlps: 63_488 }, 'comparator-toothless'],
    [{ ...ULP, format: 'bf16', hiUlps: 65_280 }, 'comparator-toothless'],
    [{ ...RELATIVE, hiPpm: 999_999 }, undefined],
    [{ ...RELATIVE, hiPpm: 1_000_000 }, 'comparator-toothless'],
    [{ ...RELATIVE, rtolPico: 10n ** 12n }, 'comparator-toothless'],
    [{ ...COSINE, hiAtto: 10n ** 18n }, 'comparator-toothless'],
    [{ ...LOGPROBS, hiPpm: 1_000_000 }, 'comparator-toothless'],
    [{ ...LOGPROBS, agreement: { loTokens: 1, hiTokens: 8 } }, 'comparator-toothless'],
    [{ ...TOPLOC, hiExponents: 4 }, 'comparator-toothless'],
    [{ ...TOPLOC, hiMeanMilli: 127_000 }, 'comparator-toothless'],
    [{ ...TOPLOC, hiMedianMilli: 127_000 }, 'comparator-toothless'],
  ] as const)('%o: %s', (c, expected) => {
    expect(code(c)).toBe(expected);
  });
});

describe('a chunk has elements, and fits 16 KiB as output and as evidence', () => {
  test.each([
    [{ ...TOKENS, chunkElements: 0 }, 'comparator-chunk-size'],
    [{ ...TOKENS, chunkElements: 4_096 }, undefined],
    [{ ...TOKENS, chunkElements: 4_097 }, 'comparator-chunk-size'],
    [{ ...ULP, chunkElements: 0 }, 'comparator-chunk-size'],
    [{ ...ULP, chunkElements: 4_097 }, 'comparator-chunk-size'],
    [{ ...ULP, format: 'bf16', chunkElements: 8_192 }, undefined],
    [{ ...RELATIVE, format: 'f16', chunkElements: 8_193 }, 'comparator-chunk-size'],
    [{ ...COSINE, chunkElements: 2 ** 32 - 1 }, 'comparator-chunk-size'],
    [{ ...LOGPROBS, topK: 128, chunkElements: 16 }, undefined],
    [{ ...LOGPROBS, topK: 128, chunkElements: 17 }, 'comparator-chunk-size'],
    [{ ...TOPLOC, topK: 128, chunkElements: 672 }, undefined],
    [{ ...TOPLOC, topK: 128, chunkElements: 704 }, 'comparator-chunk-size'],
    [{ ...TOPLOC, chunkElements: 63 }, 'comparator-chunk-size'],
  ] as const)('%o: %s', (c, expected) => {
    expect(code(c)).toBe(expected);
  });
});

describe('other bounds', () => {
  test.each([0, 129, 255])('top %i is refused', (topK) => {
    expect(code({ ...LOGPROBS, topK })).toBe('comparator-top-k');
    expect(code({ ...TOPLOC, topK })).toBe('comparator-top-k');
  });

  test.each([
    [0, 8, 'comparator-min-fail'],
    [1, 8, undefined],
    [8, 8, undefined],
    [9, 16, 'comparator-min-fail'],
    [3, 2, 'comparator-min-fail'],
  ])('%i failures of %i drawn chunks: %s', (minFail, drawn, expected) => {
    expect(code({ ...COSINE, minFail }, 'none', drawn)).toBe(expected);
  });

  test.each([LOGPROBS, TOPLOC])(
    '$type shows that the model ran over the tokens, not that it chose them',
    (c) => {
      const alone = { ...c, agreement: undefined };
      expect(code(alone, 'none')).toBeUndefined();
      expect(code(alone, 'greedy')).toBe('comparator-needs-agreement');
      expect(code(alone, 'sampled')).toBe('comparator-needs-agreement');
      expect(code({ ...c, agreement: AGREEMENT }, 'sampled')).toBeUndefined();
    },
  );

  test.each([EXACT, TOKENS, COSINE])('$type compares what was chosen itself', (c) => {
    expect(code(c, 'sampled')).toBeUndefined();
  });
});

test('what each comparator shows of an output, and where its evidence comes from', () => {
  const rows = ALL.map((c) => [
    c.type,
    outputChunkBytes(c),
    isTeacherForced(c),
    hasKnownShape(c),
    evidenceIsOutput(c),
    minFailOf(c),
  ]);
  expect(rows).toEqual([
    ['exact', 16_384, false, false, true, 1],
    ['tokens', 32, false, true, true, 2],
    ['ulp', 32, false, false, true, 2],
    ['relative', 32, false, false, true, 2],
    ['cosine', 32, false, false, true, 2],
    ['logprobs', 32, true, true, false, 2],
    ['toploc', 256, true, true, false, 2],
  ]);
  expect(outputChunkBytes({ ...ULP, format: 'bf16' })).toBe(16);
});

test('an author cuts output and evidence into as many chunks', () => {
  for (const tokens of [0, 1, 63, 64, 65, 200]) {
    const { length } = outputChunks(TOPLOC, new Uint8Array(4 * tokens));
    for (const role of ['defendant', 'seat'] as const) {
      const evidence = new Uint8Array(evidenceBytes(TOPLOC, role, tokens));
      const cut = evidenceChunks(TOPLOC, role, evidence);
      expect(cut).toHaveLength(length);
      expect(cut.at(0)).toHaveLength(evidenceBytes(TOPLOC, role, Math.min(tokens, 64)));
    }
  }
});

test('gas grows with the bytes that a party opens, and is an integer', () => {
  for (const c of ALL) {
    const full = comparisonGas(c, 32_768);
    expect(full).toBeGreaterThan(comparisonGas(c, 16_384));
    expect(Number.isSafeInteger(full)).toBe(true);
    expect(comparisonGas(c, 0)).toBeGreaterThan(0);
  }
});
