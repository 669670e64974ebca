import { describe, expect, test } from 'vitest';
import { whyUnsound, type Comparator } from '../../../../src/machines/comparators/index.ts';
import { leastHi } from '../../../../src/machines/comparators/soundness.ts';
import { FORCED as LOGPROBS, TOKENS, ULP } from './tolerant.ts';

// PROTOCOL §6.2 and §7: which comparators a profile may use, at every edge.

const AGREEMENT = { loTokens: 0, hiTokens: 1 };
const FORCED = { ...LOGPROBS, agreement: AGREEMENT } as Comparator;
const RELATIVE: Comparator = {
  type: 'relative',
  format: 'f32',
  chunkElements: 4,
  atolPico: 0n,
  rtolPico: 1n,
  loPpm: 1,
  hiPpm: 2,
  minFail: 2,
};
const COSINE: Comparator = {
  type: 'cosine',
  format: 'f32',
  chunkElements: 4,
  loAtto: 1n,
  hiAtto: 4n,
  minFail: 2,
};
const TOPLOC: Comparator = {
  type: 'toploc',
  chunkElements: 32,
  topK: 128,
  loExponents: 1,
  hiExponents: 2,
  loMeanMilli: 1,
  hiMeanMilli: 2,
  loMedianMilli: 1,
  hiMedianMilli: 2,
  agreement: AGREEMENT,
  minFail: 2,
};

type Changes = Readonly<Record<string, unknown>>;

const why = (
  of: Comparator,
  change: Changes = {},
  decoding: 'greedy' | 'none' = 'greedy',
  drawn: number | undefined = undefined,
) => whyUnsound({ ...of, ...change } as Comparator, { decoding } as never, drawn);
const codeOf = (...of: Parameters<typeof why>) => why(...of)?.code;

test('those that are sound', () => {
  const all = [{ type: 'exact' } as const, TOKENS, ULP, RELATIVE, COSINE, FORCED, TOPLOC];
  expect(all.map((of) => why(of))).toEqual(all.map(() => undefined));
});

describe('the gap between near and far', () => {
  test('is twice for a metric, fourfold for its square, and some for the rest', () => {
    expect([leastHi('twice', 3n), leastHi('twice', 0n)]).toEqual([6n, 0n]);
    expect([leastHi('fourfold', 3n), leastHi('fourfold', 0n)]).toEqual([12n, 1n]);
    expect([leastHi('above', 3n), leastHi('above', 0n)]).toEqual([4n, 1n]);
  });

  test.each([
    ['tokens', TOKENS, { loTokens: 1 }, 'hiTokens', 2],
    ['ulps', ULP, { loUlps: 3 }, 'hiUlps', 6],
    ['ulps', ULP, { loUlps: 3, atolPico: 1n }, 'hiUlps', 4],
    ['ppm', RELATIVE, { loPpm: 3 }, 'hiPpm', 4],
    ['atto', COSINE, { loAtto: 3n }, 'hiAtto', 12n],
    ['ppm', FORCED, { loPpm: 3 }, 'hiPpm', 4],
    ['exponents', TOPLOC, { loExponents: 3 }, 'hiExponents', 4],
    ['meanMilli', TOPLOC, { loMeanMilli: 3 }, 'hiMeanMilli', 4],
    ['medianMilli', TOPLOC, { loMedianMilli: 3 }, 'hiMedianMilli', 4],
  ] as const)('of %s', (component, of, lo, field, least) => {
    expect(why(of, { ...lo, [field]: least })).toBeUndefined();
    const below = typeof least === 'bigint' ? least - 1n : least - 1;
    expect(why(of, { ...lo, [field]: below })).toMatchObject({
      code: 'comparator-gap',
      details: { component, least: `${least}` },
    });
  });

  test('of agreement is that of tokens', () => {
    for (const of of [FORCED, { ...TOPLOC, chunkElements: 32 }]) {
      const agreeing = (loTokens: number, hiTokens: number) =>
        why(of, { agreement: { loTokens, hiTokens } });
      expect(agreeing(1, 2)).toBeUndefined();
      expect(agreeing(1, 1)).toMatchObject({ details: { component: 'agreementTokens' } });
    }
  });
});

describe('a threshold that nothing can pass', () => {
  test.each([
    [TOKENS, 'hiTokens', 4],
    [ULP, 'hiUlps', 2 * 0x7f80_0000],
    [RELATIVE, 'hiPpm', 1_000_000],
    [COSINE, 'hiAtto', 10n ** 18n],
    [FORCED, 'hiPpm', 1_000_000],
    [TOPLOC, 'hiExponents', 128],
    [TOPLOC, 'hiMeanMilli', 127_000],
    [TOPLOC, 'hiMedianMilli', 127_000],
  ] as const)('is refused: %o %s', (of, field, most) => {
    const below = typeof most === 'bigint' ? most - 1n : most - 1;
    expect(why(of, { [field]: below })).toBeUndefined();
    expect(why(of, { [field]: most })).toMatchObject({
      code: 'comparator-toothless',
      details: { most: `${most}` },
    });
  });

  test('of agreement is refused, too', () => {
    const agreeing = (hiTokens: number) => codeOf(FORCED, { agreement: { loTokens: 0, hiTokens } });
    expect([agreeing(3), agreeing(4)]).toEqual([undefined, 'comparator-toothless']);
  });

  test('a relative tolerance of one is refused', () => {
    expect(why(RELATIVE, { rtolPico: 10n ** 12n - 1n })).toBeUndefined();
    expect(why(RELATIVE, { rtolPico: 10n ** 12n })).toMatchObject({
      code: 'comparator-toothless',
      details: { component: 'rtolPico' },
    });
  });
});

describe('chunks', () => {
  test('hold something, and fit', () => {
    expect(codeOf(TOKENS, { chunkElements: 0 })).toBe('comparator-chunk-size');
    expect(codeOf(TOKENS, { chunkElements: 4_096 })).toBeUndefined();
    expect(why(TOKENS, { chunkElements: 4_097 })).toMatchObject({
      code: 'comparator-chunk-size',
      details: { multiple: '1', bytes: '16388', most: '16384' },
    });
    expect(codeOf(ULP, { chunkElements: 3 })).toBeUndefined();
  });

  test('come in pairs of tokens, or in windows of 32', () => {
    expect(codeOf(FORCED, { chunkElements: 3 })).toBe('comparator-chunk-size');
    expect(codeOf(FORCED, { chunkElements: 6 })).toBeUndefined();
    expect(codeOf(TOPLOC, { chunkElements: 48 })).toBe('comparator-chunk-size');
    expect(codeOf(TOPLOC, { chunkElements: 64 })).toBeUndefined();
  });

  test('of evidence fit, that of the defendant as that of the seat', () => {
    const most = (of: Comparator, step: number) => {
      const sizes = Array.from({ length: 4_096 / step }, (_, at) => (at + 1) * step);
      return sizes.findLast((chunkElements) => codeOf(of, { chunkElements }) === undefined);
    };
    // Two log-probabilities of 8 bytes a token; 128 pairs of 6 bytes a window of a seat.
    expect(most(FORCED, 2)).toBe(1_024);
    expect(most(TOPLOC, 32)).toBe(32 * 21);
  });
});

describe('failures and activations', () => {
  test('at least one, and no more than are drawn', () => {
    const failing = (minFail: number, drawn: number | undefined = undefined) =>
      codeOf(TOKENS, { minFail }, 'greedy', drawn);
    expect([failing(0), failing(1), failing(8), failing(9)]).toEqual([
      'comparator-min-fail',
      undefined,
      undefined,
      'comparator-min-fail',
    ]);
    expect([failing(3, 3), failing(4, 3)]).toEqual([undefined, 'comparator-min-fail']);
  });

  test('at least one of the top, at most 128', () => {
    const top = (topK: number) => codeOf(TOPLOC, { topK, hiExponents: 2, loExponents: 1 });
    expect([top(0), top(3), top(128), top(129)]).toEqual([
      'comparator-top-k',
      undefined,
      undefined,
      'comparator-top-k',
    ]);
    expect(codeOf(FORCED, { topK: 1 })).toBeUndefined();
  });

  test('text that is chosen freely needs agreement, unless nothing is decoded', () => {
    for (const of of [FORCED, TOPLOC]) {
      expect(codeOf(of, { agreement: undefined })).toBe('comparator-needs-agreement');
      expect(codeOf(of, { agreement: undefined }, 'none')).toBeUndefined();
    }
  });
});
