import type { ComparatorOf, FloatFormat, Shown } from '../../../src/machines/comparators/index.ts';

const NOTHING = new Uint8Array();

export const shown = (output: Uint8Array, evidence: Uint8Array = NOTHING): Shown => ({
  output,
  evidence,
});

/** Little-endian bytes of element bits. */
export const bitsTensor = (width: 2 | 4, bits: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(width * bits.length);
  const view = new DataView(bytes.buffer);
  bits.forEach((element, at) => {
    if (width === 4) view.setUint32(4 * at, element, true);
    else view.setUint16(2 * at, element, true);
  });
  return bytes;
};

/** Numbers rounded to f32, little-endian. */
export const f32Tensor = (values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => view.setFloat32(4 * at, value, true));
  return bytes;
};

export const concat = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

export const WIDTHS = { f32: 4, f16: 2, bf16: 2 } as const satisfies Record<FloatFormat, 2 | 4>;

export const TOKENS: ComparatorOf<'tokens'> = {
  type: 'tokens',
  chunkElements: 8,
  loTokens: 1,
  hiTokens: 3,
  minFail: 2,
};
export const ULP: ComparatorOf<'ulp'> = {
  type: 'ulp',
  format: 'f32',
  chunkElements: 8,
  atolPico: 0n,
  loUlps: 4,
  hiUlps: 8,
  minFail: 2,
};
export const RELATIVE: ComparatorOf<'relative'> = {
  type: 'relative',
  format: 'f32',
  chunkElements: 8,
  atolPico: 0n,
  rtolPico: 1_000n,
  loPpm: 250_000,
  hiPpm: 500_000,
  minFail: 2,
};
export const COSINE: ComparatorOf<'cosine'> = {
  type: 'cosine',
  format: 'f32',
  chunkElements: 8,
  loAtto: 10n ** 12n,
  hiAtto: 4n * 10n ** 12n,
  minFail: 2,
};
export const AGREEMENT = { loTokens: 1, hiTokens: 2 };
export const LOGPROBS: ComparatorOf<'logprobs'> = {
  type: 'logprobs',
  chunkElements: 8,
  topK: 2,
  loPpm: 1_000,
  hiPpm: 10_000,
  agreement: AGREEMENT,
  minFail: 2,
};
export const TOPLOC: ComparatorOf<'toploc'> = {
  type: 'toploc',
  chunkElements: 64,
  topK: 4,
  loExponents: 0,
  hiExponents: 1,
  loMeanMilli: 1_750,
  hiMeanMilli: 4_000,
  loMedianMilli: 2_000,
  hiMedianMilli: 4_000,
  agreement: undefined,
  minFail: 2,
};
