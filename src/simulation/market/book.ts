import type { Tallies, Tally } from '../tally.ts';

interface Entry {
  n: number;
  sum: bigint;
  squares: bigint;
  readonly counts: Map<bigint, number> | undefined;
}

/** Keeps tallies while they grow; observations are exact integers. */
export class Book {
  readonly #entries = new Map<string, Entry>();

  /** One observation. Whether values are counted is fixed by the first under a name. */
  observe(name: string, value: bigint, isCounted = false): void {
    const known = this.#entries.get(name);
    const entry = known ?? {
      n: 0,
      sum: 0n,
      squares: 0n,
      counts: isCounted ? new Map() : undefined,
    };
    if (known === undefined) this.#entries.set(name, entry);
    entry.n += 1;
    entry.sum += value;
    entry.squares += value * value;
    entry.counts?.set(value, (entry.counts.get(value) ?? 0) + 1);
  }

  /** Something that happened, or did not. */
  happened(name: string, isSo: boolean): void {
    this.observe(name, isSo ? 1n : 0n);
  }

  /** Everything that another book holds. */
  add({ tallies }: Book): void {
    for (const [name, { n, sum, squares, counts }] of tallies) {
      const known = this.#entries.get(name);
      const fresh = { n: 0, sum: 0n, squares: 0n, counts: counts && new Map<bigint, number>() };
      const entry: Entry = known ?? fresh;
      this.#entries.set(name, entry);
      entry.n += n;
      entry.sum += sum;
      entry.squares += squares;
      for (const [value, times] of counts ?? []) {
        entry.counts?.set(value, (entry.counts.get(value) ?? 0) + times);
      }
    }
  }

  get tallies(): Tallies {
    return new Map(
      [...this.#entries].map(([name, { n, sum, squares, counts }]): [string, Tally] => [
        name,
        counts === undefined ? { n, sum, squares } : { n, sum, squares, counts },
      ]),
    );
  }
}
