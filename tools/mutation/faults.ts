// Seeds the faults of the list, one at a time, in a private copy of the tree, and says which test
// finds each. Usage: npm run faults -- [--only TEXT] [--area TEXT] [--workers N] [--near] [--table]
// --only takes faults whose name or file has the text in it, --area those of such a table; --near
// asks only the tests that are named near a fault; --table writes the table into docs/testing.md,
// after a run of all of them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AREAS, type Fault } from './faults/index.ts';
import { find, type Found } from './faults/find.ts';
import { tables } from './faults/table.ts';
import { makeWorkspace, ROOT } from './workspace.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    area: { type: 'string', default: '' },
    workers: { type: 'string', default: '2' },
    near: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const tell = ({ fault, by }: Found): void =>
  say(
    by === undefined ? `MISSED  ${fault.name}` : `found   ${fault.name} (${by.file}: ${by.test})`,
  );

const findAll = async (faults: readonly Fault[]): Promise<readonly Found[]> => {
  const waiting = [...faults.entries()];
  const found: Found[] = [];
  const work = async (): Promise<void> => {
    // One fault at a time in each copy.
    const workspace = makeWorkspace();
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, fault] = next;
        const result = await find(workspace, fault, `fault-${index}`, values.near);
        found[index] = result;
        tell(result);
      }
    } finally {
      workspace.remove();
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
  return found;
};

const PAGE = join(ROOT, 'docs/testing.md');
const BEGIN = '<!-- table: seeded faults -->';
const END = '<!-- end of seeded faults -->';

const commit = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();

/** Puts the tables between the marks of the page. */
const writePage = (found: readonly Found[]): void => {
  const text = readFileSync(PAGE, 'utf8');
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for the table.`);
  const missed = found.filter(({ by }) => by === undefined).length;
  const made = `Last run at commit \`${commit()}\`: ${found.length} faults, ${missed} missed.`;
  const parts = [text.slice(0, from) + BEGIN, made, tables(AREAS, found), text.slice(to)];
  writeFileSync(PAGE, parts.join('\n\n'));
};

const all = AREAS.flatMap(({ faults }) => faults);
const isWanted = ({ name, file }: Fault): boolean => `${name} ${file}`.includes(values.only);
const wanted = AREAS.filter(({ title }) => title.includes(values.area))
  .flatMap(({ faults }) => faults)
  .filter(isWanted);
const found = await findAll(wanted);
const missed = found.filter(({ by }) => by === undefined).length;
if (values.table && found.length === all.length) writePage(found);
say(`${found.length} faults, ${found.length - missed} found, ${missed} missed.`);
process.exitCode = missed === 0 ? 0 : 1;
