// `aivm explore` as people run it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const PAIR = join(ROOT, 'worlds/pair.json');
const MAIN = join(ROOT, 'src/cli/main.ts');
const BROKEN = join(import.meta.dirname, 'broken-main.ts');
const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];

const folder = mkdtempSync(join(tmpdir(), 'aivm-explore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [...FLAGS, script, 'explore', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

it('explores a world as far as it is told, and reports for programs', () => {
  const { status, stdout, stderr } = run(MAIN, PAIR, '--max-depth', '3', '--json');
  expect(status).toBe(0);
  const answer = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  expect(answer).toMatchObject({ ok: true, isComplete: false, depth: 3, violations: [] });
  expect(answer['statesPerSecond']).toBeGreaterThan(0);
  expect(stderr).toContain('A bound ended it');
});

it('tells a violation, writes it down, and goes the way again', () => {
  const { status, stdout, stderr } = run(BROKEN, PAIR, '--out', 'found.json');
  expect(status).toBe(1);
  expect(stdout).toContain('to a violation');
  expect(stderr).toMatch(/1\. \[\d+\] anyone publishes the payload of pair\(ada, bob\)/);
  expect(stderr).toMatch(/I35: commit ends at \d+, it wakes at undefined/);
  expect(stderr).toContain('cli/check-failed');

  const written = JSON.parse(readFileSync(join(folder, 'found.json'), 'utf8')) as {
    readonly steps: readonly string[];
  };
  expect(written.steps.at(-1)).toBe('a block passes');

  const again = run(BROKEN, PAIR, '--replay', 'found.json');
  expect(again.status).toBe(1);
  expect(again.stdout).toContain('I35: commit ends at');
  const sound = run(MAIN, PAIR, '--replay', 'found.json');
  expect(sound.status).toBe(0);
  expect(sound.stdout).toContain('Nothing is wrong on this way.');
});

it('says what is wrong with a file', () => {
  const { status, stderr } = run(MAIN, join(ROOT, 'package.json'));
  expect(status).toBe(2);
  expect(stderr).toContain('json/unknown-field');
});
