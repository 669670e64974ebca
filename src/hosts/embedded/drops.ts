import type { Failure } from '../../codec/failure.ts';
import { MAX_REMEMBERED_DROPS } from './limits.ts';
import type { Dropped } from './mempool/transaction.ts';

/** Why transactions left the mempool, for those who ask; the oldest are forgotten first. */
export class Drops {
  readonly #failures = new Map<string, Failure>();

  get(id: string): Failure | undefined {
    return this.#failures.get(id);
  }

  remember(dropped: readonly Dropped[]): void {
    for (const { id, failure } of dropped) {
      this.#failures.delete(id);
      this.#failures.set(id, failure);
    }
    for (const id of this.#failures.keys()) {
      if (this.#failures.size <= MAX_REMEMBERED_DROPS) return;
      this.#failures.delete(id);
    }
  }

  /** It came back. */
  forget(id: string): void {
    this.#failures.delete(id);
  }
}
