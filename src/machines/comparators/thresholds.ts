import { ATTO, MILLI, PPM } from './limits.ts';
import { FLOAT_SHAPES } from './float.ts';
import type { Comparator, ComparatorOf } from './record.ts';

/** What is measured of two chunks, each by thresholds of its own; named with its unit. */
export const COMPONENTS = [
  'differs',
  'tokens',
  'ulps',
  'ppm',
  'atto',
  'exponents',
  'meanMilli',
  'medianMilli',
  'agreementTokens',
] as const;
export type ComponentName = (typeof COMPONENTS)[number];

/**
 * How far `hi` must lie above `lo` (PROTOCOL §6.2): `twice` for a metric, `fourfold` for the square
 * of one, `above` where no triangle inequality holds.
 */
export type Gap = 'twice' | 'fourfold' | 'above';

/** Thresholds of one component, both inclusive: within `lo` is near, beyond `hi` is far. */
export interface Threshold {
  readonly name: ComponentName;
  readonly lo: bigint;
  readonly hi: bigint;
  readonly gap: Gap;
  /** Largest finite distance there can be: `hi` lies below, or nothing would ever be far. */
  readonly most: bigint;
}

type Bounds = readonly [lo: number | bigint, hi: number | bigint];

const threshold = (
  name: ComponentName,
  [lo, hi]: Bounds,
  gap: Gap,
  most: number | bigint,
): Threshold => ({ name, lo: BigInt(lo), hi: BigInt(hi), gap, most: BigInt(most) });

const agreementOf = ({
  agreement,
  chunkElements,
}: ComparatorOf<'logprobs' | 'toploc'>): readonly Threshold[] =>
  agreement === undefined
    ? []
    : [
        threshold(
          'agreementTokens',
          [agreement.loTokens, agreement.hiTokens],
          'twice',
          chunkElements,
        ),
      ];

/** Two mantissas of 7 bits differ by this at most. */
const MOST_MANTISSA_MILLI = 127n * MILLI;

const toplocThresholds = (c: ComparatorOf<'toploc'>): readonly Threshold[] => [
  threshold('exponents', [c.loExponents, c.hiExponents], 'above', c.topK),
  threshold('meanMilli', [c.loMeanMilli, c.hiMeanMilli], 'above', MOST_MANTISSA_MILLI),
  threshold('medianMilli', [c.loMedianMilli, c.hiMedianMilli], 'above', MOST_MANTISSA_MILLI),
  ...agreementOf(c),
];

/**
 * What the comparator measures, in the order of `distances`. `1 − cos² = sin²` is the square of
 * something below an angle, and `sin 2θ ≤ 2·sin θ`: with `hi ≥ 4·lo` two vectors near a third are
 * never far from one another, as with a metric.
 */
export const thresholdsOf = (c: Comparator): readonly Threshold[] => {
  switch (c.type) {
    case 'exact':
      return [threshold('differs', [0, 0], 'twice', 1)];
    case 'tokens':
      return [threshold('tokens', [c.loTokens, c.hiTokens], 'twice', c.chunkElements)];
    case 'ulp': {
      const gap = c.atolPico === 0n ? 'twice' : 'above';
      const most = 2n * BigInt(FLOAT_SHAPES[c.format].infinity);
      return [threshold('ulps', [c.loUlps, c.hiUlps], gap, most)];
    }
    case 'relative':
      return [threshold('ppm', [c.loPpm, c.hiPpm], 'above', PPM)];
    case 'cosine':
      return [threshold('atto', [c.loAtto, c.hiAtto], 'fourfold', ATTO)];
    case 'logprobs':
      return [threshold('ppm', [c.loPpm, c.hiPpm], 'above', PPM), ...agreementOf(c)];
    case 'toploc':
      return toplocThresholds(c);
  }
};
