import Table from 'cli-table3';
import { colours, isTerminal } from './terminal.ts';

const PLAIN_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Borders on a terminal; elsewhere columns that other tools can cut. */
const style = () => ({
  style: { head: [], border: isTerminal(process.stdout) ? ['gray'] : [], compact: true },
  ...(isTerminal(process.stdout)
    ? {}
    : {
        chars: PLAIN_BORDER,
        style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
      }),
});

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

/** A table with a line of headings. */
export const grid = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string => {
  const table = new Table({
    ...style(),
    head: head.map((name) => colours.bold(name)),
    colAligns: head.map((_, at) => (right.includes(at) ? 'right' : 'left')),
  });
  for (const row of rows) table.push([...row]);
  return trimmed(table.toString());
};

export type Row = readonly [name: string, value: string];

/** Names and values, one below the other. */
export const sheet = (rows: readonly Row[]): string => {
  const table = new Table(style());
  for (const [name, value] of rows) table.push([colours.dim(name), value]);
  return trimmed(table.toString());
};

export const heading = (text: string): string => colours.bold(text);

/** A count with its noun: `1 key`, `2 keys`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
