// The scanner behind docs/invariants.md: which tests name an invariant, and how many cases they
// have.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedTests } from '../../tools/docs/invariants/scan.ts';

const FILES: Readonly<Record<string, string>> = {
  'test/support/runs.ts': `
    export const FEW = 5;
    export const OPTIONS = { seed: 1, numRuns: FEW * 4 } as const;
    export const holds = (run: () => void) => fc.assert(fc.property(run), OPTIONS);`,
  'test/a.test.ts': `
    import { FEW, holds, OPTIONS } from './support/runs.ts';
    const ROWS = [[1], [2], [3]] as const;
    describe('a group (I1)', () => {
      it('an example', () => {});
      it.each([...ROWS, [4]])('a table %i (I2)', () => {});
      it('the default of fast-check', () => { fc.assert(fc.property(run)); });
    });
    describe.skipIf(isAbsent)('another', () => {
      it('options of others, ' + 'the last counts: I3', () => {
        fc.assert(p, { ...OPTIONS, numRuns: 1_000 });
        fc.assert(p, OPTIONS);
      });
      test('through a helper I46b', () => { holds(() => {}); holds(() => {}); });
      test(\`a range I4–I6\`, () => { runModel({ seed: 1, runs: FEW }); });
      test('names none', () => {});
    });`,
};

let root = '';
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'aivm-invariants-'));
  mkdirSync(join(root, 'test/support'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) write(path, text);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('titles of groups and tests name invariants, and cases are read from the sources', () => {
  const found = namedTests(root).map(({ title, ids, cases }) => [title, ids, cases]);
  expect(found).toEqual([
    ['a group (I1): an example', ['I1'], 1],
    ['a group (I1): a table %i (I2)', ['I1', 'I2'], 4],
    ['a group (I1): the default of fast-check', ['I1'], 100],
    ['another: options of others, the last counts: I3', ['I3'], 1_020],
    ['another: through a helper I46b', ['I46b'], 20],
    ['another: a range I4–I6', ['I4', 'I5', 'I6'], 5],
  ]);
});

test('a number of runs that cannot be read is an error, not a guess', () => {
  write('test/b.test.ts', `it('I7', () => { fc.assert(p, { numRuns: pick() }); });`);
  expect(() => namedTests(root)).toThrow(/numRuns in test\/b.test.ts cannot be read/);
  rmSync(join(root, 'test/b.test.ts'));
});
