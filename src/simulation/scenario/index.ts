export * from './limits.ts';
export { scenarioJsonSchema } from './describe.ts';
export { parseScenario, readScenarioText, SCENARIO_FIELDS } from './scenario.ts';
export type { Scenario, Sweep } from './scenario.ts';
