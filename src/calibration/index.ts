export * from './calibrate.ts';
export { type CalibrationErrorCode, calibrationErrors } from './errors.ts';
export * from './floor.ts';
export { measure, measureOutputs } from './measure.ts';
export * from './resolution.ts';
export { type KindOutputs, type KindSamples, measureKinds } from './samples.ts';
export { LEAST_KINDS, LEAST_SAMPLES } from './samples.ts';
export { type KindTail, percentile999, PERCENTILE_SAMPLES } from './tail.ts';
