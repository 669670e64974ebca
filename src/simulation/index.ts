/**
 * Disputes played out: how often an honest provider is slashed, whether cheating pays, how long
 * finality takes, under any parameters and any mix of agents, beside the closed forms wherever
 * theory has one. `docs/simulation.md` says how to read what it finds.
 */
export * as closedForms from './closed-forms/index.ts';
export { simulationErrors, type SimulationErrorCode } from './errors.ts';
export { ESTIMATES, type EstimateDefinition, type Parameter } from './estimates/index.ts';
export type { Axis, Figure, FlowFigure, HistogramFigure, Mark, PlotFigure } from './figure.ts';
export type { Series } from './figure.ts';
export * from './report/index.ts';
export type { Estimate, Observation, ParameterValue, SimulationResult } from './result.ts';
export { parseScenario, readScenarioText, type Scenario, type Sweep } from './scenario/index.ts';
export { simulate, type SimulateOptions } from './run/simulate.ts';
