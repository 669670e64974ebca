// A real model with real weights for the demo and the tests: the Universal Sentence Encoder Lite,
// from development packages, on WebAssembly.
export { roundTo8Bits, zeroMatrix } from './damage.ts';
export {
  type Damage,
  EMBEDDING_SIZE,
  type EmbeddingModel,
  loadModel,
  MAX_TOKENS,
  tokenize,
  VOCABULARY_SIZE,
} from './model.ts';
export { OUTPUT_NAME, toTensorPreimage } from './tensor.ts';
export {
  hashWeights,
  isInstalled,
  readWeights,
  type WeightRange,
  weightRanges,
  weightsFiles,
} from './weights.ts';
