import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { check } from '../../../src/runtime/index.ts';
import { randomFrom } from '../../../tools/vectors/shuffle.ts';
import { runChild } from '../../unit/store/children/run.ts';
import { codeOf } from '../../unit/store/support.ts';
import { batchFor, executeNext, heightOf, LAST, openAt, playTo, rootAt } from './support.ts';

const SEED = 20_260_501;
const LIVE = '../../../properties/faults/children/live.ts';

// Many files are written, or processes started: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'aivm-crash-'));
const cache = join(folder, 'compiled');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Thrown in the place of a write: nothing of what the process knew is used after it. */
class Crash extends Error {}

/** Lets the n-th write from now on, and none before it, be the last. */
class Saboteur {
  writes = 0;
  at = 0;

  readonly beforeWrite = (): void => {
    this.writes += 1;
    if (this.writes === this.at) throw new Crash();
  };

  arm(at: number): void {
    this.writes = 0;
    this.at = at;
  }
}

/** Opens the database anew: the state has to be that of the last committed block. */
const reopen = (path: string, saboteur: Saboteur, height: number) => {
  const opened = openAt(path, { beforeWrite: saboteur.beforeWrite, inspection: 'branches' });
  expect(heightOf(opened)).toBe(height);
  return opened;
};

/**
 * Crashes at the first write of the next block, opens again, crashes at the second, and so on; then
 * commits it. Gives the number of writes.
 */
const crashThroughBlock = (path: string, saboteur: Saboteur, height: number): number => {
  let opened = reopen(path, saboteur, height);
  const root = opened.ledger.tip.root;
  const batch = batchFor(opened.ledger, executeNext(opened));
  for (let at = 1; ; at += 1) {
    saboteur.arm(at);
    const committed = opened.store.commit(batch);
    opened.store.close();
    saboteur.arm(0);
    if (committed.ok) {
      expect(batch.root).toBe(rootAt(height + 1));
      return at - 1;
    }
    expect(committed.failure.code).toBe('store/write-failed');
    opened = reopen(path, saboteur, height);
    expect(opened.ledger.tip.root).toBe(root);
  }
};

describe('a crash at the k-th write', () => {
  it('for every k of a whole dispute leaves the last block, and the same roots', () => {
    const path = join(folder, 'every-write');
    const saboteur = new Saboteur();
    const begun = openAt(path, { beforeWrite: saboteur.beforeWrite });
    begun.store.close();
    let writes = 0;
    for (let height = 0; height < LAST; height += 1) {
      writes += crashThroughBlock(path, saboteur, height);
      if (height % 10 !== 0) continue;
      const { store } = openAt(path);
      expect(codeOf(check(store))).toBeUndefined();
      store.close();
    }
    expect(writes).toBeGreaterThan(3_000);
    const { store, ledger } = openAt(path);
    expect(ledger.tip.root).toBe(rootAt(LAST));
    expect(codeOf(check(store))).toBeUndefined();
    store.close();
  });

  it('of the genesis leaves a database without a block, which begins anew', () => {
    const saboteur = new Saboteur();
    for (let at = 1; ; at += 1) {
      const path = join(folder, `genesis-${at}`);
      saboteur.arm(at);
      let isWhole = true;
      try {
        openAt(path, { beforeWrite: saboteur.beforeWrite }).store.close();
      } catch {
        isWhole = false;
      }
      const again = openAt(path);
      expect(heightOf(again)).toBe(0);
      playTo(again, 1);
      again.store.close();
      rmSync(path, { recursive: true });
      if (isWhole) {
        expect(at).toBeGreaterThan(20);
        break;
      }
    }
  });
});

describe('a process that is killed again and again', () => {
  const ROUNDS = 8;
  const BLOCKS_A_ROUND = 8;

  it('goes on where it was, and ends with the roots of one that never was', async () => {
    const path = join(folder, 'killed');
    mkdirSync(path);
    const random = randomFrom(SEED);
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const kill = { blocks: 1 + random(BLOCKS_A_ROUND), delay: random(6) };
      const write = round % 2 === 0 ? 0 : 1 + random(400);
      let told = 0;
      const ended = await runChild(LIVE, [path, `${write}`], {
        cache,
        onLine: (_, end) => {
          told += 1;
          if (write === 0 && told === kill.blocks) setTimeout(end, kill.delay);
        },
      });
      const blocks = ended.lines.filter((line) => line.startsWith('block '));
      for (const line of blocks) {
        acknowledged += 1;
        expect(line).toBe(`block ${acknowledged} ${rootAt(acknowledged)}`);
      }
      expect(ended.errors).toBe('');
      const survivor = openAt(path);
      const height = heightOf(survivor);
      expect([acknowledged, acknowledged + 1]).toContain(height);
      if (height > 0) expect(survivor.ledger.tip.root).toBe(rootAt(height));
      expect(codeOf(check(survivor.store))).toBeUndefined();
      survivor.store.close();
      acknowledged = height;
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS);
    const last = openAt(path);
    playTo(last, LAST);
    expect(codeOf(check(last.store))).toBeUndefined();
    last.store.close();
  });
});
