import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { blockAt } from './endless.ts';
import { open, tipOf, value } from './chain.ts';

const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];
const folder = mkdtempSync(join(tmpdir(), 'aivm-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the writer until it has acknowledged so many blocks, and kills it wherever it is then. */
const writeUntilKilled = async (blocks: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [...FLAGS, 'test/unit/runtime/commit-forever.ts', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (bytes: Buffer) => {
    told += bytes.toString();
    if (told.split('\n').length > blocks) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return told.split('\n').filter((line) => /^\d+ [0-9a-f]{64}$/.test(line));
};

it('an acknowledged block survives a kill, with the root of an uninterrupted run', async () => {
  const uninterrupted = open();
  for (const blocks of [3, 25, 60]) {
    const acknowledged = await writeUntilKilled(blocks);
    expect(acknowledged.length).toBeGreaterThanOrEqual(blocks);
    const survivor = open({ path: folder });
    const { height, root } = tipOf(survivor);
    while (tipOf(uninterrupted).height < height) {
      const next = tipOf(uninterrupted).height + 1n;
      const { bytes } = value(uninterrupted.buildBlock(blockAt(next)));
      const { blockId } = value(uninterrupted.execute(tipOf(uninterrupted).blockId, bytes));
      value(uninterrupted.commit(blockId));
      const line = `${next} ${tipOf(uninterrupted).root}`;
      const wasTold = acknowledged.find((told) => told.startsWith(`${next} `));
      expect(wasTold ?? line).toBe(line);
    }
    expect(tipOf(uninterrupted).root).toBe(root);
    const last = BigInt(acknowledged.at(-1)?.split(' ')[0] ?? 0);
    expect(height).toBeGreaterThanOrEqual(last);
    expect(value(survivor.check()).root).toBe(root);
    survivor.close();
  }
});
