// What became of each mutant, one line each as it is found, so that a run may be stopped and go on.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * `crashed`: the tests could not be loaded with it; `endless`: it had to be stopped; `spared`: no
 * test found it within the budget, and some were not tried.
 */
export type Fate = 'killed' | 'crashed' | 'endless' | 'survived' | 'spared' | 'unreached';

export interface Entry {
  readonly key: string;
  /** The source as it was: a mutant of another text is another mutant. */
  readonly source: string;
  readonly fate: Fate;
  /** The test file and the test that found it. */
  readonly by?: string;
  readonly test?: string;
}

export const isFound = ({ fate }: Pick<Entry, 'fate'>): boolean =>
  fate === 'killed' || fate === 'crashed' || fate === 'endless';

export class Ledger {
  readonly #path: string;
  readonly #entries = new Map<string, Entry>();

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    for (const line of lines.filter((each) => each !== '')) {
      const entry = JSON.parse(line) as Entry;
      // Two runs may write at once, and one of them with few tests: what is found stays found.
      const known = this.of(entry.key, entry.source);
      if (known === undefined || !isFound(known)) this.#entries.set(entry.key, entry);
    }
  }

  /** What became of a mutant of this text, if it has been tried. */
  of(key: string, source: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry?.source === source ? entry : undefined;
  }

  add(entry: Entry): void {
    this.#entries.set(entry.key, entry);
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`);
  }
}
