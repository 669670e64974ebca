// The generated parts of docs/tolerance.md: the measured distances, and the code that a test runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResults } from '../calibrate/results.ts';
import { toleranceTables } from '../calibrate/tables.ts';
import { replaceSection } from './section.ts';

export const TOLERANCE_PAGE = 'docs/tolerance.md';

const EXAMPLE = 'examples/calibrate.ts';
const EXAMPLE_BEGINS = 'import ';

const renderExample = (root: string): string => {
  const source = readFileSync(join(root, EXAMPLE), 'utf8');
  const from = source.indexOf(EXAMPLE_BEGINS);
  if (from < 0) throw new Error(`${EXAMPLE} has lost the part that ${TOLERANCE_PAGE} shows.`);
  return ['```ts', source.slice(from).trim(), '```'].join('\n');
};

export const renderTolerance = (root: string): string => {
  const text = readFileSync(join(root, TOLERANCE_PAGE), 'utf8');
  const withExample = replaceSection(text, 'calibration', renderExample(root));
  return replaceSection(withExample, 'distances', toleranceTables(readResults(root)));
};
