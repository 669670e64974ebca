// TensorFlow.js 4.22 on one of its backends, with the weights of the embedding model. It finds its
// WebAssembly files beside itself, without a network.
import { createRequire } from 'node:module';
import type { Engine, GraphModel, Tensor } from '../../demo/model/engine.ts';
import { type Damage, readWeights } from '../../demo/model/index.ts';
import { readManifest } from '../../demo/model/weights.ts';
import type { EngineName } from './job.ts';

/** One inference: the embedding of one sequence of token ids. */
export type Infer = (tokens: readonly number[]) => Promise<Float32Array>;

interface Core extends Omit<Engine, 'loadGraphModel'> {
  setBackend(name: string): Promise<boolean>;
  env(): { set(flag: string, value: boolean): void };
}

interface Setting {
  readonly backend: 'cpu' | 'wasm';
  readonly flags: Readonly<Record<string, boolean>>;
}

/** One thread everywhere: how work is split over threads would change the bits. */
const ONE_THREAD = { WASM_HAS_MULTITHREAD_SUPPORT: false };
const SETTINGS: Readonly<Record<Exclude<EngineName, 'own'>, Setting>> = {
  'tfjs-cpu': { backend: 'cpu', flags: {} },
  'tfjs-wasm': { backend: 'wasm', flags: ONE_THREAD },
  'tfjs-wasm-scalar': {
    backend: 'wasm',
    flags: { ...ONE_THREAD, WASM_HAS_SIMD_SUPPORT: false },
  },
};

const require = createRequire(import.meta.url);

const startCore = async ({ backend, flags }: Setting): Promise<Core> => {
  const core = require('@tensorflow/tfjs-core') as Core;
  require(`@tensorflow/tfjs-backend-${backend}`);
  for (const [flag, value] of Object.entries(flags)) core.env().set(flag, value);
  const started = await core.setBackend(backend);
  await core.ready();
  if (!started || core.getBackend() !== backend) {
    throw new Error(`TensorFlow.js cannot start its ${backend} backend here.`);
  }
  return core;
};

const loadGraph = (change: Damage): Promise<GraphModel> => {
  const { loadGraphModel } = require('@tensorflow/tfjs-converter') as Engine;
  const { modelTopology, weightsManifest } = readManifest();
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weights = readWeights();
  change(weights);
  const artifacts = { modelTopology, weightSpecs, weightData: weights.buffer };
  return loadGraphModel({ load: () => Promise.resolve(artifacts) });
};

/** Starts one backend of this process and loads the changed weights. Only one may be started. */
export const startTfjs = async (
  name: Exclude<EngineName, 'own'>,
  change: Damage,
): Promise<Infer> => {
  const core = await startCore(SETTINGS[name]);
  const graph = await loadGraph(change);
  return async (tokens) => {
    // The graph takes a sparse batch: for each token its row (the sentence) and its column.
    const places = tokens.flatMap((_, column) => [0, column]);
    const indices = core.tensor2d(places, [tokens.length, 2], 'int32');
    const values = core.tensor1d(tokens, 'int32');
    let output: Tensor | undefined;
    try {
      output = await graph.executeAsync({ indices, values });
      return new Float32Array(await output.data());
    } finally {
      for (const tensor of [indices, values, output]) tensor?.dispose();
    }
  };
};
