// The table of docs/testing.md: each fault, where it is seeded, and the test that finds it.
import { table } from '../../docs/section.ts';
import type { Found } from './find.ts';
import type { Area } from './index.ts';

const fileOf = (path: string): string => path.replace('test/', '').replace('.test.ts', '');

const row = ({ fault, by }: Found): readonly string[] => [
  fault.name,
  `\`${fault.file.replace('src/', '')}\``,
  by === undefined ? '**nothing**' : `\`${fileOf(by.file)}\`: ${by.test.replaceAll('`', '')}`,
];

/** One table for each area that has something in it. */
export const tables = (areas: readonly Area[], found: readonly Found[]): string =>
  areas
    .flatMap(({ title, faults }) => {
      const rows = found.filter(({ fault }) => faults.includes(fault)).map(row);
      if (rows.length === 0) return [];
      return [`### ${title}`, table(['fault', 'in', 'found by'], rows)];
    })
    .join('\n\n');
