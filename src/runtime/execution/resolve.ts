import type { StateSource } from '../../actors/source.ts';
import { fromHex, toHex } from '../../codec/index.ts';
import type { NodeReader } from '../tree/reader.ts';
import type { Overlay } from './overlay.ts';

/** All that a block is executed on: the records and the tree nodes of one state. */
export interface StateView extends StateSource, NodeReader {}

type Entry = readonly [key: Uint8Array, value: Uint8Array];

/** The keys that an overlay wrote, in order; made when the first range asks for them. */
const SORTED_KEYS = new WeakMap<Overlay, readonly string[]>();

const sortedKeys = (overlay: Overlay): readonly string[] => {
  const known = SORTED_KEYS.get(overlay);
  if (known !== undefined) return known;
  const keys = [...overlay.state.keys()].sort((a, b) => (a < b ? -1 : 1));
  SORTED_KEYS.set(overlay, keys);
  return keys;
};

/** Index of the first key that is not below `key`. */
const lowerBound = (keys: readonly string[], key: string): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** One layer of a merge: where it stands, and what it says there. */
interface Cursor {
  readonly key: string | undefined;
  readonly value: Uint8Array | undefined;
  readonly advance: () => void;
}

const overlayCursor = (overlay: Overlay, from: string, to: string): Cursor => {
  const keys = sortedKeys(overlay);
  let at = lowerBound(keys, from);
  return {
    get key() {
      const key = keys[at];
      return key !== undefined && key < to ? key : undefined;
    },
    get value() {
      return overlay.state.get(keys[at] as string);
    },
    advance: () => {
      at += 1;
    },
  };
};

const baseCursor = (entries: Iterator<Entry>): Cursor => {
  let current = entries.next();
  let key = current.done === true ? undefined : toHex(current.value[0]);
  return {
    get key() {
      return key;
    },
    get value() {
      return current.done === true ? undefined : current.value[1];
    },
    advance: () => {
      current = entries.next();
      key = current.done === true ? undefined : toHex(current.value[0]);
    },
  };
};

/** The layer with the lowest key; of several, the newest, which stands first. */
const lowestOf = (layers: readonly Cursor[]): Cursor | undefined => {
  let lowest: Cursor | undefined;
  for (const layer of layers) {
    if (layer.key === undefined) continue;
    if (lowest?.key === undefined || layer.key < lowest.key) lowest = layer;
  }
  return lowest;
};

/** Merges layers, the newest first: of one key the newest layer speaks, deletions are left out. */
function* merge(overlays: readonly Overlay[], base: StateView, from: Uint8Array, to: Uint8Array) {
  const [first, end] = [toHex(from), toHex(to)];
  const entries = base.range(from, to)[Symbol.iterator]();
  const layers = overlays.map((overlay) => overlayCursor(overlay, first, end));
  layers.push(baseCursor(entries));
  try {
    for (let lowest = lowestOf(layers); lowest !== undefined; lowest = lowestOf(layers)) {
      const { key, value } = lowest;
      for (const layer of layers) if (layer.key === key) layer.advance();
      if (value !== undefined) yield [fromHex(key as string), value] as const;
    }
  } finally {
    // A reader that stops early must not leave a cursor of the database open.
    entries.return?.();
  }
}

/**
 * The state after a pending block: its own changes, then those of its pending ancestors, then the
 * committed state. Nothing is copied, so the cost of a fork is that of what it changes; a read
 * looks into one map per pending ancestor.
 */
export const resolve = (lineage: readonly Overlay[], base: StateView): StateView => {
  if (lineage.length === 0) return base;
  return {
    get: (key) => {
      const text = toHex(key);
      for (const { state } of lineage) {
        const value = state.get(text);
        if (value !== undefined) return value;
        if (state.has(text)) return undefined;
      }
      return base.get(key);
    },
    range: (from, to) => merge(lineage, base, from, to),
    getNode: (key) => {
      for (const { treePut } of lineage) {
        const node = treePut.get(key);
        if (node !== undefined) return node;
      }
      return base.getNode(key);
    },
  };
};
