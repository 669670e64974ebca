// `aivm simulate` as people run it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../../src/simulation/index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'src/cli/main.ts');
const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];

const folder = mkdtempSync(join(tmpdir(), 'aivm-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [...FLAGS, MAIN, 'simulate', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

const scenarioOf = (name: string, content: unknown): string => {
  const file = `${name}.json`;
  writeFileSync(join(folder, file), JSON.stringify(content));
  return file;
};

/** As the documentation has it: a name, a seed and estimates, nothing else. */
const SMALL = scenarioOf('small', {
  name: 'small',
  seed: 11,
  estimates: [
    { estimate: 'noAnswer', u: 0.2, k: 1, runs: 2_000 },
    {
      estimate: 'panelMajorityError',
      N: 100,
      colluders: 0.2,
      panel: 7,
      replacement: false,
      runs: 2_000,
    },
  ],
});

describe('aivm simulate', () => {
  it('prints for programs what was asked for, in its order, and nothing else', () => {
    const { status, stdout } = run(SMALL, '--json', '--workers', '1');
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as SimulationResult;
    expect(answer).toMatchObject({ scenario: 'small', seed: '11', version: '0.1.0' });
    const [silent, wrong] = answer.estimates;
    expect(silent).toMatchObject({ name: 'noAnswer', n: 2_000, closedForm: 0.04 });
    expect(wrong?.closedForm).toBeCloseTo(0.028_126, 5);
    for (const { estimate, closedForm, z, ci95 } of answer.estimates) {
      expect(z).toBeLessThanOrEqual(4);
      expect(ci95[0]).toBeLessThanOrEqual(estimate);
      expect(ci95[1]).toBeGreaterThanOrEqual(estimate);
      expect(Math.abs(estimate - (closedForm ?? Number.NaN))).toBeLessThan(0.02);
    }
  });

  it('takes a seed and runs of its own, and repeats itself', () => {
    const of = (...args: readonly string[]) => run(SMALL, '--json', ...args).stdout;
    const first = of('--seed', '12', '--runs', '500');
    expect(of('--seed', '12', '--runs', '500')).toBe(first);
    expect(JSON.parse(first)).toMatchObject({ seed: '12', estimates: [{ n: 500 }, { n: 500 }] });
    expect(of('--seed', '13', '--runs', '500')).not.toBe(first);
  });

  it('shows people a table and sentences, and plays a scenario of the package by its name', () => {
    const { status, stdout } = run('correlated-faults', '--runs', '1');
    expect(status).toBe(0);
    expect(stdout).toMatch(/correlatedSlash\s+v = 0\.15.*20\.25.%\s+20\.25.%\s+0/);
    expect(stdout).toContain('agree with it within 4 standard errors');
    expect(stdout).toContain('did not sign');
  });

  it('writes a page, JSON, and a folder of tables', () => {
    const { status, stderr } = run(SMALL, '--report', 'a.html', 'a.json', 'tables.csv');
    expect(status).toBe(0);
    expect(stderr).toContain('Written to tables.');
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain('aivm simulate small.json');
    expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toHaveProperty('figures');
    expect(readdirSync(join(folder, 'tables'))).toEqual(['estimates.csv']);
  });

  it.each([
    ['a file that is not there', ['nowhere'], 'cli/file-unreadable'],
    ['another kind of report', [SMALL, '--report', 'a.pdf'], 'cli/bad-option'],
    ['no seed', [SMALL, '--seed', ''], 'cli/bad-option'],
    ['no runs', [SMALL, '--runs', '0'], 'cli/bad-number'],
    [
      'a scenario that asks for nothing',
      [scenarioOf('no', { name: 'x', seed: 1 })],
      'nothing-asked',
    ],
    [
      'an estimate that nobody knows',
      [scenarioOf('odd', { name: 'x', seed: 1, estimates: [{ estimate: 'panelError' }] })],
      'simulation/unknown-estimate',
    ],
  ])('refuses %s before it plays anything', (_, args, code) => {
    const { status, stdout, stderr } = run(...args, '--json');
    expect([status, stdout]).toEqual([2, '']);
    expect((JSON.parse(stderr) as { error: { code: string } }).error.code).toContain(code);
    expect(existsSync(join(folder, 'a.pdf'))).toBe(false);
  });

  it('goes on from a checkpoint', () => {
    const first = run(SMALL, '--json', '--checkpoint', 'kept.jsonl').stdout;
    expect(readFileSync(join(folder, 'kept.jsonl'), 'utf8').split('\n')).toHaveLength(4);
    expect(run(SMALL, '--json', '--checkpoint', 'kept.jsonl').stdout).toBe(first);
    const other = run(SMALL, '--seed', '1', '--checkpoint', 'kept.jsonl');
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('simulation/other-checkpoint');
  });
});
