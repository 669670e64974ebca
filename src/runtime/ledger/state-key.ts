import { actorKey, entryKey } from '../../actors/keys.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { type ActorId, type Collection, kindOf } from '../../machines/kit/index.ts';
import { runtimeFail } from '../errors.ts';
import { collectionsOf } from './collections.ts';
import { actorOf, isHex, isHexText } from './inputs.ts';

/** What is asked for: an actor's record, an entry of one of its collections, or a raw key. */
export type Subject =
  | { readonly actor: string }
  | { readonly entry: EntrySubject }
  | { readonly key: string };

export interface EntrySubject {
  /** Text form of the actor that holds the collection. */
  readonly owner: string;
  /** Name of the collection, such as `payers`. */
  readonly collection: string;
  /** Key within it, hex. */
  readonly key: string;
}

/** A key of the state tree, and how to read what stands there. */
export interface StateKey {
  readonly key: string;
  readonly actor: ActorId | undefined;
  readonly collection: Collection<unknown> | undefined;
}

/** Longest key of the state tree that exists: an entry of an actor with a key of 32 bytes each. */
const MAX_KEY_BYTES = 128;

/** The collection of an actor by name. */
export const findCollection = (owner: ActorId, name: string): Result<Collection<unknown>> => {
  const known = collectionsOf(kindOf(owner));
  const found = known.find((collection) => collection.name === name);
  if (found !== undefined) return ok(found);
  const names = known.map((collection) => collection.name).join(', ');
  return runtimeFail('runtime/unknown-collection', { found: name, known: names });
};

const entryStateKey = (entry: EntrySubject): Result<StateKey> => {
  const owner = actorOf(entry.owner);
  if (!owner.ok) return owner;
  const collection = findCollection(owner.value, entry.collection);
  if (!collection.ok) return collection;
  const { keyBytes } = collection.value;
  if (!isHex(entry.key, keyBytes)) {
    return runtimeFail('runtime/bad-key', { found: entry.key, bytes: String(keyBytes) });
  }
  const key = entryKey(collection.value, owner.value, entry.key);
  return ok({ key, actor: undefined, collection: collection.value });
};

/**
 * The key in the state tree of what is asked for. Light clients make the key that they verify a
 * proof for with this, from what they asked, never from the answer.
 */
export const stateKey = (subject: Subject): Result<StateKey> => {
  if ('actor' in subject) {
    const actor = actorOf(subject.actor);
    if (!actor.ok) return actor;
    return ok({ key: actorKey(actor.value), actor: actor.value, collection: undefined });
  }
  if ('entry' in subject) return entryStateKey(subject.entry);
  const { key } = subject;
  if (!isHexText(key) || key.length === 0 || key.length > 2 * MAX_KEY_BYTES) {
    return runtimeFail('runtime/bad-key', { found: String(key).slice(0, 2 * MAX_KEY_BYTES) });
  }
  return ok({ key, actor: undefined, collection: undefined });
};
