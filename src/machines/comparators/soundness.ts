import { MAX_CHUNK_BYTES } from '../../codec/index.ts';
import { because, type Reason } from '../kit/guard.ts';
import type { Precision } from '../profile/record.ts';
import { MAX_MIN_FAIL, MAX_TOP_K, PICO, WINDOW_TOKENS } from './limits.ts';
import type { Comparator } from './record.ts';
import { evidenceBytes, isTeacherForced, minFailOf, outputChunkBytes } from './shape.ts';
import { thresholdsOf, type Gap, type Threshold } from './thresholds.ts';

type DecodingOf = Pick<Precision, 'decoding'>;

/** Least `hi` over a given `lo`. */
export const leastHi = (gap: Gap, lo: bigint): bigint => {
  switch (gap) {
    case 'twice':
      return 2n * lo;
    case 'fourfold':
      return lo === 0n ? 1n : 4n * lo;
    case 'above':
      return lo + 1n;
  }
};

const unsoundThreshold = ({ name, lo, hi, gap, most }: Threshold): Reason | undefined => {
  const least = leastHi(gap, lo);
  if (hi < least) return because('comparator-gap', { component: name, lo, hi, least });
  return hi < most ? undefined : because('comparator-toothless', { component: name, hi, most });
};

/** A relative tolerance of one accepts zeros for any numbers. */
const unsoundTolerance = (c: Comparator): Reason | undefined =>
  c.type === 'relative' && c.rtolPico >= PICO
    ? because('comparator-toothless', { component: 'rtolPico', hi: c.rtolPico, most: PICO })
    : undefined;

/**
 * Tokens of a teacher-forced chunk come in these: the windows of `toploc`, and pairs for
 * `logprobs`, so that the trees of seats, which answer on two published outputs, stay within the
 * most chunks of a tree.
 */
const LEAST_MULTIPLE = { logprobs: 2, toploc: WINDOW_TOKENS } as const;

/** Every chunk that a party may have to open fits its limit, output and evidence each. */
const unsoundChunk = (c: Comparator): Reason | undefined => {
  if (c.type === 'exact') return undefined;
  const { chunkElements } = c;
  const multiple = isTeacherForced(c) ? LEAST_MULTIPLE[c.type] : 1;
  const evidence = isTeacherForced(c)
    ? (['defendant', 'seat'] as const).map((role) => evidenceBytes(c, role, chunkElements))
    : [];
  const bytes = Math.max(outputChunkBytes(c), ...evidence);
  if (chunkElements > 0 && chunkElements % multiple === 0 && bytes <= MAX_CHUNK_BYTES) {
    return undefined;
  }
  const most = MAX_CHUNK_BYTES;
  return because('comparator-chunk-size', { chunkElements, multiple, bytes, most });
};

/**
 * `toploc` and `logprobs` show that the model ran over these tokens, not that it chose them
 * (PROTOCOL §7). The protocol asks profiles with sampling for a token-agreement threshold beside
 * them; we ask it of greedy decoding too, since who picks its tokens freely passes either way.
 */
const unsoundDecoding = (c: Comparator, { decoding }: DecodingOf): Reason | undefined =>
  isTeacherForced(c) && c.agreement === undefined && decoding !== 'none'
    ? because('comparator-needs-agreement', { decoding })
    : undefined;

/**
 * Why no profile may use this comparator, if so (PROTOCOL §6.2, §7): thresholds that would let an
 * answer be near one party and far from another near it, or that nothing could exceed; chunks that
 * do not fit; more failures asked for than chunks are drawn (`drawnChunks`, by parameter).
 *
 * `hi ≥ 2·lo` for metrics (exact, tokens and token agreement, `ulp` with atol 0); `hi ≥ 4·lo` and
 * `hi > lo` for `cosine`, whose square root is one; `hi > lo` in every component of the rest: the
 * protocol's "weaker in every component", read strictly, so that each has room to abstain in.
 */
export const whyUnsound = (
  c: Comparator,
  precision: DecodingOf,
  drawnChunks: number = MAX_MIN_FAIL,
): Reason | undefined => {
  if (isTeacherForced(c) && (c.topK < 1 || c.topK > MAX_TOP_K)) {
    return because('comparator-top-k', { topK: c.topK, most: MAX_TOP_K });
  }
  const chunk = unsoundChunk(c);
  if (chunk !== undefined) return chunk;
  const minFail = minFailOf(c);
  const most = Math.min(MAX_MIN_FAIL, drawnChunks);
  if (minFail < 1 || minFail > most) return because('comparator-min-fail', { minFail, most });
  for (const threshold of thresholdsOf(c)) {
    const reason = unsoundThreshold(threshold);
    if (reason !== undefined) return reason;
  }
  return unsoundTolerance(c) ?? unsoundDecoding(c, precision);
};
