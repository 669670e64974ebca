// Executes golden vectors and prints what was found after each block, as JSON by suite.
//   replay.ts [--bare] [--disk FOLDER] FILE…
// --bare: clocks, chance, timers, the environment and the locale throw while a block executes.
// --disk: each chain is in a database, closed and opened again after every block.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withoutAmbience } from './ambience.ts';
import { execute } from './execute.ts';
import { parseVector } from './vector.ts';

const { values, positionals } = parseArgs({
  options: { bare: { type: 'boolean' }, disk: { type: 'string' } },
  allowPositionals: true,
});
const { bare = false, disk } = values;

const found = positionals.map((file) => {
  const vector = parseVector(readFileSync(file, 'utf8'));
  const blocks = execute(vector, {
    ...(disk === undefined ? {} : { path: join(disk, vector.suite), restart: true }),
    ...(bare ? { around: withoutAmbience } : {}),
  });
  return [vector.suite, blocks] as const;
});
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
