/** One of whom seats are drawn; its probability is its share of the weight. */
export interface Member {
  /** Address in hex; at most one seat for all members of one owner. */
  readonly owner: string;
  readonly provider: string;
  readonly weight: bigint;
  /** Where the interval of its owner begins, and how long it is. */
  readonly ownerFrom: bigint;
  readonly ownerWeight: bigint;
}

/** A half-open interval of points `[from, from + weight)`. */
export interface Interval {
  readonly from: bigint;
  readonly weight: bigint;
}

/**
 * Members side by side on the points `[0, total)`, each as long as its weight. The stored set of a
 * profile is one; simulations bring their own.
 */
export interface Population {
  readonly total: bigint;
  /** Distinct owners. */
  readonly owners: number;
  /** The member at a point. */
  readonly memberAt: (point: bigint) => Member;
  /** The interval of an owner's members, which stand side by side; absent if it has none. */
  readonly intervalOf: (owner: string) => Interval | undefined;
}

/** What is left of a population without some owners. */
export interface Remainder {
  /** Intervals of the excluded owners that are present, in order and apart. */
  readonly excluded: readonly Interval[];
  readonly total: bigint;
  readonly owners: number;
}

const byStart = (a: Interval, b: Interval): number =>
  a.from < b.from ? -1 : Number(a.from > b.from);

/** The population without these owners; an owner who is not in it, or named twice, is no matter. */
export const without = (population: Population, owners: readonly string[]): Remainder => {
  const excluded = [...new Set(owners)]
    .map((owner) => population.intervalOf(owner))
    .filter((interval) => interval !== undefined)
    .toSorted(byStart);
  const lost = excluded.reduce((sum, { weight }) => sum + weight, 0n);
  return {
    excluded,
    total: population.total - lost,
    owners: population.owners - excluded.length,
  };
};

/** The point of the population that is the `index`-th of those left; `0 ≤ index < total`. */
export const pointAt = ({ excluded }: Remainder, index: bigint): bigint =>
  excluded.reduce((point, { from, weight }) => (point >= from ? point + weight : point), index);
