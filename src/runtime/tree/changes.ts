import { assert, fromHex } from '../../codec/index.ts';
import { HASH_BYTES } from './hash.ts';
import type { Sha256Into } from './hash.ts';
import { MAX_KEY_BYTES } from './record.ts';

/** Raw key in hex → value, or undefined where the key is deleted. */
export type TreeChanges = ReadonlyMap<string, Uint8Array | undefined>;

/** The changes of a batch in the order of their keys' hashes, which is the order of the tree. */
export class SortedChanges {
  readonly count: number;
  /** Hashes of the keys, in order. */
  readonly hashes: Uint8Array;
  readonly keys: readonly Uint8Array[];
  /** Undefined: the key is deleted. */
  readonly values: readonly (Uint8Array | undefined)[];

  constructor(changes: TreeChanges, digest: Sha256Into) {
    const entries = [...changes];
    const keys = entries.map(([key]) => checkedKey(key));
    const unsorted = new Uint8Array(entries.length * HASH_BYTES);
    keys.forEach((key, i) => digest(key, unsorted, i * HASH_BYTES));
    const order = sortByHash(unsorted, entries.length);
    this.count = entries.length;
    this.hashes = new Uint8Array(unsorted.length);
    order.forEach((from, to) => {
      const start = from * HASH_BYTES;
      this.hashes.set(unsorted.subarray(start, start + HASH_BYTES), to * HASH_BYTES);
    });
    this.keys = order.map((i) => keys[i] as Uint8Array);
    this.values = order.map((i) => checkedValue((entries[i] as (typeof entries)[number])[1]));
  }

  /** The nibble of a change's key hash at a depth. */
  nibble(change: number, depth: number): number {
    return nibbleAt(this.hashes, change * HASH_BYTES, depth);
  }
}

/** The nibble at a depth of the hash that begins at `offset`. */
export function nibbleAt(hashes: Uint8Array, offset: number, depth: number): number {
  const byte = hashes[offset + (depth >> 1)] as number;
  return depth % 2 === 0 ? byte >> 4 : byte & 15;
}

// ICS-23 has no leaf for an empty key or an empty value, so neither may enter the tree.
function checkedKey(text: string): Uint8Array {
  const key = fromHex(text);
  assert(key.length > 0 && key.length <= MAX_KEY_BYTES, 'a key of the tree has 1 to 511 bytes');
  return key;
}

function checkedValue(value: Uint8Array | undefined): Uint8Array | undefined {
  assert(value === undefined || value.length > 0, 'a value of the tree is never empty');
  return value;
}

/** The order of so many hashes, one every `stride` bytes: their numbers, lowest hash first. */
export function sortByHash(hashes: Uint8Array, count: number, stride = HASH_BYTES): number[] {
  const view = new DataView(hashes.buffer, hashes.byteOffset);
  const heads = new Uint32Array(count);
  for (let i = 0; i < count; i++) heads[i] = view.getUint32(i * stride);
  const order = Array.from(heads, (_, i) => i);
  return order.sort((a, b) => {
    const difference = (heads[a] as number) - (heads[b] as number);
    return difference === 0 ? compareHashes(hashes, a * stride, b * stride) : difference;
  });
}

function compareHashes(hashes: Uint8Array, a: number, b: number): number {
  for (let i = 0; i < HASH_BYTES; i++) {
    const difference = (hashes[a + i] as number) - (hashes[b + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
