import type { Tallies, Tally } from '../tally.ts';

export const EMPTY_TALLY: Tally = { n: 0, sum: 0n, squares: 0n };

const byValue = (a: readonly [bigint, number], b: readonly [bigint, number]): number =>
  a[0] < b[0] ? -1 : Number(a[0] > b[0]);

const mergeCounts = (a: Tally['counts'], b: Tally['counts']): Tally['counts'] => {
  if (a === undefined || b === undefined) return a ?? b;
  const merged = new Map(a);
  for (const [value, times] of b) merged.set(value, (merged.get(value) ?? 0) + times);
  // By value, so that the order in which shards come in leaves no trace.
  return new Map([...merged].toSorted(byValue));
};

/** Both together. */
export const mergeTally = (a: Tally, b: Tally): Tally => {
  const counts = mergeCounts(a.counts, b.counts);
  const merged = { n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares };
  return counts === undefined ? merged : { ...merged, counts };
};

/** Both together, name by name; associative and commutative. */
export const mergeTallies = (a: Tallies, b: Tallies): Tallies => {
  const merged = new Map(a);
  for (const [name, tally] of b) {
    const known = merged.get(name);
    merged.set(name, known === undefined ? tally : mergeTally(known, tally));
  }
  return merged;
};

/** Counts observations of one thing; `isCounted` keeps how often each value was seen, too. */
export class Counter {
  #n = 0;
  #sum = 0n;
  #squares = 0n;
  readonly #counts: Map<bigint, number> | undefined;

  constructor({ isCounted = false }: { readonly isCounted?: boolean } = {}) {
    this.#counts = isCounted ? new Map() : undefined;
  }

  /** `times` runs saw this value. */
  add(value: bigint, times = 1): void {
    const weight = BigInt(times);
    this.#n += times;
    this.#sum += value * weight;
    this.#squares += value * value * weight;
    this.#counts?.set(value, (this.#counts.get(value) ?? 0) + times);
  }

  get tally(): Tally {
    const found = { n: this.#n, sum: this.#sum, squares: this.#squares };
    if (this.#counts === undefined) return found;
    return { ...found, counts: new Map([...this.#counts].toSorted(byValue)) };
  }
}
