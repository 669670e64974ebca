// Executes the blocks of a golden vector and prints the roots and activity hashes found, as JSON.
// With `--restart-every-block PATH` the chain is on disk and reopened between blocks. Ambient
// sources of nondeterminism throw while a block executes.
import { readFileSync } from 'node:fs';
import { fromHex } from '../../src/codec/index.ts';
import { parseGenesis, type Genesis } from '../../src/genesis/index.ts';
import { openAivm, type EmbeddedAivm } from '../../src/runtime/index.ts';
import type { LifeVector } from './life.ts';

const [file = '', restart, path] = process.argv.slice(2);
const SUITES = ['life'];

const vector = JSON.parse(readFileSync(file, 'utf8')) as LifeVector;
if (!SUITES.includes(vector.suite)) throw new Error(`there is no suite ${vector.suite}`);

const read = (): Genesis => {
  const genesis = parseGenesis(JSON.stringify(vector.genesis));
  if (!genesis.ok) throw new Error(JSON.stringify(genesis.failure));
  return genesis.value;
};

const genesis = read();

const open = (): EmbeddedAivm => {
  const opened = openAivm({ genesis, path: restart === undefined ? undefined : path });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
};

const forbidden = (name: string) => () => {
  throw new Error(`${name} was used while a block executed`);
};

/** Runs with clocks and randomness taken away. */
const withoutAmbience = <T>(run: () => T): T => {
  const { Date: date } = globalThis;
  const { random } = Math;
  Object.assign(globalThis, { Date: forbidden('Date') });
  Object.assign(Math, { random: forbidden('Math.random') });
  try {
    return run();
  } finally {
    Object.assign(globalThis, { Date: date });
    Object.assign(Math, { random });
  }
};

let aivm = open();
const found = vector.blocks.map(({ bytes }) => {
  const tip = aivm.tip();
  if (!tip.ok) throw new Error(tip.failure.code);
  const parent = tip.value.blockId;
  const executed = withoutAmbience(() => aivm.execute(parent, fromHex(bytes)));
  if (!executed.ok) throw new Error(JSON.stringify(executed.failure));
  const committed = aivm.commit(executed.value.blockId);
  if (!committed.ok) throw new Error(JSON.stringify(committed.failure));
  if (restart !== undefined) {
    aivm.close();
    aivm = open();
  }
  return { root: executed.value.root, activity: executed.value.activity };
});
aivm.close();
process.stdout.write(JSON.stringify(found));
