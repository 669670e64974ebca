import { encode, equalBytes } from '../codec/index.ts';
import { assert } from '../codec/failure.ts';
import type { ActorId, ActorKind, Collection } from '../machines/kit/index.ts';
import type { Contexts } from '../machines/records.ts';
import { actorKey, entryKey, timerKey, TIMER_VALUE } from './keys.ts';
import { preparedKind } from './record.ts';
import type { ChainContext } from './source.ts';

/** An actor that exists from the beginning. */
export interface GenesisActor<K extends ActorKind = ActorKind> {
  readonly id: ActorId<K>;
  readonly state: string;
  /** nLUX. */
  readonly balance: bigint;
  readonly context: Contexts[K];
  readonly wakeAt?: bigint;
}

/** An entry of a collection that exists from the beginning. */
export interface GenesisEntry {
  readonly collection: Collection<unknown>;
  readonly owner: ActorId;
  readonly key: string;
  readonly value: unknown;
}

/**
 * The state at height 0, by key of the state tree in hex. An actor as one that never was is left
 * out, as everywhere. Asserts that none is named twice: genesis is checked before it comes here.
 */
export const genesisChanges = (
  { registry }: Pick<ChainContext, 'registry'>,
  actors: readonly GenesisActor[],
  entries: readonly GenesisEntry[] = [],
): Map<string, Uint8Array> => {
  const changes = new Map<string, Uint8Array>();
  const set = (key: string, bytes: Uint8Array): void => {
    assert(!changes.has(key), `genesis names the record ${key} twice`);
    changes.set(key, bytes);
  };
  for (const { id, state, balance, context, wakeAt } of actors) {
    const kind = preparedKind(registry, id);
    const bytes = encode(kind.record, { state, balance, wakeAt, context });
    if (!equalBytes(bytes, kind.initialBytes)) set(actorKey(id), bytes);
    if (wakeAt !== undefined) set(timerKey(wakeAt, id), TIMER_VALUE);
  }
  for (const { collection, owner, key, value } of entries) {
    set(entryKey(collection, owner, key), encode(collection.value, value));
  }
  return changes;
};
