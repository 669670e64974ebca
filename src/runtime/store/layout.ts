import {
  assert,
  blob,
  concatBytes,
  hex,
  record,
  text,
  u32,
  u64,
  u64be,
  utf8,
} from '../../codec/index.ts';
import type { Infer } from '../../codec/index.ts';

// Keys and structured records of the tables:
//   meta            'schema', 'identity', 'tip'
//   state           raw key → value
//   nodes           node key (version u64 ‖ path) → node of the tree
//   stale           height u64 ‖ part u32 → keys of nodes that only older heights refer to
//   undo            height u64 ‖ raw key → what the state held before the block of that height
//   blocks          height u64 → block
//   blockIds        block id → height u64
//   transactions    height u64 ‖ index u32 → transaction and receipt
//   transactionIds  transaction id → height u64 ‖ index u32
// Heights come first, so that what a block adds lies together and what leaves the history does too.

/** Longest key of the state; the store's own keys stay below LMDB's limit of 1,978 bytes. */
export const MAX_STATE_KEY_BYTES = 511;
/** Longest header, transaction or receipt: far above the limits of the layers that make them. */
const MAX_PART_BYTES = 1 << 26;
const MAX_IDENTITY_TEXT_BYTES = 256;
const ID_BYTES = 32;
const HEIGHT_BYTES = 8;
const ITEM_KEY_BYTES = 12;
/** Node keys in one record of the index of stale nodes: a unit of pruning. */
export const STALE_KEYS_PER_RECORD = 64;

/** The number of the layout: found under this key, sealed, in every layout there will ever be. */
export const SCHEMA_KEY = utf8('schema');
export const IDENTITY_KEY = utf8('identity');
export const TIP_KEY = utf8('tip');

export const identityRecord = record({
  networkId: u32,
  chainId: text(MAX_IDENTITY_TEXT_BYTES),
  genesisHash: text(MAX_IDENTITY_TEXT_BYTES),
});

export const tipRecord = record({
  height: u64,
  blockId: hex(ID_BYTES),
  root: hex(ID_BYTES),
  time: u64,
  activity: hex(ID_BYTES),
  /** Lowest height that can be read. */
  oldest: u64,
});
export type TipRecord = Infer<typeof tipRecord>;

export const blockRecord = record({
  blockId: hex(ID_BYTES),
  parentId: hex(ID_BYTES),
  time: u64,
  root: hex(ID_BYTES),
  activity: hex(ID_BYTES),
  header: blob(MAX_PART_BYTES),
  beginReceipt: blob(MAX_PART_BYTES),
  transactionCount: u32,
});

export const transactionRecord = record({
  id: hex(ID_BYTES),
  bytes: blob(MAX_PART_BYTES),
  receipt: blob(MAX_PART_BYTES),
});

export const heightKey = u64be;

/** Key of the undo record of a state key. */
export const undoKey = (height: bigint, key: Uint8Array): Uint8Array =>
  concatBytes(u64be(height), key);

/** Key of the n-th record of a height. */
export function itemKey(height: bigint, item: number): Uint8Array {
  const key = new Uint8Array(ITEM_KEY_BYTES);
  const view = new DataView(key.buffer);
  view.setBigUint64(0, height);
  view.setUint32(HEIGHT_BYTES, item);
  return key;
}

/** The place that a key of `itemKey` names. */
export function placeOf(key: Uint8Array): { readonly height: bigint; readonly index: number } {
  assert(key.length === ITEM_KEY_BYTES, 'the key names a height and an item');
  const view = new DataView(key.buffer, key.byteOffset);
  return { height: view.getBigUint64(0), index: view.getUint32(HEIGHT_BYTES) };
}

/** The height that a key of `heightKey` names. */
export function heightOf(key: Uint8Array): bigint {
  assert(key.length === HEIGHT_BYTES, 'the key names a height');
  return new DataView(key.buffer, key.byteOffset).getBigUint64(0);
}

/** What undo records hold: nothing was there, or the stored record that was. */
const WAS_ABSENT = Uint8Array.of(0);
const WAS_PRESENT = Uint8Array.of(1);

export const undoValue = (previous: Uint8Array | undefined): Uint8Array =>
  previous === undefined ? WAS_ABSENT : concatBytes(WAS_PRESENT, previous);

/** The stored record that an undo record holds. */
export const previousIn = (undo: Uint8Array): Uint8Array | undefined =>
  undo[0] === 0 ? undefined : undo.subarray(1);
