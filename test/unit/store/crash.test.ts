import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, openLmdbStore } from '../../../src/runtime/store/index.ts';
import { runChild } from './children/run.ts';
import type { Ended, RunOptions } from './children/run.ts';
import { SCRIPT_HISTORY, runScript, scriptedBlock } from './children/script.ts';
import { IDENTITY, codeOf, temporaryFolder, valueOf } from './support.ts';

const KEYS = 2;
const LAST = 4;
/** Processes at a time: more than one, as a process spends its time starting. */
const AT_ONCE = 3;

// What Node makes of the sources is kept between the processes, which halves the time they take.
const cache = temporaryFolder();
const run = (script: string, args: readonly string[], options: RunOptions = {}) =>
  runChild(script, args, { ...options, cache: cache.path });
afterAll(() => cache.remove());

let folder: { readonly path: string; readonly remove: () => void };
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const openChain = (path: string) =>
  openLmdbStore({ path, identity: IDENTITY, historyHeights: SCRIPT_HISTORY });

/** A run that nothing interrupts: the roots by height, and the number of writes. */
async function uninterrupted(last: number): Promise<{ roots: string[]; writes: number }> {
  const { lines } = await run('kill.ts', [join(folder.path, 'whole'), `${last}`, `${KEYS}`, '0']);
  const roots = lines.filter((line) => line.startsWith('block ')).map((line) => line.slice(-64));
  return { roots, writes: Number(lines.at(-1)?.split(' ')[1]) };
}

/** The height of the last block that a process said was committed; −1 for none. */
const acknowledged = ({ lines }: Ended): number =>
  lines.filter((line) => line.startsWith('block ')).length - 1;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Opens what an interrupted run left, checks it, and goes on to the end of the script. */
function assertRecovers(path: string, ended: Ended, roots: readonly string[], what: string): void {
  const store = valueOf(openChain(path));
  const height = Number(store.tip()?.height ?? -1n);
  expect([acknowledged(ended), acknowledged(ended) + 1], what).toContain(height);
  expect(store.tip()?.root, what).toBe(roots[height]);
  expect(codeOf(check(store)), what).toBeUndefined();
  while (Number(store.tip()?.height ?? -1n) < roots.length - 1) scriptedBlock(store, KEYS);
  expect(store.tip()?.root, what).toBe(roots.at(-1));
  expect(codeOf(check(store)), what).toBeUndefined();
  store.close();
}

describe('a process that is killed', () => {
  it('before any of its writes leaves the last acknowledged block', async () => {
    const { roots, writes } = await uninterrupted(LAST);
    expect(writes).toBeGreaterThan(40);
    const places = Array.from({ length: writes }, (_, i) => i + 1);
    await inTurns(places, async (at) => {
      const path = join(folder.path, `at ${at}`);
      const ended = await run('kill.ts', [path, `${LAST}`, `${KEYS}`, `${at}`]);
      expect(ended.signal, `write ${at}: ${ended.errors}`).toBe('SIGKILL');
      assertRecovers(path, ended, roots, `write ${at}`);
    });
  });

  it('at any time, also inside of a commit, loses nothing it acknowledged', async () => {
    const { roots } = await uninterrupted(60);
    const moments = [1, 4, 9, 15, 22, 31].map((blocks, i) => ({ blocks, delay: 3 * i }));
    await inTurns(moments, async ({ blocks, delay }) => {
      const path = join(folder.path, `after ${blocks}`);
      const ended = await run('kill.ts', [path, '60', `${KEYS}`, '0'], {
        onLine: (line, kill) => {
          if (line.startsWith(`block ${blocks} `)) setTimeout(kill, delay);
        },
      });
      assertRecovers(path, ended, roots, `after block ${blocks}`);
    });
  });
});

describe('a disk that is full', () => {
  it.skipIf(process.platform === 'win32')('refuses the block and keeps the state', async () => {
    const path = join(folder.path, 'full');
    // A limit of the size of files, in units of 512 bytes, stands for the disk.
    const ended = await run('fill.ts', [path], { shell: 'ulimit -f 2000; exec "$@"' });
    const blocks = ended.lines.filter((line) => line.startsWith('block '));
    const [, height, root] = blocks.at(-1)?.split(' ') ?? [];
    expect(blocks.length).toBeGreaterThan(5);
    expect(ended.lines).toContain(`failure store/write-failed ${height} ${root} 0101`);
    expect(ended.lines.at(-1)).toBe('alive');
    expect(ended.status).toBe(0);
    const store = valueOf(openLmdbStore({ path, identity: IDENTITY }));
    expect(store.tip()?.root).toBe(root);
    expect(codeOf(check(store))).toBeUndefined();
    scriptedBlock(store, KEYS);
    store.close();
  });
});

describe('a damaged file', () => {
  const PAGE_BYTES = 4_096;
  const META_BITS = 8 * 176;
  const RANDOM_BITS = 250;

  function damages(size: number): string[] {
    let state = 1;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const pages = Array.from({ length: size / PAGE_BYTES }, (_, i) => i);
    const metas = [0, PAGE_BYTES * 8].flatMap((start) =>
      Array.from({ length: META_BITS / 8 }, (_, i) => start + 8 * i + random(8)),
    );
    return [
      ...metas.map((bit) => `bit:${bit}`),
      ...Array.from({ length: RANDOM_BITS }, () => `bit:${random(8 * size)}`),
      ...pages.flatMap((page) => [`zero:${page}`, `noise:${page}`, `cut:${page * PAGE_BYTES}`]),
      ...pages.map((page) => `cut:${page * PAGE_BYTES + random(PAGE_BYTES)}`),
    ];
  }

  it('is refused, or sound where it matters, and never takes the process down', async () => {
    const path = join(folder.path, 'sound');
    let root = '';
    runScript(
      path,
      12,
      10,
      () => undefined,
      (_, last) => {
        root = last;
      },
    );
    const list = damages(readFileSync(join(path, 'data.mdb')).length);
    const ended = await run('damage.ts', [path, join(folder.path, 'copy'), ...list]);
    expect(`${ended.lines.at(-1)} ${ended.errors}`).toBe('done ');
    const verdicts = ended.lines.filter((line) => /^(?:opened|refused)/.test(line));
    expect(verdicts).toHaveLength(list.length);
    const acceptable = (line: string): boolean => {
      const [what = '', , verdict = '', rest = ''] = line.split(' ');
      if (what === 'refused')
        return /^store\/(?:damaged|foreign|not-a-database)$/.test(verdict) && rest === 'true';
      return verdict === 'sound' && rest === root;
    };
    expect(verdicts.filter((line) => !acceptable(line))).toEqual([]);
    expect(verdicts.filter((line) => line.startsWith('refused')).length).toBeGreaterThan(100);
  });
});
