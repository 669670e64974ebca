// Seeds the faults of the list, one at a time, in a private copy of the tree, and says which test
// finds each. Usage: npm run faults -- [--only TEXT] [--workers N] [--table]
// --table ends with the table of docs/testing.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULTS, type Fault } from './faults/index.ts';
import { withFault } from './faults/seed.ts';
import { faultTests } from './scope.ts';
import { runTests, UNTIL_FAILURE } from './tests.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

/** More than all of the tests take on a busy machine. */
const LIMIT_MS = 1_200_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: '2' },
    table: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Found {
  readonly fault: Fault;
  /** The file and the test that found it. */
  readonly by: { readonly file: string; readonly test: string } | undefined;
}

const isNear = ({ near }: Fault, test: string): boolean =>
  near.some((each) => test === each || test.startsWith(`${each}/`));

const find = async ({ root }: Workspace, fault: Fault, name: string): Promise<Found> => {
  const path = join(root, fault.file);
  const text = readFileSync(path, 'utf8');
  const tests = faultTests();
  const order = [
    ...tests.filter((test) => isNear(fault, test)),
    ...tests.filter((test) => !isNear(fault, test)),
  ];
  writeFileSync(path, withFault(text, fault));
  const limits = { limitMs: LIMIT_MS, flags: UNTIL_FAILURE };
  const { ended, files } = await runTests({ root, files: order, name, ...limits });
  writeFileSync(path, text);
  if (ended === 'passed') return { fault, by: undefined };
  const found = files.find(({ failed }) => failed !== undefined);
  if (found?.failed === undefined) {
    const why = files.find(({ unloaded }) => unloaded !== undefined)?.unloaded ?? ended;
    throw new Error(`The tests could not run with "${fault.name}": ${why}`);
  }
  return { fault, by: { file: found.file, test: found.failed } };
};

const findAll = async (faults: readonly Fault[]): Promise<readonly Found[]> => {
  const waiting = [...faults.entries()];
  const found: Found[] = [];
  const work = async (): Promise<void> => {
    // One fault at a time in each copy.
    const workspace = makeWorkspace();
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, fault] = next;
        const result = await find(workspace, fault, `fault-${index}`);
        found[index] = result;
        const by = result.by === undefined ? '' : ` (${result.by.file}: ${result.by.test})`;
        say(`${result.by === undefined ? 'MISSED' : 'found '}  ${fault.name}${by}`);
      }
    } finally {
      workspace.remove();
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
  return found;
};

const table = (found: readonly Found[]): string =>
  [
    '| fault | found by |',
    '| --- | --- |',
    ...found.map(({ fault, by }) => {
      const file = by?.file.replace('test/', '').replace('.test.ts', '');
      return `| ${fault.name} | ${by === undefined ? '**nothing**' : `\`${file}\`: ${by.test}`} |`;
    }),
  ].join('\n');

const found = await findAll(FAULTS.filter(({ name }) => name.includes(values.only)));
const missed = found.filter(({ by }) => by === undefined).length;
if (values.table) say(table(found));
say(`${found.length} faults, ${found.length - missed} found, ${missed} missed.`);
process.exitCode = missed === 0 ? 0 : 1;
