import { fromHex, toHex } from '../codec/index.ts';
import type { ActorId, ActorKind, Collection } from '../machines/kit/index.ts';
import { actorKey, actorOfKey, actorsFrom, ALL_ACTORS, entriesFrom, entryKey } from './keys.ts';
import { MAX_LIST_RECORDS } from './limits.ts';
import { preparedKind, readStored, type ActorRecord, type RecordOf } from './record.ts';
import type { ChainContext, StateSource } from './source.ts';

type Chain = Pick<ChainContext, 'registry'>;

/** A page of a listing; `next` is the key that the following page begins with. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** The record of an actor, or `undefined` if it is not in state: it never was, or is gone. */
export const readActor = <K extends ActorKind>(
  chain: Chain,
  source: StateSource,
  id: ActorId<K>,
): RecordOf<K> | undefined => {
  const bytes = source.get(fromHex(actorKey(id)));
  if (bytes === undefined) return undefined;
  return decodeActorRecord(chain, id, bytes);
};

/** The record that the bytes under `actorKey(id)` stand for, as a proof brings them. */
export const decodeActorRecord = <K extends ActorKind>(
  { registry }: Chain,
  id: ActorId<K>,
  bytes: Uint8Array,
): RecordOf<K> => readStored(preparedKind(registry, id).record, bytes) as RecordOf<K>;

/** One entry of a collection. */
export const readEntry = <V>(
  source: StateSource,
  collection: Collection<V>,
  owner: ActorId,
  key: string,
): V | undefined => {
  const bytes = source.get(fromHex(entryKey(collection, owner, key)));
  return bytes === undefined ? undefined : readStored(collection.value, bytes);
};

/** At most `limit` of the records in a range; the key behind them is where the next page begins. */
const pageOf = <T>(
  records: Iterable<readonly [Uint8Array, Uint8Array]>,
  limit: number,
  keyOf: (key: Uint8Array) => string,
  item: (key: Uint8Array, value: Uint8Array) => T,
): Page<T> => {
  const most = limit < MAX_LIST_RECORDS ? limit : MAX_LIST_RECORDS;
  const items: T[] = [];
  for (const [key, value] of records) {
    if (items.length >= most) return { items, next: keyOf(key) };
    items.push(item(key, value));
  }
  return { items, next: undefined };
};

/** Bytes in front of the key of an actor in the state tree: the space and the kind. */
const ACTOR_PREFIX_BYTES = 2;

/**
 * Actors of one kind in the order of their keys, from the key `from` on (hex, empty for all), at
 * most `limit` and never more than MAX_LIST_RECORDS.
 */
export const listActors = <K extends ActorKind>(
  chain: Chain,
  source: StateSource,
  kind: K,
  from: string,
  limit: number,
): Page<{ readonly id: ActorId<K>; readonly record: RecordOf<K> }> =>
  pageOf(
    source.range(...actorsFrom(kind, from)),
    limit,
    (key) => toHex(key.subarray(ACTOR_PREFIX_BYTES)),
    (key, value) => {
      const id = actorOfKey(key) as ActorId<K>;
      return { id, record: decodeActorRecord(chain, id, value) };
    },
  );

/** Entries of one collection in the order of their keys, from the key `from` on (hex). */
export const listEntries = <V>(
  source: StateSource,
  collection: Collection<V>,
  owner: ActorId,
  from: string,
  limit: number,
): Page<{ readonly key: string; readonly value: V }> => {
  const entryKeyOf = (key: Uint8Array): string => toHex(key.subarray(-collection.keyBytes));
  return pageOf(
    source.range(...entriesFrom(collection, owner, from)),
    limit,
    entryKeyOf,
    (key, value) => ({ key: entryKeyOf(key), value: readStored(collection.value, value) }),
  );
};

/** nLUX in all balances together: the supply (PROTOCOL §3). Reads every actor of the state. */
export const supplyOf = (chain: Chain, source: StateSource): bigint => {
  let supply = 0n;
  for (const [key, value] of source.range(...ALL_ACTORS)) {
    const record: ActorRecord = decodeActorRecord(chain, actorOfKey(key), value);
    supply += record.balance;
  }
  return supply;
};
