import { F_SUBDATA, PageError, TreeWalk } from './walk.ts';
import type { LeafNode } from './walk.ts';
import { isRefusal, isTableRoot, readLatestMeta, readPageSize, readTableRoot } from './meta.ts';
import type { Meta, Refusal, TableRoot } from './meta.ts';
import { PageFile } from './page-file.ts';

/** How much of a file is read: the pages that lead to others, or every page. */
export type Inspection = 'branches' | 'pages';

export interface Inspected {
  /** Tables by name. */
  readonly tables: ReadonlyMap<string, TableRoot>;
}

/**
 * Reads the structure of an LMDB file without LMDB, which trusts what is in the file and can take
 * the process down over a damaged page: sizes, page numbers, kinds, bounds, order of keys, and that
 * no page is used twice or is free as well. `known` names the tables that may be there. What the
 * pages hold is a matter of the checksums of records.
 */
export function inspectFile(
  path: string,
  inspection: Inspection,
  known: readonly string[],
): Inspected | Refusal {
  const file = new PageFile(path);
  try {
    const pageSize = readPageSize(file);
    if (typeof pageSize !== 'number') return pageSize;
    const meta = readLatestMeta(file, pageSize);
    if (isRefusal(meta)) return meta;
    if (meta.lastPage < 1 || meta.lastPage > file.size) {
      return { code: 'store/damaged', what: 'the meta page names an impossible last page' };
    }
    return inspectTables(new TreeWalk(file, pageSize, meta.lastPage), meta, inspection, known);
  } catch (error) {
    if (error instanceof PageError) return { code: 'store/damaged', what: error.message };
    throw error;
  } finally {
    file.close();
  }
}

function inspectTables(
  walk: TreeWalk,
  meta: Meta,
  inspection: Inspection,
  known: readonly string[],
): Inspected | Refusal {
  const tables = new Map<string, TableRoot>();
  let foreign: string | undefined;
  walk.table(meta.main, {
    branchesOnly: false,
    integerKeys: false,
    onLeaf: ({ key, flags, data }) => {
      const name = nameOf(key);
      if (!known.includes(name) || flags !== F_SUBDATA || data === undefined) {
        foreign ??= name;
        return;
      }
      const root = isTableRoot(data) ? readTableRoot(viewOf(data), 0) : undefined;
      if (root === undefined || root.flags !== 0) throw new PageError(`the table ${name} is odd`);
      tables.set(name, root);
    },
  });
  if (foreign !== undefined) {
    return { code: 'store/foreign', what: `the database has an entry ${JSON.stringify(foreign)}` };
  }
  for (const root of tables.values()) {
    walk.table(root, { branchesOnly: inspection === 'branches', integerKeys: false });
  }
  inspectFreePages(walk, meta);
  return { tables };
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
const nameOf = (key: Uint8Array): string => Buffer.from(key).toString('latin1').replace(/\0$/, '');

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
