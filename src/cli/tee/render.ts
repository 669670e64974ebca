import Table from 'cli-table3';
import pc from 'picocolors';
import type { Plain, Rejection, Shortfall } from '../../tee/index.ts';

export type Row = readonly [name: string, value: string];

/** Long values are shown in lines of this many characters. */
const VALUE_COLUMNS = 64;

const wrap = (text: string): string => {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += VALUE_COLUMNS) {
    lines.push(text.slice(at, at + VALUE_COLUMNS));
  }
  return lines.join('\n');
};

const NO_COLOUR = { head: [], border: [] };

/** A table of names and values under a heading. */
export const section = (heading: string, rows: readonly Row[]): string => {
  const table = new Table({ style: NO_COLOUR });
  for (const [name, value] of rows) table.push([pc.dim(name), wrap(value)]);
  return `${pc.bold(heading)}\n${table.toString()}`;
};

export const grid = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const table = new Table({ head: [...head], style: NO_COLOUR });
  for (const row of rows) table.push([...row]);
  return table.toString();
};

/** Unix seconds for a person. */
export const date = (seconds: number): string =>
  new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');

export const hexText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const PART_NAMES: Readonly<Record<Shortfall['part'], string>> = {
  sgx: 'SGX component',
  tdx: 'TDX component',
  pce: 'PCESVN',
  qe: 'Quoting enclave ISVSVN',
  'tdx-module': 'TDX module ISVSVN',
};

const NUMBERED: ReadonlySet<Shortfall['part']> = new Set(['sgx', 'tdx']);

/** What falls short and by how much; the vendor counts components from 1. */
export const shortfallTable = (shortfall: readonly Shortfall[]): string =>
  grid(
    ['falls short', 'has', 'needs', 'by', 'what the vendor calls it'],
    shortfall.map((s) => [
      NUMBERED.has(s.part) ? `${PART_NAMES[s.part]} ${String(s.index + 1)}` : PART_NAMES[s.part],
      String(s.have),
      String(s.need),
      String(s.need - s.have),
      [s.category, s.type].filter((text) => text !== '').join(': '),
    ]),
  );

/** The reason of a rejection in a sentence, with its particulars. */
export const rejectionText = (rejection: Rejection): string => {
  const details = Object.entries(rejection.details).map(([name, value]): Row => [name, value]);
  const head = `${pc.red(pc.bold('REJECTED'))} ${rejection.message}`;
  const rows: Row[] = [['code', rejection.code], ['stage', rejection.stage], ...details];
  const parts = [head, section('Why', rows)];
  if (rejection.shortfall !== undefined && rejection.shortfall.length > 0) {
    parts.push(shortfallTable(rejection.shortfall));
  }
  return parts.join('\n');
};

export const jsonText = (value: Plain): string => JSON.stringify(value, undefined, 2);
