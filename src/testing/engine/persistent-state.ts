import type { StateSource } from '../../actors/index.ts';
import { fromHex, toHex } from '../../codec/index.ts';
import type { PersistentMap } from './persistent-map.ts';

/** Records of the state tree by key in hex, as the kernel reads them. */
export class PersistentState implements StateSource {
  readonly records: PersistentMap<Uint8Array>;

  constructor(records: PersistentMap<Uint8Array>) {
    this.records = records;
  }

  readonly get = (key: Uint8Array): Uint8Array | undefined => this.records.get(toHex(key));

  readonly range = (from: Uint8Array, to: Uint8Array) => decoded(this.records, from, to);

  /** The state after these changes; this one stays. */
  apply(changes: Iterable<readonly [string, Uint8Array | undefined]>): PersistentState {
    let { records } = this;
    for (const [key, value] of changes) records = records.with(key, value);
    return new PersistentState(records);
  }
}

function* decoded(records: PersistentMap<Uint8Array>, from: Uint8Array, to: Uint8Array) {
  for (const [key, value] of records.range(toHex(from), toHex(to))) {
    yield [fromHex(key), value] as const;
  }
}
