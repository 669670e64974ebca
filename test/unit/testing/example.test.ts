import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];

test('examples/testing.ts property-tests an extension in a page', () => {
  const out = execFileSync(process.execPath, [...FLAGS, 'examples/testing.ts'], {
    encoding: 'utf8',
  });
  expect(out).toMatch(/^40 runs: topped up \d+ times, never below the floor, always sound\n$/);
});
