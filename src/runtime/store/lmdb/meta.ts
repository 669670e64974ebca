import type { PageFile } from './page-file.ts';

// The file format of LMDB 0.9.90 (mdb.c of the lmdb package, data version 2), little-endian:
//   page header, 24 bytes: number u64, transaction u64, pad u16, flags u16,
//     then lower u16 and upper u16, or the number of overflow pages u32
//   meta page, behind the header: magic u32, version u32, address u64, map size u64,
//     two tables (free pages, main) of 48 bytes, last page u64, transaction u64
//   table: pad u32 (of the first: page size), flags u16, depth u16, branch, leaf and overflow
//     pages, entries and root page u64 each

export const PAGE_HEADER_BYTES = 24;
export const P_BRANCH = 0x01;
export const P_LEAF = 0x02;
export const P_OVERFLOW = 0x04;
const P_META = 0x08;
const MAGIC = 0xbeef_c0de;
const DATA_VERSION = 2;
const INTEGER_KEYS = 0x08;
/** Set for good by programs that let the lmdb package acknowledge before the disk does. */
const OVERLAPPING_SYNC = 0x1000;
/** `P_INVALID`: the root of an empty table. */
const NO_PAGE = 0xffff_ffff_ffff_ffffn;
const MIN_PAGE_BYTES = 512;
const MAX_PAGE_BYTES = 65_536;
/** Where the fields of a meta page that both pages share end; nothing shorter is a database. */
const META_BYTES = 168;
const TABLE_BYTES = 48;

/** A table, as meta pages and the main table describe it. */
export interface TableRoot {
  readonly flags: number;
  readonly depth: number;
  readonly branchPages: bigint;
  readonly leafPages: bigint;
  readonly overflowPages: bigint;
  readonly entries: bigint;
  /** Undefined for an empty table. */
  readonly root: number | undefined;
}

export interface Meta {
  readonly transaction: bigint;
  readonly lastPage: number;
  readonly free: TableRoot;
  readonly main: TableRoot;
}

/** Why a file is refused: it is no database of this kind, or it is one that is damaged. */
export interface Refusal {
  readonly code: 'store/not-a-database' | 'store/foreign' | 'store/damaged';
  readonly what: string;
}

export const isRefusal = (value: object): value is Refusal => 'code' in value;

const refuse = (code: Refusal['code'], what: string): Refusal => ({ code, what });

/** A page number, or undefined for one that no file reaches. */
function pageNumber(value: bigint): number | undefined {
  return value < BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

/** Reads the description of a table; undefined when it contradicts itself. */
export function readTableRoot(view: DataView, at: number): TableRoot | undefined {
  const u64 = (offset: number): bigint => view.getBigUint64(at + offset, true);
  const depth = view.getUint16(at + 6, true);
  const root = u64(40) === NO_PAGE ? undefined : pageNumber(u64(40));
  if ((root === undefined) !== (depth === 0)) return undefined;
  return {
    flags: view.getUint16(at + 4, true),
    depth,
    branchPages: u64(8),
    leafPages: u64(16),
    overflowPages: u64(24),
    entries: u64(32),
    root,
  };
}

export const isTableRoot = (bytes: Uint8Array): boolean => bytes.length === TABLE_BYTES;

/** The page size, which page 0 names, or why the file is no database. */
export function readPageSize(file: PageFile): number | Refusal {
  const head = file.read(0, META_BYTES);
  if (head === undefined) return refuse('store/not-a-database', 'the file is too short');
  const view = new DataView(head.buffer);
  if (view.getUint32(24, true) !== MAGIC || (view.getUint16(18, true) & P_META) === 0) {
    return refuse('store/not-a-database', 'the file does not begin as LMDB files do');
  }
  const version = view.getUint32(28, true);
  if (version !== DATA_VERSION) {
    return refuse('store/not-a-database', `the file is of LMDB data version ${version}`);
  }
  const size = view.getUint32(48, true);
  const isPower = (size & (size - 1)) === 0;
  if (!isPower || size < MIN_PAGE_BYTES || size > MAX_PAGE_BYTES) {
    return refuse('store/damaged', `meta page 0 names a page size of ${size}`);
  }
  return size;
}

function readMeta(file: PageFile, page: 0 | 1, pageSize: number): Meta | Refusal {
  const damaged = (what: string): Refusal => refuse('store/damaged', `meta page ${page} ${what}`);
  const bytes = file.read(page * pageSize, META_BYTES);
  if (bytes === undefined) return damaged('is cut off');
  const view = new DataView(bytes.buffer);
  if (view.getBigUint64(0, true) !== BigInt(page)) return damaged('has another number');
  if (view.getUint16(18, true) !== P_META) return damaged('is of another kind');
  if (view.getUint32(24, true) !== MAGIC) return damaged('has no magic number');
  if (view.getUint32(28, true) !== DATA_VERSION) return damaged('has another version');
  if (view.getUint32(48, true) !== pageSize) return damaged('names another page size');
  const free = readTableRoot(view, 48);
  const main = readTableRoot(view, 48 + TABLE_BYTES);
  const lastPage = pageNumber(view.getBigUint64(144, true));
  if (free === undefined || main === undefined || lastPage === undefined) {
    return damaged('contradicts itself');
  }
  if (free.flags === (INTEGER_KEYS | OVERLAPPING_SYNC)) {
    return refuse('store/foreign', 'the database was used with overlapping syncs');
  }
  if (free.flags !== INTEGER_KEYS || main.flags !== 0) return damaged('has unknown flags');
  const transaction = view.getBigUint64(152, true);
  if (main.root !== undefined && pageTransaction(file, main.root * pageSize) !== transaction) {
    return damaged('is not of the transaction that wrote its tables');
  }
  return { transaction, lastPage, free, main };
}

/**
 * The transaction that wrote a page. Every commit writes the root page of the main table, where the
 * roots of the others stand, so it tells which transaction a meta page is of.
 */
function pageTransaction(file: PageFile, offset: number): bigint | undefined {
  const header = file.read(offset, PAGE_HEADER_BYTES);
  return header === undefined ? undefined : new DataView(header.buffer).getBigUint64(8, true);
}

/**
 * The meta page that LMDB will use: that of the later transaction. Transactions write the two pages
 * in turn, so their numbers follow each other; if they do not, one of them is damaged, and LMDB
 * might go back behind a block that was acknowledged.
 */
export function readLatestMeta(file: PageFile, pageSize: number): Meta | Refusal {
  const first = readMeta(file, 0, pageSize);
  if (isRefusal(first)) return first;
  const second = readMeta(file, 1, pageSize);
  if (isRefusal(second)) return second;
  const [a, b] = [first.transaction, second.transaction];
  const unused = a === 0n && b === 0n;
  const inTurn = a % 2n === 0n && (a === b + 1n || b === a + 1n);
  if (!unused && !inTurn) {
    return refuse('store/damaged', `the meta pages are of transactions ${a} and ${b}`);
  }
  return a >= b ? first : second;
}
