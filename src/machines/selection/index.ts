/**
 * Who re-runs (PROTOCOL §6.1): seats are drawn by stake, without replacement, one per owner, from
 * those who served the profile when the epoch of the challenge's opening began.
 *
 * PROTOCOL §6.1 lists providers by address; here they stand by owner and then by address, so that
 * the providers of one owner are one interval of points and can be left out together. A draw is
 * uniform over the points that are left, so the order changes which point is whose and no
 * probability. The set stores the tree in that order and answers each question in O(log n).
 */
export * from './draw.ts';
export * from './panel.ts';
export * from './population.ts';
