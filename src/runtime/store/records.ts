import { crc32 } from 'node:zlib';
import { decode, encode, toHex } from '../../codec/index.ts';
import type { Schema } from '../../codec/index.ts';
import { HASH_BYTES, createHasher, nodeSha256 } from '../tree/index.ts';
import { StoreDamagedError } from './errors.ts';
import type { Table } from './tables.ts';

/** Bytes of the checksum in front of a record that is not of the state. */
const CHECKSUM_BYTES = 4;
/** Bytes of the leaf hash in front of a record of the state (ARCHITECTURE, store). */
const TAG_BYTES = 8;

const hasher = createHasher(nodeSha256);
const scratch = new Uint8Array(2 * HASH_BYTES);

/** The first bytes of the leaf hash; the result is overwritten by the next call. */
function leafTag(key: Uint8Array, value: Uint8Array): Uint8Array {
  hasher.digest(key, scratch, 0);
  hasher.leaf(scratch, 0, value, scratch, HASH_BYTES);
  return scratch.subarray(HASH_BYTES, HASH_BYTES + TAG_BYTES);
}

/** Hash of a leaf, from its key's hash. */
export function leafHashOf(keyHash: Uint8Array, value: Uint8Array): Uint8Array {
  const hash = new Uint8Array(HASH_BYTES);
  hasher.leaf(keyHash, 0, value, hash, 0);
  return hash;
}

// A record of the state begins with the first bytes of its leaf hash: the tree's own commitment to
// key and value. Others begin with the CRC-32 (IEEE 802.3) of key and value, which finds every
// burst of errors up to 32 bits; they are not part of what the root commits to.

// Records are sealed one by one, right before they are written: in one piece of memory.
let sealing = new Uint8Array(1 << 16);

function roomFor(bytes: number): Uint8Array {
  if (bytes > sealing.length) sealing = new Uint8Array(2 * bytes);
  return sealing.subarray(0, bytes);
}

/** A record of the state, as it is stored; the result is overwritten by the next sealing. */
export function sealState(key: Uint8Array, value: Uint8Array): Uint8Array {
  const sealed = roomFor(TAG_BYTES + value.length);
  sealed.set(leafTag(key, value));
  sealed.set(value, TAG_BYTES);
  return sealed;
}

/** The value of a stored record of the state. Throws StoreDamagedError. */
export function openState(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length <= TAG_BYTES) throw damaged('state', key, 'the record is too short');
  const value = sealed.subarray(TAG_BYTES);
  const tag = leafTag(key, value);
  for (let i = 0; i < TAG_BYTES; i++) {
    if (tag[i] !== sealed[i])
      throw damaged('state', key, 'the record does not match its leaf hash');
  }
  return value;
}

/** Any other record, as it is stored; the result is overwritten by the next sealing. */
export function seal(key: Uint8Array, value: Uint8Array): Uint8Array {
  const sealed = roomFor(CHECKSUM_BYTES + value.length);
  new DataView(sealed.buffer).setUint32(0, crc32(value, crc32(key)));
  sealed.set(value, CHECKSUM_BYTES);
  return sealed;
}

/** The value of any other stored record. Throws StoreDamagedError. */
export function unseal(table: Table, key: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < CHECKSUM_BYTES) throw damaged(table, key, 'the record is too short');
  const value = sealed.subarray(CHECKSUM_BYTES);
  const view = new DataView(sealed.buffer, sealed.byteOffset);
  if (view.getUint32(0) !== crc32(value, crc32(key))) {
    throw damaged(table, key, 'the record does not match its checksum');
  }
  return value;
}

/** A structured record, as it is stored; the result is overwritten by the next sealing. */
export const sealRecord = <T>(schema: Schema<T>, key: Uint8Array, value: T): Uint8Array =>
  seal(key, encode(schema, value));

/** The value of a stored structured record. Throws StoreDamagedError. */
export function unsealRecord<T>(
  table: Table,
  schema: Schema<T>,
  key: Uint8Array,
  sealed: Uint8Array,
): T {
  const bytes = unseal(table, key, sealed);
  const decoded = decode(schema, bytes, schema.maxBytes);
  if (decoded.ok) return decoded.value;
  throw damaged(table, key, `the record cannot be decoded (${decoded.failure.code})`);
}

/** The error for a record of this table and key. */
export const damaged = (table: Table, key: Uint8Array, what: string): StoreDamagedError =>
  new StoreDamagedError(table, toHex(key), what);
