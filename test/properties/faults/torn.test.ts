import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { check, openLmdbStore } from '../../../src/runtime/index.ts';
import { randomFrom, shuffled } from '../../../tools/vectors/shuffle.ts';
import { codeOf } from '../../unit/store/support.ts';
import { dataFile, heightOf, openAt, playTo, rootAt } from './support.ts';

const SEED = 20_260_502;
const PAGE_BYTES = 4_096;
/** LMDB's two pages that say which tree is the last one; written last, one after the other. */
const META_PAGES = 2;
/** The part of such a page that is written: header and description. */
const META_BYTES = 176;
const META_STEP = 16;
const SECTOR_BYTES = 512;

/** Heights of the life around each step of the dispute: opening, chunks, verdicts, the end. */
const HEIGHTS = [3, 8, 14, 22, 50, 77, 78];
/** Images of one block at most, so that blocks that open many chunks do not take all the time. */
const MAX_IMAGES = 24;

// Many files are written, or processes started: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'aivm-torn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The life on a database, with the file before and after the block of each of the heights. */
const images = () => {
  const path = join(folder, 'life');
  const read = () => readFileSync(dataFile(path));
  const found = new Map<number, { readonly before: Buffer; readonly after: Buffer }>();
  const opened = openAt(path);
  for (const height of HEIGHTS) {
    playTo(opened, height - 1);
    const before = read();
    playTo(opened, height);
    found.set(height, { before, after: read() });
  }
  opened.store.close();
  return found;
};

interface Images {
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Numbers of the pages that a commit has written. */
const pagesWritten = ({ before, after }: Images): readonly number[] =>
  Array.from({ length: after.length / PAGE_BYTES }, (_, page) => page).filter((page) => {
    const at = [page * PAGE_BYTES, (page + 1) * PAGE_BYTES] as const;
    return !before.subarray(...at).equals(after.subarray(...at));
  });

/** The file after some of the writes: whole pages, and so many bytes of one more. */
const partly = (
  { before, after }: Images,
  pages: readonly number[],
  short?: { readonly page: number; readonly bytes: number },
): Buffer => {
  const writes = [
    ...pages.map((page) => ({ page, bytes: PAGE_BYTES })),
    ...(short === undefined ? [] : [short]),
  ];
  const end = Math.max(before.length, ...writes.map((at) => at.page * PAGE_BYTES + at.bytes));
  const file = Buffer.alloc(end);
  before.copy(file);
  for (const { page, bytes } of writes) {
    after.copy(file, page * PAGE_BYTES, page * PAGE_BYTES, page * PAGE_BYTES + bytes);
  }
  return file;
};

let copies = 0;

/** An image as a restarted node finds it. */
const copyOf = (file: Buffer): string => {
  copies += 1;
  const path = join(folder, `copy-${copies}`);
  mkdirSync(path);
  writeFileSync(dataFile(path), file);
  return path;
};

/** Opens an image: the chain has to stand at the height, and go on from there. */
const checkImage = (file: Buffer, height: number): void => {
  const path = copyOf(file);
  const opened = openAt(path);
  expect(heightOf(opened)).toBe(height);
  expect(opened.ledger.tip.root).toBe(rootAt(height));
  playTo(opened, height + 1);
  expect(codeOf(check(opened.store))).toBeUndefined();
  opened.store.close();
  rmSync(path, { recursive: true });
};

describe('a commit of which only a part reached the disk', () => {
  const random = randomFrom(SEED);
  const all = images();

  it.each(HEIGHTS)('of block %i leaves the block before, whichever part it was', (height) => {
    const image = all.get(height) as Images;
    const written = pagesWritten(image);
    const data = written.filter((page) => page >= META_PAGES);
    expect(data.length).toBeGreaterThan(4);
    expect(written.length - data.length).toBe(1);
    const step = Math.ceil(data.length / MAX_IMAGES);
    // The first k pages, with a short write behind them.
    for (let k = 0; k < data.length; k += step) {
      const [page = 0] = data.slice(k);
      const bytes = SECTOR_BYTES * random(PAGE_BYTES / SECTOR_BYTES);
      checkImage(partly(image, data.slice(0, k), { page, bytes }), height - 1);
    }
    checkImage(partly(image, data), height - 1);
    // Nothing is in order without a sync: any of the pages may have come first.
    for (let round = 0; round < 4; round += 1) {
      const some = shuffled(data, random).slice(0, random(data.length));
      checkImage(partly(image, some), height - 1);
    }
    checkImage(partly(image, written), height);
  });

  // These bytes lie in one sector, so no disk tears them; should one ever do, that is damage.
  it.each(HEIGHTS)('of block %i is refused or sound if its description was cut', (height) => {
    const image = all.get(height) as Images;
    const [meta = 0, ...data] = pagesWritten(image);
    let refused = 0;
    for (let bytes = 0; bytes <= META_BYTES; bytes += META_STEP) {
      const path = copyOf(partly(image, data, { page: meta, bytes }));
      const opened = openLmdbStore({ path });
      if (opened.ok) {
        const { height: at = -1n, root } = opened.value.tip() ?? {};
        expect([height - 1, height]).toContain(Number(at));
        expect(root).toBe(rootAt(Number(at)));
        expect(codeOf(check(opened.value))).toBeUndefined();
        opened.value.close();
      } else {
        expect(opened.failure.code).toBe('store/damaged');
        refused += 1;
      }
      rmSync(path, { recursive: true });
    }
    expect(refused).toBeGreaterThan(0);
  });
});
