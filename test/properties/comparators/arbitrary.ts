import fc from 'fast-check';
import type { FloatFormat, Shown } from '../../../src/machines/comparators/index.ts';
import { encodeLogprobs, encodeTokens } from '../../../src/machines/comparators/index.ts';
import { toplocPairs, toplocProof } from '../../../src/machines/comparators/index.ts';
import { bitsTensor, concat, shown, WIDTHS } from '../../unit/comparators/support.ts';

export const RUNS = { numRuns: 300, seed: 20_260_611 } as const;

/** Bits with all exponents, subnormals, zeros, infinities and NaN; often near one another. */
export const element = (format: FloatFormat): fc.Arbitrary<number> => {
  const top = format === 'f32' ? 2 ** 32 : 2 ** 16;
  const one = { f32: 0x3f80_0000, f16: 0x3c00, bf16: 0x3f80 }[format];
  const infinity = { f32: 0x7f80_0000, f16: 0x7c00, bf16: 0x7f80 }[format];
  return fc.oneof(
    fc.integer({ min: 0, max: top - 1 }),
    fc.integer({ min: one - 20, max: one + 20 }),
    fc.integer({ min: infinity - 3, max: infinity + 3 }),
    fc.integer({ min: 0, max: 5 }),
    fc.constant(top / 2),
  );
};

export const tensor = (format: FloatFormat, length: number): fc.Arbitrary<Shown> =>
  fc
    .array(element(format), { minLength: length, maxLength: length })
    .map((bits) => shown(bitsTensor(WIDTHS[format], bits)));

export const text: fc.Arbitrary<Shown> = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 })
  .map((tokens) => shown(encodeTokens(tokens)));

const entries = fc.uniqueArray(
  fc.record({
    token: fc.integer({ min: 0, max: 5 }),
    negativeMicros: fc.oneof(
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    ),
  }),
  { minLength: 2, maxLength: 2, selector: ({ token }) => token },
);

/** So many tokens, each with a list of two. */
export const listed = (length: number): fc.Arbitrary<Shown> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: length, maxLength: length }),
      fc.array(entries, { minLength: length, maxLength: length }),
    )
    .map(([tokens, positions]) => shown(encodeTokens(tokens), encodeLogprobs(positions)));

const bytesOf = (result: ReturnType<typeof toplocProof>): Uint8Array => {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};

export interface Forward {
  readonly proof: Shown;
  readonly pairs: Shown;
}

/** Two windows over 40 tokens, as a defendant and as a seat would show them. */
export const forward: fc.Arbitrary<Forward> = fc
  .array(fc.array(element('bf16'), { minLength: 6, maxLength: 40 }), {
    minLength: 2,
    maxLength: 2,
  })
  .map((windows) => {
    const output = encodeTokens(Array.from({ length: 40 }, (_, at) => at));
    const of = (make: typeof toplocProof): Shown =>
      shown(output, concat(windows.map((window) => bytesOf(make(Uint16Array.from(window), 4)))));
    return { proof: of(toplocProof), pairs: of(toplocPairs) };
  });
