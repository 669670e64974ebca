import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const LOWEST_NODE = 'node_modules/node-lowest/bin/node';
const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];

const run = (node: string, file: string): string =>
  execFileSync(node, [...FLAGS, file], { encoding: 'utf8' });

describe('examples/embed.ts', () => {
  it('drives the chain through a fork, a drop and a restart', () => {
    const lines = run(process.execPath, 'examples/embed.ts').trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^height 1: root [0-9a-f]{64}, gas \d+$/);
    expect(lines[1]).toMatch(/^height 3: root [0-9a-f]{64}, bob has 800 nLUX$/);
    expect(lines[2]).toBe('the same after the restart');
  });

  it.skipIf(!existsSync(LOWEST_NODE))('gives the same roots on the lowest supported Node', () => {
    const [here, lowest] = [process.execPath, LOWEST_NODE].map((node) =>
      run(node, 'examples/embed.ts'),
    );
    expect(lowest).toBe(here);
  });
});
