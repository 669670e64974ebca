/** How a state was first reached: at least one way to it is this short. */
interface Reached {
  /** Number of the state before; -1 for the first. */
  readonly from: number;
  /** Label of the move, or how time passed. */
  readonly by: string;
  readonly depth: number;
}

/** What time alone makes of a state. */
export const OVER = -1;

/**
 * States that were found, by number in the order of their discovery, and how they hang together.
 */
export class Graph {
  readonly #numbers = new Map<string, number>();
  readonly #reached: Reached[] = [];
  readonly #open: boolean[] = [];
  readonly #next: number[] = [];

  get size(): number {
    return this.#reached.length;
  }

  get depth(): number {
    return this.#reached.at(-1)?.depth ?? 0;
  }

  /** The number of a state, and whether it is new. */
  add(id: string, from: number, by: string, isOpen: boolean): { number: number; isNew: boolean } {
    const known = this.#numbers.get(id);
    if (known !== undefined) return { number: known, isNew: false };
    const number = this.size;
    this.#numbers.set(id, number);
    const depth = from < 0 ? 0 : (this.#reached[from]?.depth ?? 0) + 1;
    this.#reached.push({ from, by, depth });
    this.#open.push(isOpen);
    this.#next.push(OVER);
    return { number, isNew: true };
  }

  depthOf(number: number): number {
    return this.#reached[number]?.depth ?? 0;
  }

  /** Notes which state follows a state when nobody does anything for a block. */
  passes(from: number, to: number): void {
    this.#next[from] = to;
  }

  /** What was done to reach a state, in order; a shortest way. */
  pathTo(number: number): readonly string[] {
    const path: string[] = [];
    for (let at = this.#reached[number]; at !== undefined && at.from >= 0;) {
      path.push(at.by);
      at = this.#reached[at.from];
    }
    return path.toReversed();
  }

  /**
   * The most blocks until no challenge is open if nobody does anything, and from which state; or
   * the state from which some challenge never ends. Only of a graph whose states were all expanded.
   */
  longestWait(): { readonly blocks: number; readonly from: number; readonly ends: boolean } {
    const waits = new Map<number, number>();
    let longest = { blocks: 0, from: 0, ends: true };
    for (const start of this.#open.keys()) {
      const path: number[] = [];
      const seen = new Set<number>();
      let at = start;
      while (at !== OVER && this.#open[at] === true && !waits.has(at)) {
        if (seen.has(at)) return { blocks: Infinity, from: start, ends: false };
        seen.add(at);
        path.push(at);
        at = this.#next[at] ?? OVER;
      }
      let blocks = waits.get(at) ?? 0;
      for (const state of path.toReversed()) {
        blocks += 1;
        waits.set(state, blocks);
      }
      if (blocks > longest.blocks) longest = { blocks, from: start, ends: true };
    }
    return longest;
  }
}
