/** Verdicts that are remembered; about 25 MB when full. */
export const MAX_VERDICTS = 65_536;

interface Entry<V> {
  readonly about: string;
  readonly verdict: V;
}

/**
 * Remembers what was found out about a signature, so that what was checked when a transaction
 * arrived costs nothing when its block is executed. In two generations: when the young one is full
 * it becomes the old one, whose entries move back when they are used. Bounded, and never state: gas
 * is charged as if every cache were cold (PROTOCOL §3).
 */
export class VerdictCache<V> {
  readonly #generationSize: number;
  #young = new Map<string, Entry<V>>();
  #old = new Map<string, Entry<V>>();

  constructor(limit: number) {
    this.#generationSize = limit >>> 1;
  }

  /**
   * What is known of a signature over `about` (a digest, or a key and a round); wrapped, since a
   * verdict may be undefined itself. Kept by signature: honest ones are about one thing only.
   */
  get(about: string, signature: string): { readonly verdict: V } | undefined {
    const young = this.#young.get(signature);
    if (young !== undefined) return young.about === about ? young : undefined;
    const old = this.#old.get(signature);
    if (old?.about !== about) return undefined;
    this.#put(signature, old);
    return old;
  }

  set(about: string, signature: string, verdict: V): void {
    this.#put(signature, { about, verdict });
  }

  #put(signature: string, entry: Entry<V>): void {
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(signature, entry);
  }

  /** Entries held, those of both generations. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
