// docs/mutation.md: how many mutants were found in each source, and why the others were not.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EQUIVALENTS } from './equivalents.ts';
import { isFound, type Entry, type Fate } from './ledger.ts';
import type { Mutant } from './mutants.ts';
import { ROOT } from './workspace.ts';

const PAGE = 'docs/mutation.md';

export interface Tried {
  readonly mutant: Mutant;
  readonly entry: Entry | undefined;
}

const INTRODUCTION = `# Mutation testing

\`npm run mutation\` makes small changes to the rules, one at a time, and looks whether a test finds
each. It works in a private copy of the tree, may be stopped at any time, and goes on where it was.

The changes are those of \`tools/mutation/operators.ts\`: comparisons and arithmetic that go another
way, a condition forgotten, a decision that is always taken or never, a constant off by one, a check
dropped from a guard, an effect from a list, a field from an update, a rounding or a bound swapped.
All mutants of a source stand in one text, each behind a switch. A first run notes which tests reach
which mutant. Then one process takes many mutants: it runs each test once for every mutant that the
test reaches, until one fails. Mutants that are reached while modules are loaded, such as an edge of
a table, get a process each.

Not mutated are encodings, gas prices and limits (\`record.ts\`, \`messages.ts\`, \`gas.ts\`,
\`limits.ts\`, \`reads.ts\`): golden vectors and the tests of the codec hold them.

Stryker runs here, too, with its vitest runner. It was not taken because it knows none of the last
five changes, and they are what goes wrong in rules like these.

A mutant that no test can find is "equivalent", and the list below says why: what it changes is
decided before it is reached, or makes no difference to anything that can be seen. Each reason was
checked in the source, and stands for those tests that its mutant has not met; one whose mutant is
gone fails the run.
`;

/** Said only while there are some. */
const ABOUT_PART = `Those in the column "in part" have met some of the tests only, in the time of
the run that tried them, and none of these has found them;
\`npm run mutation -- --again --files SOURCE\` lets them meet the rest. "Open" are those that all
tests have met.
`;

const nameOf = ({ file, operator, from, to }: Omit<Mutant, 'key' | 'line'>): string =>
  [file, operator, from, to].join('\0');

const isOpen = ({ entry }: Tried): boolean => entry !== undefined && !isFound(entry);

/** No test finds it, and all were tried. */
const isLost = (entry: Entry | undefined): boolean =>
  entry?.fate === 'survived' || entry?.fate === 'unreached';

/**
 * Why no test finds a mutant that is open, by its key. One reason excuses one mutant: the same
 * change of the same text elsewhere in the source is another.
 */
const reasonsOf = (tried: readonly Tried[]): ReadonlyMap<string, string> => {
  const waiting = [...EQUIVALENTS];
  return new Map(
    tried.filter(isOpen).flatMap(({ mutant }) => {
      const at = waiting.findIndex((each) => nameOf(each) === nameOf(mutant));
      return at === -1
        ? []
        : waiting.splice(at, 1).map(({ because }) => [mutant.key, because] as const);
    }),
  );
};

/** Longer texts are cut in the middle: the line says where to look. */
const LONGEST = 96;

const shorten = (text: string): string =>
  text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST >> 1)} … ${text.slice(text.length - (LONGEST >> 1))}`;

const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('`', "'");

const changeOf = ({ operator, from, to }: Mutant): string =>
  `${operator}: \`${escape(shorten(from))}\` → \`${escape(shorten(to))}\``;

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const count = (tried: readonly Tried[], ...fates: readonly Fate[]): number =>
  tried.filter(({ entry }) => entry !== undefined && fates.includes(entry.fate)).length;

type Reasons = ReadonlyMap<string, string>;

const unexcusedOf = (tried: readonly Tried[], reasons: Reasons): readonly Tried[] =>
  tried.filter((each) => isOpen(each) && !reasons.has(each.mutant.key));

/** Those without a reason that have not met every test. */
const inPartOf = (tried: readonly Tried[], reasons: Reasons): number =>
  count(unexcusedOf(tried, reasons), 'spared');

type Column = readonly [title: string, of: (tried: readonly Tried[], reasons: Reasons) => number];

const COLUMNS: readonly Column[] = [
  ['mutants', (tried) => tried.length],
  ['tried', (tried) => tried.filter(({ entry }) => entry !== undefined).length],
  ['killed', (tried) => count(tried, 'killed')],
  ['did not load', (tried) => count(tried, 'crashed')],
  ['endless', (tried) => count(tried, 'endless')],
  [
    'equivalent',
    (tried, reasons) => tried.filter(isOpen).length - unexcusedOf(tried, reasons).length,
  ],
  ['in part', inPartOf],
  ['open', (tried, reasons) => unexcusedOf(tried, reasons).length - inPartOf(tried, reasons)],
];

const tableOf = (tried: readonly Tried[], reasons: Reasons): string => {
  const files = [...new Set(tried.map(({ mutant }) => mutant.file))];
  const isAny = inPartOf(tried, reasons) > 0;
  const columns = COLUMNS.filter(([, of]) => isAny || of !== inPartOf);
  const tally = (name: string, some: readonly Tried[]): string =>
    row([name, ...columns.map(([, of]) => of(some, reasons))]);
  const ofFile = (file: string) => tried.filter(({ mutant }) => mutant.file === file);
  return [
    row(['source', ...columns.map(([title]) => title)]),
    row(['---', ...columns.map(() => '---:')]),
    ...files.map((file) => tally(`\`${file.replace('src/machines/', '')}\``, ofFile(file))),
    tally('**all**', tried),
  ].join('\n');
};

const listOf = (tried: readonly Tried[], reasons: Reasons): string =>
  [
    row(['source', 'change', 'why no test finds it']),
    row(['---', '---', '---']),
    ...tried
      .filter(({ mutant, entry }) => reasons.has(mutant.key) || isLost(entry))
      .map(({ mutant }) =>
        row([
          `\`${mutant.file.replace('src/machines/', '')}:${mutant.line}\``,
          changeOf(mutant),
          escape(reasons.get(mutant.key) ?? '**not found yet**'),
        ]),
      ),
  ].join('\n');

/** Reasons for mutants of these sources that there are no more. */
const staleOf = (tried: readonly Tried[]): readonly string[] => {
  const names = new Set(tried.map(({ mutant }) => nameOf(mutant)));
  const files = new Set(tried.map(({ mutant }) => mutant.file));
  return EQUIVALENTS.filter((each) => files.has(each.file) && !names.has(nameOf(each))).map(
    ({ file, from, to }) => `${file}: ${from} → ${to}`,
  );
};

/** Writes the page. @returns whether every mutant that was tried is found or has its reason */
export const writeReport = (tried: readonly Tried[], say: (line: string) => void): boolean => {
  const reasons = reasonsOf(tried);
  const page = [
    INTRODUCTION,
    ...(inPartOf(tried, reasons) > 0 ? [ABOUT_PART] : []),
    '## Figures\n',
    `${tableOf(tried, reasons)}\n`,
    '## Those that no test finds\n',
    `${listOf(tried, reasons)}\n`,
  ].join('\n');
  writeFileSync(join(ROOT, PAGE), page);
  const open = unexcusedOf(tried, reasons);
  const stale = staleOf(tried);
  for (const each of stale) say(`No such mutant any more: ${each}`);
  const found = count(tried, 'killed', 'crashed', 'endless');
  const known = tried.filter(({ entry }) => entry !== undefined).length;
  say(`${known} of ${tried.length} tried, ${found} found, ${open.length} open. See ${PAGE}.`);
  return open.length === 0 && stale.length === 0;
};
