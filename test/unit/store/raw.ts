import { open } from 'lmdb';
import { SCHEMA_KEY } from '../../../src/runtime/store/layout.ts';
import { seal } from '../../../src/runtime/store/records.ts';

// The database without the store in front of it: to do to it what must not happen to it.

const BINARY = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;

export const openRaw = (path: string) =>
  open<Buffer, Uint8Array>({ path, ...BINARY, noSubdir: false, overlappingSync: false });

const openTable = (path: string, name: string) => {
  const root = openRaw(path);
  const table = root.openDB<Uint8Array, Uint8Array>({ name, ...BINARY });
  const rows = [...table.getRange({ start: Uint8Array.of(0) })];
  return { table, rows, close: () => root.close() };
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The rows of a table, in hex. */
export async function readRows(path: string, name: string): Promise<Map<string, string>> {
  const { rows, close } = openTable(path, name);
  await close();
  return new Map(rows.map(({ key, value }) => [hex(key), hex(value)]));
}

/** Overwrites or removes the n-th record of a table; returns its key in hex. */
export async function tamper(
  path: string,
  name: string,
  change: (value: Buffer) => Uint8Array | undefined,
  nth = 0,
): Promise<string> {
  const { table, rows, close } = openTable(path, name);
  const row = rows[nth];
  if (row === undefined) throw new Error(`table ${name} has no row ${nth}`);
  const changed = change(Buffer.from(row.value));
  if (changed === undefined) table.removeSync(row.key);
  else table.putSync(row.key, changed);
  await close();
  return hex(row.key);
}

/** Makes the database say that it has another layout, with a checksum that is right. */
export async function rewriteSchema(path: string): Promise<void> {
  const schema = 1;
  await tamper(path, 'meta', () => seal(SCHEMA_KEY, Uint8Array.of(0, 0, 0, 2)), schema);
}
