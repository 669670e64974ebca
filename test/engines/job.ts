// What a caller and the process of an engine say to each other.

/**
 * Programs that run the same weights and round differently: the package's own TensorFlow.js 4.5 on
 * WebAssembly, and TensorFlow.js 4.22 in JavaScript, on WebAssembly with vector instructions (where
 * the processor has them), and on WebAssembly without.
 */
export const ENGINES = ['own', 'tfjs-cpu', 'tfjs-wasm', 'tfjs-wasm-scalar'] as const;
export type EngineName = (typeof ENGINES)[number];

/** What the weights are when the engine sees them: as published, or changed by a provider. */
export const WEIGHTS = ['honest', 'bf16', 'one-weight', '8bit', 'damaged'] as const;
export type WeightsName = (typeof WEIGHTS)[number];

/** The inferences that one process makes. */
export interface Job {
  readonly engine: EngineName;
  readonly weights: WeightsName;
  /** The token ids of each sentence. */
  readonly sentences: readonly (readonly number[])[];
}

/** The embedding of one sentence: its elements as IEEE 754 binary32, little-endian. */
export interface Answer {
  readonly index: number;
  readonly output: Uint8Array;
}
