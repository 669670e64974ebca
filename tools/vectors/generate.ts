// npm run vectors [SUITE…]: writes golden vectors anew. Read docs/testing.md before you commit a
// change of one: a chain that runs would fork.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeVector } from './suites.ts';
import { SUITES } from './vector.ts';

const folder = resolve(import.meta.dirname, '../../test/vectors');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !SUITES.some((suite) => suite === name));
if (unknown.length > 0) throw new Error(`there is no suite ${unknown.join(', ')}`);

for (const suite of SUITES.filter((name) => asked.length === 0 || asked.includes(name))) {
  const file = join(folder, `${suite}.json`);
  const vector = await makeVector(suite);
  writeFileSync(file, `${JSON.stringify(vector, undefined, 1)}\n`);
  process.stdout.write(`${file}: ${vector.blocks.length} blocks\n`);
}
