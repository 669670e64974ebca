import { distanceOfSeats, distanceToSeat, type Distance } from './distance.ts';
import type { Comparator } from './record.ts';
import type { Shown } from './shape.ts';
import { thresholdsOf } from './thresholds.ts';

/** `near` supports, `far` rejects, in between nothing follows (PROTOCOL §6.2). */
export type Nearness = 'near' | 'between' | 'far';

/** Near iff every component is within `lo`, far iff any is beyond `hi`. */
const nearnessOf = (c: Comparator, distance: Distance): Nearness => {
  const thresholds = thresholdsOf(c);
  if (thresholds.every(({ lo }, at) => (distance[at] as bigint) <= lo)) return 'near';
  return thresholds.some(({ hi }, at) => (distance[at] as bigint) > hi) ? 'far' : 'between';
};

/** Of one chunk of a defendant and of a seat, both well-formed. Exact, and total. */
export const compareWithSeat = (c: Comparator, defendant: Shown, seat: Shown): Nearness =>
  nearnessOf(c, distanceToSeat(c, defendant, seat));

/** Of one chunk of two seats, the second as the centre; for most comparators symmetric. */
export const compareSeats = (c: Comparator, seat: Shown, centre: Shown): Nearness =>
  nearnessOf(c, distanceOfSeats(c, seat, centre));
