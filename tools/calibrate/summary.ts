/** Parts per thousand of the samples that lie at or below a quantile. */
const QUANTILES = { min: 0, p50: 500, p90: 900, p99: 990, p999: 999, max: 1000 } as const;
const WHOLE = 1000;

/**
 * Distances of one kind, small enough to keep: quantiles by nearest rank (each is a distance that
 * was measured), and the number of distances by their length in bits: `bins[0]` counts the zeros,
 * `bins[k]` those in `[2^(k−1), 2^k)`. Distances are integers in the unit of their comparator,
 * written in decimal, since some exceed what a JSON number holds.
 */
export interface Summary {
  readonly samples: number;
  readonly quantiles: Readonly<Record<keyof typeof QUANTILES, string>>;
  readonly bins: readonly number[];
}

const byValue = (a: bigint, b: bigint): number => (a < b ? -1 : Number(a > b));

const bitLength = (distance: bigint): number => (distance === 0n ? 0 : distance.toString(2).length);

/** Summarises at least one distance; none is negative. */
export const summarise = (distances: readonly bigint[]): Summary => {
  const sorted = distances.toSorted(byValue);
  const at = (perMille: number): string => {
    const rank = Math.max(1, Math.ceil((sorted.length * perMille) / WHOLE));
    const distance = sorted[rank - 1];
    if (distance === undefined) throw new RangeError('There is no distance to summarise.');
    return String(distance);
  };
  const lengths = sorted.map(bitLength);
  const bins = Array.from({ length: (lengths.at(-1) ?? 0) + 1 }, () => 0);
  for (const length of lengths) bins[length] = (bins[length] ?? 0) + 1;
  const { min, p50, p90, p99, p999, max } = QUANTILES;
  return {
    samples: sorted.length,
    quantiles: {
      min: at(min),
      p50: at(p50),
      p90: at(p90),
      p99: at(p99),
      p999: at(p999),
      max: at(max),
    },
    bins,
  };
};
