import { ok } from '../../codec/index.ts';
import {
  type Row,
  type Table,
  TABLES,
  type Tables,
  type TableWriter,
} from '../../runtime/store/tables.ts';
import { PersistentMap } from './persistent-map.ts';

type Rows = PersistentMap<Uint8Array>;
type Contents = Readonly<Record<Table, Rows>>;

/** One UTF-16 unit a byte: such texts compare as their bytes do. */
const textOf = (key: Uint8Array): string => String.fromCharCode(...key);
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (unit) => unit.charCodeAt(0));

const EMPTY = Object.fromEntries(
  TABLES.map((table) => [table, PersistentMap.empty<Uint8Array>()]),
) as unknown as Contents;

function* rowsOf(rows: Rows, from: Uint8Array, to: Uint8Array | undefined): Iterable<Row> {
  const end = to === undefined ? undefined : textOf(to);
  for (const [key, value] of rows.range(textOf(from), end)) yield [bytesOf(key), value.slice()];
}

/**
 * The tables of a store whose contents can be taken over by another for nothing: `fork` gives
 * tables that begin with what is here, and neither sees what the other writes from then on.
 */
export class PersistentTables implements Tables {
  #contents: Contents;

  constructor(contents: Contents = EMPTY) {
    this.#contents = contents;
  }

  fork(): PersistentTables {
    return new PersistentTables(this.#contents);
  }

  get(table: Table, key: Uint8Array): Uint8Array | undefined {
    return this.#contents[table].get(textOf(key))?.slice();
  }

  range(table: Table, from: Uint8Array, to?: Uint8Array): Iterable<Row> {
    return rowsOf(this.#contents[table], from, to);
  }

  write(body: (writer: TableWriter) => void): ReturnType<Tables['write']> {
    const written: Record<Table, Rows> = { ...this.#contents };
    const set = (table: Table, key: Uint8Array, value: Uint8Array | undefined): void => {
      written[table] = written[table].with(textOf(key), value?.slice());
    };
    body({
      get: (table, key) => written[table].get(textOf(key))?.slice(),
      range: (table, from, to) => rowsOf(written[table], from, to),
      put: set,
      remove: (table, key) => set(table, key, undefined),
    });
    this.#contents = written;
    return ok(undefined);
  }

  count(table: Table): number {
    return this.#contents[table].size;
  }

  sizes(): { readonly bytes: number; readonly mapBytes: number } {
    let bytes = 0;
    for (const table of TABLES) {
      for (const [key, value] of this.#contents[table].range()) bytes += key.length + value.length;
    }
    return { bytes, mapBytes: 0 };
  }

  close(): void {
    this.#contents = EMPTY;
  }
}
