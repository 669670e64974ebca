import { compareBytes } from '../../../codec/index.ts';
import { PAGE_HEADER_BYTES, P_BRANCH, P_LEAF, P_OVERFLOW } from './meta.ts';
import type { TableRoot } from './meta.ts';
import type { PageFile } from './page-file.ts';

const NODE_HEADER_BYTES = 8;
const POINTER_BYTES = 2;
/** Node flag: the data stands on overflow pages, and the node has (page, transaction, pages). */
const F_BIGDATA = 0x01;
/** Node flag: the data describes a table. */
export const F_SUBDATA = 0x02;
const OVERFLOW_NODE_BYTES = 24;
/** LMDB's own limit of a tree's depth (`CURSOR_STACK`). */
const MAX_TREE_DEPTH = 32;
const NO_BOUND = new Uint8Array(0);

/** A leaf node: key, flags, and its data, unless that stands on overflow pages. */
export interface LeafNode {
  readonly key: Uint8Array;
  readonly flags: number;
  readonly data: Uint8Array | undefined;
  /** First overflow page and size of the data. */
  readonly overflow: { readonly page: number; readonly bytes: number } | undefined;
}

export interface WalkOptions {
  /** Only branch pages are read, and leaf pages looked at from above. */
  readonly branchesOnly: boolean;
  /** Leaf pages that may hold keys from here on are read all the same. */
  readonly leavesFrom?: Uint8Array;
  /** Keys are integers in the machine's order: their order is not checked. */
  readonly integerKeys: boolean;
  readonly onLeaf?: (node: LeafNode) => void;
}

/** Carries what is wrong up to whoever began the walk; never leaves this folder. */
export class PageError extends Error {}

const fail = (page: number, what: string): never => {
  throw new PageError(`page ${page} ${what}`);
};

interface Page {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly nodes: number;
  /** Where the nodes begin, behind the header. */
  readonly upper: number;
}

/** Whether a leaf page, of keys below `high` if there is one, may have a key from there on. */
const isWanted = (high: Uint8Array | undefined, from: Uint8Array | undefined): boolean =>
  from !== undefined && (high === undefined || compareBytes(high, from) > 0);

/** Nodes begin at even places. */
const evenly = (bytes: number): number => bytes + (bytes & 1);

/** Follows the trees of a database page by page, trusting nothing that it reads. */
export class TreeWalk {
  /** Pages that were met: none may belong to two places. */
  readonly used: Uint8Array;
  readonly #file: PageFile;
  readonly #pageSize: number;
  readonly #lastPage: number;
  readonly #buffers: Uint8Array[] = [];
  #counts = { branch: 0, leaf: 0, overflow: 0, entries: 0 };

  constructor(file: PageFile, pageSize: number, lastPage: number) {
    this.#file = file;
    this.#pageSize = pageSize;
    this.#lastPage = lastPage;
    this.used = new Uint8Array(lastPage + 1);
    this.used.fill(1, 0, 2);
  }

  /** Walks one table. Throws PageError at the first thing that LMDB could stumble over. */
  table(root: TableRoot, options: WalkOptions): void {
    this.#counts = { branch: 0, leaf: 0, overflow: 0, entries: 0 };
    if (root.depth > MAX_TREE_DEPTH) throw new PageError('a table is too deep');
    if (root.root !== undefined) this.#visit(root.root, root.depth, NO_BOUND, undefined, options);
    const { branch, leaf, overflow, entries } = this.#counts;
    const wrong =
      BigInt(branch) !== root.branchPages ||
      BigInt(leaf) !== root.leafPages ||
      (!options.branchesOnly && BigInt(overflow) !== root.overflowPages) ||
      (!options.branchesOnly && BigInt(entries) !== root.entries);
    if (wrong) throw new PageError('a table has other numbers of pages or entries than it says');
  }

  /** The data of a leaf node on overflow pages. */
  overflowData(page: number, bytes: number): Uint8Array {
    const data = this.#file.read(page * this.#pageSize + PAGE_HEADER_BYTES, bytes);
    return data ?? fail(page, 'is cut off');
  }

  #claim(page: number, count = 1): void {
    if (page + count - 1 > this.#lastPage) fail(page, 'lies behind the last page');
    if ((page + count) * this.#pageSize > this.#file.size) fail(page, 'lies behind the file');
    for (let next = page; next < page + count; next++) {
      if (this.used[next] !== 0) fail(next, 'is used twice');
      this.used[next] = 1;
    }
  }

  #visit(
    number: number,
    level: number,
    low: Uint8Array,
    high: Uint8Array | undefined,
    options: WalkOptions,
  ): void {
    this.#claim(number);
    if (level === 1 && options.branchesOnly && !isWanted(high, options.leavesFrom)) {
      this.#counts.leaf += 1;
      return;
    }
    const page = this.#readPage(number, level);
    const ordered = !options.integerKeys;
    let previous: Uint8Array | undefined;
    let filled = 0;
    for (let i = 0; i < page.nodes; i++) {
      const at = this.#nodeAt(page, i);
      const key = this.#keyAt(page, at);
      // The first key of a branch page stands for everything below the second.
      const implied = level > 1 && i === 0;
      const before = previous ?? low;
      if (ordered && !implied) {
        const order = compareBytes(before, key);
        if (order > 0 || (order === 0 && previous !== undefined)) fail(number, 'has unsorted keys');
        if (high !== undefined && compareBytes(key, high) >= 0) fail(number, 'has a key too high');
      }
      if (level === 1) {
        filled += this.#leafNode(page, at, key, options);
      } else {
        const next = i + 1 < page.nodes ? this.#keyAt(page, this.#nodeAt(page, i + 1)) : high;
        const child = this.#childOf(page, at);
        this.#visit(child, level - 1, implied ? low : key, next, options);
      }
      previous = implied ? undefined : key;
    }
    // LMDB leaves no gaps between nodes: a page that says it has fewer than it has shows here.
    if (level === 1 && filled !== this.#pageSize - PAGE_HEADER_BYTES - page.upper) {
      fail(number, 'has other nodes than it says');
    }
  }

  #readPage(number: number, level: number): Page {
    const bytes = (this.#buffers[level] ??= new Uint8Array(this.#pageSize));
    if (!this.#file.readInto(bytes, number * this.#pageSize)) fail(number, 'is cut off');
    const view = new DataView(bytes.buffer);
    if (view.getBigUint64(0, true) !== BigInt(number)) fail(number, 'has another number');
    const kind = level === 1 ? P_LEAF : P_BRANCH;
    if (view.getUint16(18, true) !== kind) fail(number, 'is of another kind');
    const lower = view.getUint16(20, true);
    const upper = view.getUint16(22, true);
    const space = this.#pageSize - PAGE_HEADER_BYTES;
    if (lower % POINTER_BYTES !== 0 || lower > upper || upper > space) {
      fail(number, 'has impossible bounds');
    }
    const nodes = lower >> 1;
    if (nodes < (level === 1 ? 1 : 2)) fail(number, 'has too few nodes');
    this.#counts[level === 1 ? 'leaf' : 'branch'] += 1;
    return { number, bytes, view, nodes, upper };
  }

  /** Where the i-th node of a page begins. */
  #nodeAt(page: Page, i: number): number {
    const pointer = page.view.getUint16(PAGE_HEADER_BYTES + POINTER_BYTES * i, true);
    const at = PAGE_HEADER_BYTES + pointer;
    if (pointer < page.upper || pointer % 2 !== 0 || at + NODE_HEADER_BYTES > this.#pageSize) {
      fail(page.number, 'has a node outside of its bounds');
    }
    return at;
  }

  #keyAt(page: Page, at: number): Uint8Array {
    const start = at + NODE_HEADER_BYTES;
    const end = start + page.view.getUint16(at + 6, true);
    if (end > this.#pageSize) fail(page.number, 'has a key that leaves it');
    return page.bytes.subarray(start, end);
  }

  /** The page that a branch node leads to: a number of 48 bits. */
  #childOf(page: Page, at: number): number {
    const high = page.view.getUint16(at + 4, true);
    return high * 0x1_0000_0000 + page.view.getUint32(at, true);
  }

  /** Checks a leaf node; gives its length. */
  #leafNode(page: Page, at: number, key: Uint8Array, options: WalkOptions): number {
    this.#counts.entries += 1;
    const bytes = page.view.getUint32(at, true);
    const flags = page.view.getUint16(at + 4, true);
    const start = at + NODE_HEADER_BYTES + key.length;
    if (key.length === 0) fail(page.number, 'has an empty key');
    if ((flags & ~(F_BIGDATA | F_SUBDATA)) !== 0) fail(page.number, 'has a node of another kind');
    if ((flags & F_BIGDATA) === 0) {
      if (start + bytes > this.#pageSize) fail(page.number, 'has data that leave it');
      const data = page.bytes.subarray(start, start + bytes);
      options.onLeaf?.({ key, flags, data, overflow: undefined });
      return evenly(start + bytes - at);
    }
    if (start + OVERFLOW_NODE_BYTES > this.#pageSize) fail(page.number, 'has data that leave it');
    const overflow = this.#overflow(page, start, bytes);
    options.onLeaf?.({ key, flags, data: undefined, overflow: { page: overflow, bytes } });
    return evenly(start + OVERFLOW_NODE_BYTES - at);
  }

  #overflow(page: Page, at: number, bytes: number): number {
    const first = page.view.getBigUint64(at, true);
    const count = page.view.getBigUint64(at + 16, true);
    // A value that was overwritten by a shorter one keeps the pages that it had.
    const due = Math.ceil((PAGE_HEADER_BYTES + bytes) / this.#pageSize);
    if (first > BigInt(this.#lastPage) || count > BigInt(this.#lastPage)) {
      fail(page.number, 'leads behind the last page');
    }
    if (count < BigInt(due)) fail(page.number, 'has data that are longer than their pages');
    const number = Number(first);
    this.#claim(number, Number(count));
    const header = this.#file.read(number * this.#pageSize, PAGE_HEADER_BYTES);
    if (header === undefined) return fail(number, 'is cut off');
    const view = new DataView(header.buffer);
    if (view.getBigUint64(0, true) !== first) fail(number, 'has another number');
    if (view.getUint16(18, true) !== P_OVERFLOW) fail(number, 'is of another kind');
    if (BigInt(view.getUint32(20, true)) !== count) fail(number, 'is of another length');
    this.#counts.overflow += Number(count);
    return number;
  }
}
