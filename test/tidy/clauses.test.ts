// Holds the tables of docs/disputes.md to the code: every file and every test that they name
// exists.
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { FILES, read } from './files.ts';

const PAGE = 'docs/disputes.md';
const LINK = /\[[^\]]+\]\((?<path>\.\.\/(?:src|test)\/[^)]+)\)(?: “(?<title>[^”]+)”)?/g;

interface Reference {
  readonly path: string;
  readonly title: string | undefined;
}

const references: readonly Reference[] = [...read(PAGE).matchAll(LINK)].map(({ groups }) => ({
  path: posix.join('docs', groups?.['path'] ?? ''),
  title: groups?.['title'],
}));

/** Rows of the two tables, without their heads. */
const rows = read(PAGE)
  .slice(read(PAGE).indexOf('## What bad faith leads to'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:clause|bad faith|---) /.test(line));

test('the tables of disputes name code and tests that exist', () => {
  expect(references.length).toBeGreaterThan(100);
  const missing = references.filter(({ path, title }) => {
    if (!FILES.includes(path)) return true;
    // A title stands in a string, where an apostrophe may be escaped.
    return (
      title !== undefined &&
      !read(path)
        .replaceAll(String.raw`\'`, "'")
        .includes(title)
    );
  });
  expect(missing).toEqual([]);
});

test('every clause and every kind of bad faith has a test', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter((row) => !/“[^”]+”/.test(row))).toEqual([]);
});
