import { fromHex, toHex } from '../../../../src/codec/index.ts';
import type { StateSource } from '../../../../src/actors/index.ts';

/** A state in memory, for tests: records by key in hex, ranges in byte order. */
export class MemoryState implements StateSource {
  readonly records: Map<string, Uint8Array>;

  constructor(records: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.records = new Map(records);
  }

  readonly get = (key: Uint8Array): Uint8Array | undefined => this.records.get(toHex(key));

  readonly range = (from: Uint8Array, to: Uint8Array): (readonly [Uint8Array, Uint8Array])[] => {
    const [low, high] = [toHex(from), toHex(to)];
    return [...this.records.keys()]
      .filter((key) => key >= low && key < high)
      .sort((a, b) => (a < b ? -1 : 1))
      .map((key) => [fromHex(key), this.records.get(key) as Uint8Array] as const);
  };

  apply(changes: ReadonlyMap<string, Uint8Array | undefined>): MemoryState {
    const next = new MemoryState(this.records);
    for (const [key, bytes] of changes) {
      if (bytes === undefined) next.records.delete(key);
      else next.records.set(key, bytes);
    }
    return next;
  }

  /** All records as text, sorted: equal iff the states are. */
  dump(): readonly string[] {
    return [...this.records]
      .map(([key, bytes]) => `${key}=${toHex(bytes)}`)
      .sort((a, b) => (a < b ? -1 : 1));
  }
}
