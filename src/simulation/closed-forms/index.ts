/**
 * What theory says: ECONOMICS 1 to 15 as functions of exact fractions, each with its source. The
 * simulator is checked against these, and never computes an estimate with them.
 */
export * from './bias.ts';
export * from './checking.ts';
export * from './counting.ts';
export { exact, exactly, toNumber } from './exact.ts';
export * from './incentives.ts';
export * from './panels.ts';
export * from './schedule.ts';
