import { MAX_CHUNK_BYTES } from '../../src/codec/index.ts';
import {
  encodeLogprobs,
  encodeTokens,
  toplocPairs,
  toplocProof,
  type Comparator,
  type ComparatorOf,
  type Role,
} from '../../src/machines/comparators/index.ts';

/**
 * Comparators with thresholds such that outputs lie on one scale, chunk by chunk: levels that
 * differ by one are near, by two in between, by four and more far.
 */
export interface Scale<C extends Comparator = Comparator> {
  readonly comparator: C;
  /** The chunk at a place, at a level; of text, the one that its author wrote. */
  readonly chunk: (at: number, level: number, text: number) => Uint8Array;
  /** Evidence of a chunk at a level, where it is not the output itself. */
  readonly evidence?: (role: Role, level: number) => Uint8Array;
}

export const CHUNK_ELEMENTS = 8;
const elements = <T>(of: (at: number) => T): readonly T[] =>
  Array.from({ length: CHUNK_ELEMENTS }, (_, at) => of(at));

const f32 = (values: readonly number[]): Uint8Array =>
  new Uint8Array(Float32Array.from(values).buffer);

/** A token id for each place of a text. */
const tokenAt = (chunk: number, at: number, text: number): number =>
  10_000 * text + CHUNK_ELEMENTS * chunk + at;

export const TOKENS: Scale<ComparatorOf<'tokens'>> = {
  comparator: {
    type: 'tokens',
    chunkElements: CHUNK_ELEMENTS,
    loTokens: 1,
    hiTokens: 3,
    minFail: 2,
  },
  chunk: (chunk, level) => encodeTokens(elements((at) => tokenAt(chunk, at, at < level ? 1 : 0))),
};

const ONE_BITS = 0x3f80_0000;
const STEP_ULPS = 3;

export const ULP: Scale<ComparatorOf<'ulp'>> = {
  comparator: {
    type: 'ulp',
    format: 'f32',
    chunkElements: CHUNK_ELEMENTS,
    atolPico: 0n,
    loUlps: 4,
    hiUlps: 8,
    minFail: 2,
  },
  chunk: (chunk, level) =>
    new Uint8Array(
      Uint32Array.from(elements((at) => ONE_BITS + 256 * chunk + at + STEP_ULPS * level)).buffer,
    ),
};

export const RELATIVE: Scale<ComparatorOf<'relative'>> = {
  comparator: {
    type: 'relative',
    format: 'f32',
    chunkElements: CHUNK_ELEMENTS,
    atolPico: 0n,
    rtolPico: 10n ** 9n,
    loPpm: 125_000,
    hiPpm: 375_000,
    minFail: 2,
  },
  chunk: (chunk, level) => f32(elements((at) => (chunk + 2) * (at < level ? 1.5 : 1))),
};

/** sin² of the angle that one step makes is 5.6·10⁻⁷: a quarter of its square. */
const STEP_ANGLE = 1.5e-3;
const tilt = (at: number): number => (at === 0 ? 1 : at === 1 ? -1 : 0);

export const COSINE: Scale<ComparatorOf<'cosine'>> = {
  comparator: {
    type: 'cosine',
    format: 'f32',
    chunkElements: CHUNK_ELEMENTS,
    loAtto: 10n ** 12n,
    hiAtto: 4n * 10n ** 12n,
    minFail: 2,
  },
  chunk: (chunk, level) => f32(elements((at) => (chunk + 1) * (1 + tilt(at) * STEP_ANGLE * level))),
};

const STEP_MICROS = 1_500;
/** Negative log-probabilities of the two most probable tokens, as multiples of a nat. */
const TOP = [1, 2];
const NAT_MICROS = 1_000_000;

export const LOGPROBS: Scale<ComparatorOf<'logprobs'>> = {
  comparator: {
    type: 'logprobs',
    chunkElements: CHUNK_ELEMENTS,
    topK: TOP.length,
    loPpm: 1_000,
    hiPpm: 2_000,
    agreement: { loTokens: 1, hiTokens: 2 },
    minFail: 2,
  },
  chunk: (chunk, _, text) => encodeTokens(elements((at) => tokenAt(chunk, at, text))),
  evidence: (_, level) =>
    encodeLogprobs(
      elements(() =>
        TOP.map((nats, token) => ({
          token,
          negativeMicros: nats * (NAT_MICROS + STEP_MICROS * level),
        })),
      ),
    ),
};

const WINDOW_TOKENS = 32;
const TOP_K = 4;
/** bf16 numbers of one exponent, with room in their mantissas for every level. */
const LARGEST = [0x4240, 0x4230, 0x4220, 0x4210];

const activations = (level: number): Uint16Array =>
  Uint16Array.from({ length: 64 }, (_, at) => {
    const largest = LARGEST[[5, 17, 29, 41].indexOf(at)];
    return largest === undefined ? 0x3c00 : largest + level;
  });

const madeOf = (made: ReturnType<typeof toplocProof>): Uint8Array => {
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
};

export const TOPLOC: Scale<ComparatorOf<'toploc'>> = {
  comparator: {
    type: 'toploc',
    chunkElements: WINDOW_TOKENS,
    topK: TOP_K,
    loExponents: 0,
    hiExponents: 1,
    loMeanMilli: 1_000,
    hiMeanMilli: 3_000,
    loMedianMilli: 1_000,
    hiMedianMilli: 3_000,
    agreement: { loTokens: 1, hiTokens: 2 },
    minFail: 2,
  },
  chunk: (chunk, _, text) =>
    encodeTokens(
      Array.from({ length: WINDOW_TOKENS }, (__, at) => 10_000 * text + 32 * chunk + at),
    ),
  evidence: (role, level) =>
    madeOf((role === 'seat' ? toplocPairs : toplocProof)(activations(level), TOP_K)),
};

/** Bytes of any kind, equal or not; a chunk of the largest size. */
export const EXACT: Scale<ComparatorOf<'exact'>> = {
  comparator: { type: 'exact' },
  chunk: (chunk, level) => new Uint8Array(MAX_CHUNK_BYTES).fill(level).fill(chunk, 0, 1),
};

export const TENSOR_SCALES: readonly Scale[] = [ULP, RELATIVE, COSINE];
export const FORCED_SCALES: readonly Scale[] = [LOGPROBS, TOPLOC];
export const SCALES: readonly Scale[] = [TOKENS, ...TENSOR_SCALES, ...FORCED_SCALES];
