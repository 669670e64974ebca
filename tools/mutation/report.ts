// docs/mutation.md: how many mutants were found in each source, and why the others were not.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EQUIVALENTS } from './equivalents.ts';
import type { Entry, Fate } from './ledger.ts';
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
All mutants of a source stand in one text, each behind a switch. A first run notes which test files
reach which mutant; then each mutant meets only those, until one fails.

Not mutated are encodings, gas prices and limits (\`record.ts\`, \`messages.ts\`, \`gas.ts\`,
\`limits.ts\`, \`reads.ts\`): golden vectors and the tests of the codec hold them.

Stryker runs here, too, with its vitest runner. It was not taken because it knows none of the last
five changes, and they are what goes wrong in rules like these.
`;

const nameOf = ({ file, operator, from, to }: Omit<Mutant, 'key' | 'line'>): string =>
  [file, operator, from, to].join('\0');

const REASONS = new Map(EQUIVALENTS.map((each) => [nameOf(each), each.because]));

const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('`', "'");

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const count = (tried: readonly Tried[], ...fates: readonly Fate[]): number =>
  tried.filter(({ entry }) => entry !== undefined && fates.includes(entry.fate)).length;

const isOpen = ({ entry }: Tried): boolean =>
  entry?.fate === 'survived' || entry?.fate === 'unreached';

const tally = (name: string, tried: readonly Tried[]): string => {
  const open = tried.filter(isOpen);
  const excused = open.filter(({ mutant }) => REASONS.has(nameOf(mutant))).length;
  const known = tried.filter(({ entry }) => entry !== undefined).length;
  return row([
    name,
    known,
    count(tried, 'killed'),
    count(tried, 'crashed'),
    count(tried, 'endless'),
    excused,
    open.length - excused,
  ]);
};

const COLUMNS = ['source', 'tried', 'killed', 'did not load', 'endless', 'equivalent', 'open'];

const tableOf = (tried: readonly Tried[]): string => {
  const known = tried.filter(({ entry }) => entry !== undefined);
  const files = [...new Set(known.map(({ mutant }) => mutant.file))];
  const of = (file: string) => known.filter(({ mutant }) => mutant.file === file);
  return [
    row(COLUMNS),
    row(COLUMNS.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...files.map((file) => tally(`\`${file.replace('src/machines/', '')}\``, of(file))),
    tally('**all**', known),
  ].join('\n');
};

const listOf = (tried: readonly Tried[]): string =>
  [
    row(['source', 'change', 'why no test finds it']),
    row(['---', '---', '---']),
    ...tried
      .filter(isOpen)
      .map(({ mutant }) =>
        row([
          `\`${mutant.file.replace('src/machines/', '')}:${mutant.line}\``,
          `${mutant.operator}: \`${escape(mutant.from)}\` → \`${escape(mutant.to)}\``,
          escape(REASONS.get(nameOf(mutant)) ?? '**not found yet**'),
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
  const page = [
    INTRODUCTION,
    '## Figures\n',
    `${tableOf(tried)}\n`,
    '## Those that no test finds\n',
    `${listOf(tried)}\n`,
  ].join('\n');
  writeFileSync(join(ROOT, PAGE), page);
  const open = tried.filter((each) => isOpen(each) && !REASONS.has(nameOf(each.mutant)));
  const stale = staleOf(tried);
  for (const each of stale) say(`No such mutant any more: ${each}`);
  const found = count(tried, 'killed', 'crashed', 'endless');
  const known = tried.filter(({ entry }) => entry !== undefined).length;
  say(`${known} of ${tried.length} tried, ${found} found, ${open.length} open. See ${PAGE}.`);
  return open.length === 0 && stale.length === 0;
};
