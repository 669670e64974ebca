// npm run docs: writes the generated pages; a test fails while they are stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { renderPages } from './pages.ts';

const root = resolve(import.meta.dirname, '../..');
for (const [path, content] of await renderPages(root)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  process.stdout.write(`${path}\n`);
}
