import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runChild, type Ended } from '../../unit/store/children/run.ts';
import { LAST, rootAt } from './support.ts';

const FILL = '../../../properties/faults/children/fill.ts';
// Many files are written, or processes started: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'aivm-full-'));
const cache = join(folder, 'compiled');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const can = (command: string, ...args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Why a test is skipped, also in its name; nothing where it is not. */
const without = (isThere: boolean, what: string): string => {
  if (isThere) return '';
  process.stderr.write(`A test of a full disk is skipped: it needs ${what}, absent here.\n`);
  return `SKIPPED, absent: ${what}: `;
};

/** The command that puts a small file system in place, inside of the child's own namespace. */
const mount = (kibibytes: number, path: string): string =>
  `mount -t tmpfs -o size=${kibibytes}k none ${path}`;

/** One block was refused with nothing changed, committed when there was room, and all went on. */
const expectToGoOn = ({ lines, errors, status }: Ended): void => {
  // LMDB tells standard error by itself where a write failed.
  expect(errors.replaceAll(/^Write error: No space left on device .*$\n?/gm, '')).toBe('');
  expect(status).toBe(0);
  const at = lines.findIndex((line) => line.startsWith('full '));
  const [, height = '', code, ...error] = lines[at]?.split(' ') ?? [];
  expect(code).toBe('store/write-failed');
  expect(error.join(' ')).toMatch(/Input\/output error|No space left on device|File too large/);
  const reached = Number(height);
  expect(reached).toBeGreaterThan(1);
  expect(reached).toBeLessThan(LAST);
  const told = Array.from({ length: LAST }, (_, block) => {
    const line = `${block + 1} ${rootAt(block + 1)}`;
    return block < reached
      ? [`block ${line}`]
      : block === reached
        ? [lines[at] as string, `sound ${rootAt(reached)}`, `again ${line}`]
        : [`block ${line}`];
  });
  expect(lines).toEqual([...told.flat(), `done ${rootAt(LAST)}`]);
};

describe('a disk that is full in the middle of a dispute', () => {
  const hasLimits = process.platform === 'linux' && can('prlimit', '--version');
  const noLimits = without(hasLimits, '`prlimit` of Linux');

  // The write that crosses the limit is short, and the next one fails: no room behind the file.
  it.skipIf(!hasLimits).each([560, 900, 1_200])(
    `${noLimits}refuses the block after a short write beyond %i × 512 bytes, and goes on with more`,
    async (units) => {
      const path = join(folder, `limit-${units}`);
      const ended = await runChild(FILL, [path, 'prlimit', '--pid', 'PID', '--fsize=unlimited'], {
        cache,
        shell: `ulimit -S -f ${units}; exec "$@"`,
      });
      expectToGoOn(ended);
    },
  );

  const hasNamespaces =
    process.platform === 'linux' && can('unshare', '-rm', 'sh', '-c', mount(64, folder));
  const noDisk = without(hasNamespaces, '`unshare -rm` with a mount of tmpfs inside');

  it.skipIf(!hasNamespaces).each([400, 640])(
    `${noDisk}refuses the block when a disk of %i KiB has no space left, and goes on with more`,
    async (kibibytes) => {
      const path = join(folder, `disk-${kibibytes}`);
      mkdirSync(path);
      const ended = await runChild(FILL, [path, 'mount', '-o', 'remount,size=64m', path], {
        cache,
        shell: `exec unshare -rm sh -c '${mount(kibibytes, path)}; exec "$@"' sh "$@"`,
      });
      expectToGoOn(ended);
    },
  );
});
