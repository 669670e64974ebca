// npm run vectors: writes the golden vectors. Read docs/testing.md before you commit a change.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeLifeVector } from './life.ts';

const folder = resolve(import.meta.dirname, '../../test/vectors');
const file = join(folder, 'life.json');
writeFileSync(file, `${JSON.stringify(await makeLifeVector(), null, 1)}\n`);
process.stdout.write(`${file}\n`);
