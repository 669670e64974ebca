/**
 * What can be estimated, by name: each with its parameters, its closed form, and how it is played.
 */
export type { EstimateDefinition, Misfit, Theory } from './definition.ts';
export type { Parameter, ParameterType } from './parameters.ts';
export { definitionOf, ESTIMATE_NAMES, ESTIMATES } from './registry.ts';
export { defaultRuns, estimateOf, keyOf, MOST_DEFAULT_RUNS } from './request.ts';
export { observedOf, theoryAt, withRuns, workOf } from './request.ts';
export type { EstimateRequest } from './request.ts';
export { Settings } from './settings.ts';
