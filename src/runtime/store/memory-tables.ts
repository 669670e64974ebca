import { ok } from '../../codec/index.ts';
import { TABLES } from './tables.ts';
import type { BeforeWrite, Row, Table, TableWriter, Tables } from './tables.ts';

// A key as text with one UTF-16 unit a byte: such texts compare as their bytes do.
const textOf = (key: Uint8Array): string => String.fromCharCode(...key);
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (unit) => unit.charCodeAt(0));

/** A sorted table: a map, and its keys in order, brought up to date when a range is read. */
class MemoryTable {
  readonly rows = new Map<string, Uint8Array>();
  #sorted: string[] = [];
  #added: string[] = [];
  #removed = 0;
  bytes = 0;

  set(key: string, value: Uint8Array | undefined): void {
    const old = this.rows.get(key);
    if (old !== undefined) this.bytes -= key.length + old.length;
    if (value === undefined) {
      if (this.rows.delete(key)) this.#removed += 1;
      return;
    }
    if (old === undefined) this.#added.push(key);
    this.rows.set(key, value);
    this.bytes += key.length + value.length;
  }

  /** The keys in order. */
  sorted(): readonly string[] {
    if (this.#added.length === 0 && this.#removed === 0) return this.#sorted;
    const added = this.#added.sort(compareText);
    const merged: string[] = [];
    const take = (key: string): void => {
      if (this.rows.has(key) && merged.at(-1) !== key) merged.push(key);
    };
    let next = 0;
    for (const key of this.#sorted) {
      for (; next < added.length && (added[next] as string) < key; next++) {
        take(added[next] as string);
      }
      take(key);
    }
    for (; next < added.length; next++) take(added[next] as string);
    this.#sorted = merged;
    this.#added = [];
    this.#removed = 0;
    return merged;
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Index of the first key that is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tables in memory: for tests, for the development of hosts, for chains that need not last. */
export class MemoryTables implements Tables {
  readonly #tables = new Map<Table, MemoryTable>(TABLES.map((name) => [name, new MemoryTable()]));
  readonly #beforeWrite: BeforeWrite | undefined;

  constructor(beforeWrite: BeforeWrite | undefined) {
    this.#beforeWrite = beforeWrite;
  }

  #table(name: Table): MemoryTable {
    return this.#tables.get(name) as MemoryTable;
  }

  get(table: Table, key: Uint8Array): Uint8Array | undefined {
    return this.#table(table).rows.get(textOf(key))?.slice();
  }

  *range(table: Table, from: Uint8Array, to?: Uint8Array): Iterable<Row> {
    const { rows } = this.#table(table);
    const keys = this.#table(table).sorted();
    const end = to === undefined ? keys.length : lowerBound(keys, textOf(to));
    for (let i = lowerBound(keys, textOf(from)); i < end; i++) {
      const key = keys[i] as string;
      const value = rows.get(key);
      if (value !== undefined) yield [bytesOf(key), value.slice()];
    }
  }

  write(body: (writer: TableWriter) => void): ReturnType<Tables['write']> {
    const journal: (readonly [MemoryTable, string, Uint8Array | undefined])[] = [];
    const set = (name: Table, key: Uint8Array, value: Uint8Array | undefined): void => {
      this.#beforeWrite?.(value === undefined ? 'remove' : 'put');
      const table = this.#table(name);
      const text = textOf(key);
      journal.push([table, text, table.rows.get(text)]);
      table.set(text, value?.slice());
    };
    try {
      body({
        get: (table, key) => this.get(table, key),
        range: (table, from, to) => this.range(table, from, to),
        put: set,
        remove: (table, key) => set(table, key, undefined),
      });
      this.#beforeWrite?.('commit');
    } catch (error) {
      for (const [table, key, value] of journal.reverse()) table.set(key, value);
      throw error;
    }
    return ok(undefined);
  }

  count(table: Table): number {
    return this.#table(table).rows.size;
  }

  sizes(): { readonly bytes: number; readonly mapBytes: number } {
    let bytes = 0;
    for (const table of this.#tables.values()) bytes += table.bytes;
    return { bytes, mapBytes: 0 };
  }

  close(): void {
    this.#tables.clear();
  }
}
