import { ok } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { storeFailure } from '../errors.ts';
import { isRefusal, isTableRoot, readLatestMeta, readPageSize, readTableRoot } from './meta.ts';
import type { Meta, Refusal, TableRoot } from './meta.ts';
import { PageFile } from './page-file.ts';
import { F_SUBDATA, PageError, TreeWalk } from './walk.ts';
import type { LeafNode } from './walk.ts';

/** How much of a file is read: the pages that lead to others, or every page. */
export type Inspection = 'branches' | 'pages';

/**
 * First key of the state that blocks look for by range, without knowing it: timers (keys.ts of the
 * actors). The state tree can tell that one record is missing, not that a range is short of some;
 * so these few pages are always read.
 */
const RANGED_FROM = Uint8Array.of(2);

/** What tells which program and chain a database belongs to. */
export interface Contents {
  readonly tables: readonly string[];
  /** Rows of the table `meta`, by key as text. */
  readonly meta: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the structure of an LMDB file without LMDB, which trusts what is in the file and can take
 * the process down over a damaged page: sizes, page numbers, kinds, bounds, order of keys, and that
 * no page is used twice or is free as well. What the pages hold is a matter of the checksums of
 * records. `judge` says what the database is, or why it is not to be used, before its other tables
 * are looked at. Throws what the file system throws.
 */
export function inspectFile<T>(
  path: string,
  inspection: Inspection,
  judge: (contents: Contents) => Result<T>,
): Result<T> {
  const refused = ({ code, what }: Refusal) => storeFailure(code, { what });
  const file = new PageFile(path);
  try {
    const pageSize = readPageSize(file);
    if (typeof pageSize !== 'number') return refused(pageSize);
    const meta = readLatestMeta(file, pageSize);
    if (isRefusal(meta)) return refused(meta);
    if (meta.lastPage < 1 || meta.lastPage > file.size) {
      return refused({ code: 'store/damaged', what: 'the last page is an impossible one' });
    }
    return inspectTables(new TreeWalk(file, pageSize, meta.lastPage), meta, inspection, judge);
  } catch (error) {
    if (error instanceof PageError) return refused({ code: 'store/damaged', what: error.message });
    throw error;
  } finally {
    file.close();
  }
}

function inspectTables<T>(
  walk: TreeWalk,
  meta: Meta,
  inspection: Inspection,
  judge: (contents: Contents) => Result<T>,
): Result<T> {
  const roots = tableRoots(walk, meta.main);
  const rows = new Map<string, Uint8Array>();
  const own = roots.get('meta');
  if (own !== undefined) {
    const onLeaf = ({ key, data }: LeafNode): void => {
      if (data !== undefined) rows.set(textOf(key), data.slice());
    };
    walk.table(own, { branchesOnly: false, integerKeys: false, onLeaf });
  }
  const verdict = judge({ tables: [...roots.keys()], meta: rows });
  if (!verdict.ok) return verdict;
  for (const [name, root] of roots) {
    if (root.flags !== 0) throw new PageError(`the table ${name} has unknown flags`);
    if (name === 'meta') continue;
    const branchesOnly = inspection === 'branches';
    const leavesFrom = name === 'state' ? { leavesFrom: RANGED_FROM } : {};
    walk.table(root, { branchesOnly, integerKeys: false, ...leavesFrom });
  }
  inspectFreePages(walk, meta);
  return ok(verdict.value);
}

/** The tables that the main table names; whatever else it holds appears as a table as well. */
function tableRoots(walk: TreeWalk, main: TableRoot): ReadonlyMap<string, TableRoot> {
  const roots = new Map<string, TableRoot>();
  const onLeaf = ({ key, flags, data }: LeafNode): void => {
    const name = textOf(key).replace(TABLE_NAME_END, '');
    const isTable = flags === F_SUBDATA && data !== undefined && isTableRoot(data);
    const root = isTable ? readTableRoot(viewOf(data), 0) : NO_TABLE;
    if (root === undefined) throw new PageError(`the table ${name} contradicts itself`);
    roots.set(name, root);
  };
  walk.table(main, { branchesOnly: false, integerKeys: false, onLeaf });
  return roots;
}

/** Every free page is one that nothing uses: LMDB would write over it. */
function inspectFreePages(walk: TreeWalk, meta: Meta): void {
  const lists: Uint8Array[] = [];
  walk.table(meta.free, {
    branchesOnly: false,
    integerKeys: true,
    onLeaf: ({ key, data, overflow }: LeafNode) => {
      if (key.length !== 8) throw new PageError('a list of free pages has an odd key');
      if (data !== undefined) lists.push(data.slice());
      else if (overflow !== undefined) lists.push(walk.overflowData(overflow.page, overflow.bytes));
    },
  });
  for (const list of lists) markFree(walk, list, meta.lastPage);
}

/**
 * A list of free pages: the number of words, then words that are 0 (nothing), a page, or the
 * negative length of a run that the next word begins (midl.c of the lmdb package).
 */
function markFree(walk: TreeWalk, list: Uint8Array, lastPage: number): void {
  const view = viewOf(list);
  const words = list.length >>> 3;
  const length = words === 0 ? -1n : view.getBigInt64(0, true);
  if (list.length % 8 !== 0 || length < 0n || length >= BigInt(words)) {
    throw new PageError('a list of free pages has an impossible length');
  }
  for (let i = 1; i <= Number(length); i++) {
    let first = view.getBigInt64(8 * i, true);
    let run = 1n;
    if (first === 0n) continue;
    if (first < 0n) {
      run = -first;
      i += 1;
      first = i <= Number(length) ? view.getBigInt64(8 * i, true) : 0n;
    }
    if (first < 2n || first + run - 1n > BigInt(lastPage)) {
      throw new PageError('a list of free pages names one that is not there');
    }
    for (let page = Number(first); page < Number(first + run); page++) {
      if (walk.used[page] !== 0) throw new PageError(`page ${page} is free and in use`);
      walk.used[page] = 1;
    }
  }
}

/** The lmdb package ends the names of tables with a zero byte. */
const TABLE_NAME_END = /\0$/;
const NO_TABLE: TableRoot = {
  flags: -1,
  depth: 0,
  branchPages: 0n,
  leafPages: 0n,
  overflowPages: 0n,
  entries: 0n,
  root: undefined,
};

const textOf = (key: Uint8Array): string => Buffer.from(key).toString('latin1');

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
