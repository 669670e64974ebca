import type { HistogramFigure } from '../figure.ts';
import type { Tally } from '../tally.ts';

type Bin = HistogramFigure['series'][number]['bins'][number];

const BINS_MAX = 40n;
const STEPS = [1n, 2n, 5n] as const;

/** The least of 1, 2, 5, 10, 20, … with which so many bins cover the range. */
const widthFor = (range: bigint): bigint => {
  for (let power = 1n; ; power *= 10n) {
    const step = STEPS.find((candidate) => candidate * power * BINS_MAX >= range);
    if (step !== undefined) return step * power;
  }
};

export interface Binning {
  readonly low: bigint;
  readonly width: bigint;
  readonly bins: number;
}

/** Bins of one width for all these tallies; undefined where none of them counted anything. */
export const binningOf = (tallies: readonly (Tally | undefined)[]): Binning | undefined => {
  const values = tallies.flatMap((tally) => [...(tally?.counts?.keys() ?? [])]);
  const [first] = values;
  if (first === undefined) return undefined;
  let [low, high] = [first, first];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const width = widthFor(high - low + 1n);
  const below = ((low % width) + width) % width;
  const start = low - below;
  return { low: start, width, bins: Number((high - start) / width) + 1 };
};

/** What a tally counted, in these bins; `scale` is how many make one unit of the axis. */
export const binsOf = (
  tally: Tally | undefined,
  { low, width, bins }: Binning,
  scale = 1,
): readonly Bin[] => {
  const counts = Array.from({ length: bins }, () => 0);
  for (const [value, times] of tally?.counts ?? []) {
    const at = Number((value - low) / width);
    counts[at] = (counts[at] ?? 0) + times;
  }
  return counts.map((count, at) => ({
    from: Number(low + width * BigInt(at)) / scale,
    to: Number(low + width * BigInt(at + 1)) / scale,
    count,
  }));
};

/** How many of the counted values satisfy a condition, and of how many. */
export const shareOf = (
  tally: Tally | undefined,
  holds: (value: bigint) => boolean,
): { readonly hits: number; readonly n: number } => {
  let [hits, n] = [0, 0];
  for (const [value, times] of tally?.counts ?? []) {
    n += times;
    if (holds(value)) hits += times;
  }
  return { hits, n };
};
