// The embedding model on engines that round differently, honest and with changed weights.
export { ENGINES, type EngineName, WEIGHTS, type WeightsName } from './job.ts';
export { type EngineRun, OUTPUT_BYTES, runEngine, whyAbsent } from './run.ts';
export { SENTENCES } from './sentences.ts';
