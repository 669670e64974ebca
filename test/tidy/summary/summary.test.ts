import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../files.ts';

const run = (
  ...args: string[]
): { readonly last: string | undefined; readonly status: number | null } => {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const { stdout, status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', config, ...args],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  return { last: stdout.trimEnd().split('\n').at(-1), status };
};

test('the last line of a run counts tests, hooks and files that failed', () => {
  expect(run()).toEqual({ last: '2 passed, 4 failed, 2 skipped', status: 1 });
});

test('the last line of a run that passes says so', () => {
  expect(run('--testNamePattern', 'passes for')).toEqual({
    last: '1 passed, 1 failed, 5 skipped',
    status: 1,
  });
  expect(run('mixed', '--testNamePattern', 'passes for')).toEqual({
    last: '1 passed, 0 failed, 5 skipped',
    status: 0,
  });
});
