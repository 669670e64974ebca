import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as kit from '../../../src/testing/index.ts';

const page = readFileSync('docs/test-kit.md', 'utf8');

test('docs/test-kit.md lists every invariant as it is checked', () => {
  const missing = [...kit.STATE_INVARIANTS, ...kit.STEP_INVARIANTS]
    .map(({ id, says }) => `| ${id} | ${says} |`)
    .filter((row) => !page.includes(row));
  expect(missing).toEqual([]);
  for (const [id, why] of Object.entries(kit.UNSEEN)) {
    const row = page.split('\n').find((line) => line.endsWith(`| ${why} |`)) ?? '';
    expect(row.split(/[|, ]+/), id).toContain(id);
  }
});

test('docs/test-kit.md names only functions that there are', () => {
  const chain = kit.bootChain({ accounts: ['anyone'] });
  const calls = [...page.matchAll(/`(?:new )?(\w+)\(/g)].map(([, name = '']) => name);
  const unknown = calls.filter((name) => !(name in kit) && !(name in chain));
  expect(calls.length).toBeGreaterThan(15);
  expect(unknown).toEqual([]);
});
