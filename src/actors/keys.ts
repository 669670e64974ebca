import { assert } from '../codec/failure.ts';
import { fromHex, toHex } from '../codec/index.ts';
import { ACTOR_KINDS, addressHex, type ActorId, type ActorKind } from '../machines/kit/index.ts';
import type { Collection } from '../machines/kit/index.ts';

/*
 * Keys of the state tree, as hex:
 *   00 ‖ kind u8 ‖ key                                    an actor's record
 *   01 ‖ kind u8 ‖ key ‖ collection u8 ‖ entry key        an entry of one of its collections
 *   02 ‖ height u64 ‖ kind u8 ‖ key                       its timer, with TIMER_VALUE
 * Within a kind keys have one length, so no key is the beginning of another.
 */
const ACTOR = '00';
const ENTRY = '01';
const TIMER = '02';
/** What stands in front of an address in the key of an actor's record. */
export const KEY_SPACE_BYTES = 1;
const U8_DIGITS = 2;
const U64_DIGITS = 16;

/** The value of a timer: an empty array in CBOR. All there is to know stands in the key. */
export const TIMER_VALUE: Uint8Array = Uint8Array.of(0x80);

const u8Hex = (value: number): string => value.toString(16).padStart(U8_DIGITS, '0');
const u64Hex = (value: bigint): string => value.toString(16).padStart(U64_DIGITS, '0');

export const actorKey = (id: ActorId): string => ACTOR + addressHex(id);

/** Every key of one collection of one actor begins so. */
export const collectionPrefix = (collection: Collection<unknown>, owner: ActorId): string =>
  ENTRY + addressHex(owner) + u8Hex(collection.code);

export const entryKey = (collection: Collection<unknown>, owner: ActorId, key: string): string => {
  assert(key.length === 2 * collection.keyBytes, `key length of ${collection.name}`);
  return collectionPrefix(collection, owner) + key;
};

export const timerKey = (height: bigint, id: ActorId): string =>
  TIMER + u64Hex(height) + addressHex(id);

/** All timers of heights up to and including this one: `[from, to)` for a range. */
export const timersUntil = (height: bigint): readonly [Uint8Array, Uint8Array] => [
  fromHex(TIMER),
  fromHex(TIMER + u64Hex(height + 1n)),
];

/** All records of one kind from a key on, as hex; `[from, to)` for a range. */
export const actorsFrom = (kind: ActorKind, key: string): readonly [Uint8Array, Uint8Array] => {
  const { code } = ACTOR_KINDS[kind];
  return [fromHex(ACTOR + u8Hex(code) + key), fromHex(ACTOR + u8Hex(code + 1))];
};

/** Entries of one collection of one actor from a key on; `[from, to)` for a range. */
export const entriesFrom = (
  collection: Collection<unknown>,
  owner: ActorId,
  key: string,
): readonly [Uint8Array, Uint8Array] => [
  fromHex(collectionPrefix(collection, owner) + key),
  fromHex(ENTRY + addressHex(owner) + u8Hex(collection.code + 1)),
];

/** All records of all actors. */
export const ALL_ACTORS: readonly [Uint8Array, Uint8Array] = [fromHex(ACTOR), fromHex(ENTRY)];

const KIND_OF_CODE = new Map<number, ActorKind>(
  (Object.keys(ACTOR_KINDS) as ActorKind[]).map((kind) => [ACTOR_KINDS[kind].code, kind]),
);

const idOf = (code: number | undefined, key: Uint8Array): ActorId => {
  const kind = KIND_OF_CODE.get(code ?? 0);
  assert(kind !== undefined, 'a key of the state names no kind of actor');
  assert(key.length === ACTOR_KINDS[kind].keyBytes, `key length of ${kind} in the state`);
  return `${kind}:${toHex(key)}` as ActorId;
};

/** The actor whose record stands under a key of the state. */
export const actorOfKey = (key: Uint8Array): ActorId => idOf(key[1], key.subarray(2));

/** The timer that stands under a key of the state. */
export const timerOfKey = (key: Uint8Array): { readonly height: bigint; readonly id: ActorId } => ({
  height: BigInt(`0x${toHex(key.subarray(1, 9))}`),
  id: idOf(key[9], key.subarray(10)),
});
