// The one copy of TensorFlow.js that a process may hold (its backend is global), behind the few
// names that are used. The package has declarations that need packages it does not install, so the
// shapes are declared here. It runs on WebAssembly, from files, without a network.
import { createRequire } from 'node:module';
import type { WeightSpec } from './weights.ts';

export interface Tensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
  dispose(): void;
}

export interface GraphModel {
  executeAsync(inputs: Readonly<Record<string, Tensor>>): Promise<Tensor>;
  dispose(): void;
}

interface ModelArtifacts {
  readonly modelTopology: unknown;
  readonly weightSpecs: readonly WeightSpec[];
  readonly weightData: ArrayBuffer;
}

export interface Engine {
  ready(): Promise<void>;
  getBackend(): string;
  loadGraphModel(handler: { load(): Promise<ModelArtifacts> }): Promise<GraphModel>;
  tensor1d(values: readonly number[], dtype: 'int32'): Tensor;
  tensor2d(values: readonly number[], shape: readonly [number, number], dtype: 'int32'): Tensor;
  memory(): { readonly numTensors: number };
}

interface Tokenizer {
  encode(text: string): number[];
}

interface EmbeddingsPackage {
  readonly EmbeddingsModel: new (data: {
    readonly vocabulary: readonly [string, number][];
    readonly model: undefined;
  }) => { readonly tokenizer: Tokenizer };
}

const BACKEND = 'wasm';
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;
type Listener = (...args: unknown[]) => void;

const require = createRequire(import.meta.url);
let started: Promise<Engine> | undefined;

/** Starts the backend and takes back the process-wide error handlers that it installs. */
const start = async (): Promise<Engine> => {
  const before = EVENTS.map((event) => process.listeners(event as 'exit') as Listener[]);
  const engine = require('@energetic-ai/core') as Engine;
  await engine.ready();
  for (const [index, event] of EVENTS.entries()) {
    for (const listener of process.listeners(event as 'exit') as Listener[]) {
      if (!before[index]?.includes(listener)) process.removeListener(event, listener);
    }
  }
  const backend = engine.getBackend();
  if (backend !== BACKEND) {
    throw new Error(`The embedding model runs on the ${BACKEND} backend and found ${backend}.`);
  }
  return engine;
};

/** The engine of this process, started on first use. */
export const loadEngine = (): Promise<Engine> => (started ??= start());

/** The tokenizer of the embeddings package (SentencePiece unigrams) over a vocabulary. */
export const makeTokenizer = (vocabulary: readonly [string, number][]): Tokenizer => {
  const { EmbeddingsModel } = require('@energetic-ai/embeddings') as EmbeddingsPackage;
  return new EmbeddingsModel({ vocabulary, model: undefined }).tokenizer;
};
