import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, openLmdbStore } from '../../../src/runtime/store/index.ts';
import type { LmdbStoreOptions } from '../../../src/runtime/store/index.ts';
import { runChild } from './children/run.ts';
import { scriptedBlock } from './children/script.ts';
import { openRaw, rewriteSchema } from './raw.ts';
import { IDENTITY, codeOf, commitNext, temporaryFolder, utf8, valueOf } from './support.ts';

const DATA = 'data.mdb';
let folder: { readonly path: string; readonly remove: () => void };
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const openHere = (options: Partial<LmdbStoreOptions> = {}) =>
  openLmdbStore({ path: folder.path, identity: IDENTITY, ...options });

/** A small chain on disk, closed. */
function makeChain(blocks = 6): { readonly root: string; readonly bytes: Buffer } {
  const store = valueOf(openHere({ historyHeights: 3 }));
  for (let i = 0; i < blocks; i++) scriptedBlock(store, 12);
  const root = store.tip()?.root ?? '';
  store.close();
  return { root, bytes: readFileSync(join(folder.path, DATA)) };
}

/** Opens and says why not; asserts that the file was left as it was. */
function refusal(options: Partial<LmdbStoreOptions> = {}): string | undefined {
  const before = readFileSync(join(folder.path, DATA));
  const opened = openHere(options);
  if (opened.ok) opened.value.close();
  expect(readFileSync(join(folder.path, DATA)).equals(before)).toBe(true);
  return codeOf(opened);
}

describe('the database on disk', () => {
  it('is the same when it is opened again', () => {
    const { root } = makeChain();
    const store = valueOf(openHere({ historyHeights: 3 }));
    expect(store.identity).toEqual({ ...IDENTITY, schema: 1 });
    expect(store.tip()?.root).toBe(root);
    expect(store.oldestHeight()).toBe(2n);
    expect(valueOf(check(store))?.root).toBe(root);
    scriptedBlock(store, 12);
    valueOf(store.rollback(5n));
    expect(store.tip()?.root).toBe(root);
    expect(store.stats().bytes).toBeGreaterThan(10_000);
    store.close();
    expect(readdirSync(folder.path).sort()).toEqual([DATA, 'lock.mdb']);
  });

  it('keeps a shorter or longer history from the next block on', () => {
    makeChain(8);
    const shorter = valueOf(openHere({ historyHeights: 1 }));
    expect(shorter.oldestHeight()).toBe(4n);
    scriptedBlock(shorter, 12);
    expect(shorter.oldestHeight()).toBe(7n);
    shorter.close();
    const longer = valueOf(openHere({ historyHeights: 5 }));
    scriptedBlock(longer, 12);
    expect(longer.oldestHeight()).toBe(7n);
    expect(codeOf(check(longer))).toBeUndefined();
    longer.close();
  });

  it('is made in a folder that is not there yet, and beside files of others', () => {
    writeFileSync(join(folder.path, 'notes.txt'), 'mine');
    mkdirSync(join(folder.path, '.aivm-new'));
    writeFileSync(join(folder.path, '.aivm-new', DATA), 'left by a process that was killed');
    valueOf(openHere()).close();
    expect(readFileSync(join(folder.path, 'notes.txt'), 'utf8')).toBe('mine');
    const path = join(folder.path, 'a', 'b');
    valueOf(openHere({ path })).close();
    expect(codeOf(openHere({ path: join(folder.path, 'none'), readOnly: true }))).toBe(
      'store/missing',
    );
    expect(codeOf(openLmdbStore({ path: join(folder.path, 'none') }))).toBe('store/missing');
    expect(readdirSync(folder.path)).not.toContain('none');
  });

  it('can be opened for reading only, and without knowing the chain', () => {
    const { root, bytes } = makeChain();
    const store = valueOf(openLmdbStore({ path: folder.path, readOnly: true }));
    expect(store.identity.chainId).toBe(IDENTITY.chainId);
    expect(valueOf(check(store))?.root).toBe(root);
    const tip = store.tip();
    expect(() => scriptedBlock(store, 3)).toThrow(/store\/read-only/);
    expect(codeOf(store.rollback(4n))).toBe('store/read-only');
    expect(store.tip()).toEqual(tip);
    store.close();
    expect(readFileSync(join(folder.path, DATA)).equals(bytes)).toBe(true);
  });

  it('grows far beyond its first size in one block', () => {
    const store = valueOf(openHere());
    const value = new Uint8Array(200_000).fill(7);
    const changes = Array.from({ length: 200 }, (_, i): [string, Uint8Array] => [
      (0xa000 + i).toString(16),
      value,
    ]);
    commitNext(store, new Map(changes));
    commitNext(store, new Map(changes.map(([key]) => [key, undefined])));
    commitNext(store, new Map(changes));
    expect(store.stats().entries).toBe(200);
    store.close();
    const again = valueOf(openHere({ inspection: 'all' }));
    expect(codeOf(check(again))).toBeUndefined();
    again.close();
  });
});

describe('a database that must not be used', () => {
  it('is refused when it belongs to another chain', () => {
    makeChain();
    for (const other of [{ networkId: 8 }, { chainId: 'x' }, { genesisHash: 'cd'.repeat(32) }]) {
      expect(refusal({ identity: { ...IDENTITY, ...other } })).toBe('store/wrong-chain');
    }
    expect(refusal()).toBeUndefined();
  });

  it('is refused when it is of another program', async () => {
    for (const overlappingSync of [true, false]) {
      const path = join(folder.path, String(overlappingSync));
      const other = open({ path, encoding: 'binary', noSubdir: false, overlappingSync });
      const named = other.openDB({ name: 'things', encoding: 'binary' });
      await named.put('a', Buffer.from('b'));
      await other.close();
      const before = readFileSync(join(path, DATA));
      expect(codeOf(openHere({ path }))).toBe('store/foreign');
      expect(readFileSync(join(path, DATA)).equals(before)).toBe(true);
    }
  });

  it('is refused when it is an LMDB database without tables', async () => {
    await openRaw(folder.path).close();
    expect(refusal()).toBe('store/foreign');
  });

  it('is refused when it is no database', () => {
    const file = join(folder.path, DATA);
    const noise = new Uint8Array(50_000).map((_, i) => (i * 7919) >>> 3);
    for (const bytes of [noise, new Uint8Array(0), new Uint8Array(8_192), utf8('hello')]) {
      writeFileSync(file, bytes);
      expect(refusal()).toBe('store/not-a-database');
    }
  });

  it('is refused when a folder or a file stands in its place', () => {
    const path = join(folder.path, 'chain');
    mkdirSync(join(path, DATA), { recursive: true });
    expect(codeOf(openHere({ path }))).toBe('store/not-a-database');
    writeFileSync(join(folder.path, 'file'), 'x');
    const file = join(folder.path, 'file');
    expect(codeOf(openHere({ path: file }))).toBe('store/not-a-database');
    expect(codeOf(openHere({ path: join(file, 'below') }))).toBe('store/unreadable');
  });

  it('is refused when it was written by another version of this program', async () => {
    makeChain();
    await rewriteSchema(folder.path);
    expect(refusal()).toBe('store/wrong-schema');
  });

  it('is refused wherever it is cut off', () => {
    const { bytes } = makeChain();
    const file = join(folder.path, DATA);
    const sizes = [1, 15, 100, 167, 4_095, 4_096, 8_192, 8_193, bytes.length >> 1];
    for (const size of [...sizes, bytes.length - 4_096, bytes.length - 1]) {
      writeFileSync(file, bytes);
      truncateSync(file, size);
      const code = refusal();
      expect(['store/not-a-database', 'store/damaged'], `cut at ${size}`).toContain(code);
    }
  });

  it('is refused while another process or another part of this one uses it', async () => {
    const store = valueOf(openHere());
    commitNext(store, new Map([['aa', utf8('one')]]));
    expect(codeOf(openHere())).toBe('store/locked');
    expect(codeOf(openHere({ readOnly: true }))).toBe('store/locked');
    const child = await runChild('kill.ts', [folder.path, '3', '2', '0']);
    expect(child.errors).toContain('store/locked');
    store.close();
    valueOf(openHere()).close();
  });

  it.runIf(process.platform === 'linux')(
    'is not locked by a process that was killed and not waited for',
    async () => {
      makeChain();
      const lock = join(folder.path, 'owner.lock');
      // The shell becomes a program that never asks how its child ended. Only then may the child
      // end: a shell that is still one asks at once, and nothing of the child is left.
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
      try {
        const [line] = (await once(parent.stdout, 'data')) as [Buffer];
        const pid = line.toString().trim();
        const programOf = () => readFileSync(`/proc/${parent.pid}/cmdline`, 'utf8').split('\0')[0];
        while (programOf() !== 'sleep') await setTimeout(10);
        process.kill(Number(pid), 'SIGKILL');
        const stateOf = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];
        while (stateOf() !== 'Z') await setTimeout(10);
        writeFileSync(lock, `${pid}\n\n`);
        const opened = openHere();
        expect(codeOf(opened)).toBeUndefined();
        valueOf(opened).close();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  it('is not locked by a process that is gone', () => {
    makeChain();
    const lock = join(folder.path, 'owner.lock');
    // No process has a number this high, and none the start time of this one with its number.
    for (const left of ['4194305\n\n', `${process.pid}\nanother boot 1\n`, '', 'garbage']) {
      writeFileSync(lock, left);
      valueOf(openHere()).close();
    }
    expect(readdirSync(folder.path).sort()).toEqual([DATA, 'lock.mdb']);
  });

  it('does not keep a lock when it is refused', () => {
    writeFileSync(join(folder.path, DATA), 'no database');
    expect(refusal()).toBe('store/not-a-database');
    expect(readdirSync(folder.path)).toEqual([DATA]);
  });
});
