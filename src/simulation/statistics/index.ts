/** From tallies to figures: moments, intervals, and how far from theory. */
export { CONTRADICTION_Z, zOfMean, zOfShare } from './agreement.ts';
export { halfWidth, type Interval, normal, wilson, Z_95 } from './intervals.ts';
export { exactMean, mean, variance } from './moments.ts';
export { Counter, EMPTY_TALLY, mergeTallies, mergeTally } from './tallies.ts';
