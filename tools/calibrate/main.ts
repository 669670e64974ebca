// npm run calibrate: measures how far honest engines lie apart on many sentences and how far wrong
// weights lie from them, sets thresholds, tries them on other sentences, and keeps the results.
// Takes about eight minutes, most of them on the engine in plain JavaScript. With --quick it prints
// the tables of the ten sentences of the default tests and ten others, and keeps nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { hashWeights, tokenize } from '../../demo/model/index.ts';
import {
  ENGINES,
  type EngineName,
  SENTENCES,
  WEIGHTS,
  whyAbsent,
} from '../../test/engines/index.ts';
import { evaluate } from './evaluate.ts';
import { type Provider, runProviders } from './outputs.ts';
import { RESULTS_FILE, type Results, writeResults } from './results.ts';
import { makeSentences } from './sentences.ts';
import { toleranceTables } from './tables.ts';

const CALIBRATING_SENTENCES = 1_000;
const HELD_OUT_SENTENCES = 500;
const QUICK_SENTENCES = 10;
/** The engine on which changed weights are run: how they are run matters little beside them. */
const CHANGED_ON = 'tfjs-wasm';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

const versionOf = (name: string): string => {
  const manifest = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
};

const enginesHere = (): Readonly<Record<EngineName, string>> => {
  const core = versionOf('@tensorflow/tfjs-core');
  return {
    own: `@energetic-ai/core ${versionOf('@energetic-ai/core')}, WebAssembly`,
    'tfjs-cpu': `TensorFlow.js ${core}, JavaScript`,
    'tfjs-wasm': `TensorFlow.js ${core}, WebAssembly`,
    'tfjs-wasm-scalar': `TensorFlow.js ${core}, WebAssembly without vector instructions`,
  };
};

const PROVIDERS: readonly Provider[] = [
  ...ENGINES.map((engine): Provider => ({ engine, weights: 'honest' })),
  ...WEIGHTS.filter((weights) => weights !== 'honest').map((weights): Provider => ({
    engine: CHANGED_ON,
    weights,
  })),
];

const calibrateAll = async (
  calibrating: readonly string[],
  heldOut: readonly string[],
): Promise<Results> => {
  const sentences = [...calibrating, ...heldOut];
  const outputs = await runProviders(PROVIDERS, sentences, (done, all) => {
    process.stderr.write(`${done} of ${all} batches run\n`);
  });
  const recorded = PROVIDERS.map((provider, index) => ({
    ...provider,
    outputs: outputs[index] ?? [],
  }));
  return {
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
      v8: process.versions.v8,
    },
    engines: enginesHere(),
    weightHash: (await hashWeights()).hash,
    sentences: { calibrating: calibrating.length, heldOut: heldOut.length },
    tokens: sentences.reduce((total, sentence) => total + tokenize(sentence).length, 0),
    ...evaluate(recorded, calibrating.length),
  };
};

const main = async (): Promise<void> => {
  const absent = whyAbsent();
  if (absent !== '') throw new Error(`${absent}nothing was measured.`);
  if (process.argv.includes('--quick')) {
    const results = await calibrateAll(SENTENCES, makeSentences(QUICK_SENTENCES));
    process.stdout.write(`${toleranceTables(results)}\n`);
    return;
  }
  const sentences = makeSentences(CALIBRATING_SENTENCES + HELD_OUT_SENTENCES);
  const calibrating = sentences.slice(0, CALIBRATING_SENTENCES);
  writeResults(root, await calibrateAll(calibrating, sentences.slice(CALIBRATING_SENTENCES)));
  process.stdout.write(`${RESULTS_FILE}\n`);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
