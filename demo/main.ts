import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isInstalled } from './model/index.ts';
import { jsonOf } from './facts.ts';
import { perform } from './perform.ts';
import { Narrator, tableOf } from './narrator.ts';

const USAGE = `Runs the life of an inference on a chain in this process: real weights, real
sentences, 27 providers, one of which cheats, and the dispute that finds it: a panel of one, an
appeal, and a panel of three.

  npm run demo              tells the story
  npm run -s demo -- --json prints the facts

`;

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!isInstalled()) {
    process.stderr.write('The demo needs its model: run "npm ci" with development packages.\n');
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'aivm-demo-'));
  const narrator = new Narrator(values.json === true ? undefined : process.stdout);
  try {
    const facts = await perform(join(folder, 'chain'), narrator);
    process.stdout.write(values.json === true ? `${jsonOf(facts)}\n` : tableOf(facts));
    return facts.isWhole ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
