// npm run explore [-- names]: explores the shipped worlds completely, all of them unless named.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { explore, parseWorld, replay, storyText } from '../../src/exploration/index.ts';
import type { Json } from '../../src/codec/index.ts';

const FOLDER = resolve(import.meta.dirname, '../../worlds');
/** Above what any shipped world has; some gigabytes of memory. */
const MAX_STATES = 2_000_000;
const WIDTH = 16;

const shipped = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
const asked = process.argv.slice(2);
let isSound = true;

const row = (...cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).padEnd(WIDTH)).join('');

const COUNTS = ['states', 'transitions', 'refusals', 'depth', 'longest wait'];
process.stdout.write(`${row('world', ...COUNTS, 'seconds', 'states/s')}\n`);
for (const name of asked.length === 0 ? shipped : asked) {
  const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  const world = parseWorld(JSON.parse(text) as Json);
  if (!world.ok) throw new Error(`${name}: ${JSON.stringify(world.failure)}`);
  const begun = performance.now();
  const found = explore(world.value, { maxStates: MAX_STATES });
  const seconds = (performance.now() - begun) / 1_000;
  const { states, transitions, refusals, depth, longestWaitBlocks, counterexample } = found;
  const rate = Math.round(states / seconds);
  const counts = [states, transitions, refusals, depth, longestWaitBlocks];
  process.stdout.write(`${row(name, ...counts, seconds.toFixed(1), rate)}\n`);
  if (!found.isComplete) isSound = false;
  if (counterexample === undefined) continue;
  const story = replay(world.value, counterexample.path);
  process.stdout.write(`${story.ok ? storyText(story.value) : JSON.stringify(story.failure)}\n`);
}
process.exitCode = isSound ? 0 : 1;
