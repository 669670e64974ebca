import { literalEnum, optional, record, u16, u32, u64, u8 } from '../../codec/index.ts';
import { variants, type Infer } from '../../codec/index.ts';

/** Number formats of tensors that comparators read; little-endian, IEEE 754 or its upper half. */
export const FLOAT_FORMATS = ['f32', 'f16', 'bf16'] as const;
export type FloatFormat = (typeof FLOAT_FORMATS)[number];

const format = literalEnum(FLOAT_FORMATS);

/** Drawn chunks that must lie beyond `τ_hi` before a seat rejects (PROTOCOL §7, `minFail`). */
const minFail = u8;

/** Tokens of one chunk that differ, at most, to support (`lo`) and before a seat rejects (`hi`). */
const tokenThresholds = { loTokens: u32, hiTokens: u32 };

/** Are the tokens those that the seat would have chosen, under the author's own prefix? */
const agreement = optional(record(tokenThresholds));

/**
 * How outputs are compared (PROTOCOL §7). A comparator is one variant with its thresholds: within
 * `lo` a seat supports, beyond `hi` it rejects. Every threshold is an integer in the unit its name
 * ends with; `chunkElements` fixes how outputs are cut, so that all authors cut them alike.
 */
export const comparator = variants({
  /** Output hashes equal or not. */
  exact: [1, {}],
  /** Hamming distance of aligned token ids, length difference counted, by chunk. */
  tokens: [2, { chunkElements: u32, ...tokenThresholds, minFail }],
  /** Largest distance in units in the last place; none where `|a−b| ≤ atol`. */
  ulp: [3, { format, chunkElements: u32, atolPico: u64, loUlps: u32, hiUlps: u32, minFail }],
  /** Fraction of elements with `|a−b| > atol + rtol·|b|`, b the seat's. */
  relative: [
    4,
    {
      format,
      chunkElements: u32,
      atolPico: u64,
      rtolPico: u64,
      loPpm: u32,
      hiPpm: u32,
      minFail,
    },
  ],
  /** `1 − cos²` of two chunks as vectors, in units of 10^−18. */
  cosine: [5, { format, chunkElements: u32, loAtto: u64, hiAtto: u64, minFail }],
  /** Mean of `|a−b| / (|a|+|b|)` over the top log-probabilities of each position. */
  logprobs: [6, { chunkElements: u32, topK: u8, loPpm: u32, hiPpm: u32, agreement, minFail }],
  /** Top activations of each 32 tokens as a polynomial over GF(65497). */
  toploc: [
    7,
    {
      chunkElements: u32,
      topK: u8,
      loExponents: u16,
      hiExponents: u16,
      loMeanMilli: u32,
      hiMeanMilli: u32,
      loMedianMilli: u32,
      hiMedianMilli: u32,
      agreement,
      minFail,
    },
  ],
});
export type Comparator = Infer<typeof comparator>;
export type ComparatorOf<T extends Comparator['type']> = Extract<Comparator, { type: T }>;
