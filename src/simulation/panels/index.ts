/**
 * Panels played out: virtual populations, the runtime's own selection, the runtime's own verdict.
 */
export { type Claim, relationsOf } from './geometry.ts';
export { caseSource, playCase, seatPanel } from './play.ts';
export type { CaseSource, CaseVerdict, Court } from './play.ts';
export { equalCrowd, placeOf, stakedPopulation, unboundedCrowd } from './populations.ts';
export type { Crowd, Shares } from './populations.ts';
export type { Role, SeatAnswer } from './roles.ts';
