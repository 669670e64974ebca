import type { Nearness } from '../comparators/index.ts';
import type { Stance } from './verdict.ts';

/**
 * What the chunks compared so far say of a seat and a defendant, in one byte: bit 7, a named chunk
 * lies beyond `τ_hi`; bit 6, some chunk does not lie within `τ_lo`; below, how many drawn chunks
 * lie beyond `τ_hi`. Every chunk adds to it, so the order in which they are opened is no matter.
 */
const NAMED_FAR = 0x80;
const NOT_NEAR = 0x40;
const FAR_COUNT = 0x1f;

/** The marks with one more chunk. */
export const addMark = (marks: number, nearness: Nearness, isNamed: boolean): number => {
  if (nearness === 'near') return marks;
  if (nearness === 'between') return marks | NOT_NEAR;
  return (isNamed ? marks | NAMED_FAR : marks + 1) | NOT_NEAR;
};

/**
 * A seat rejects if any named chunk, or at least `minFail` drawn ones, lie beyond `τ_hi`, and
 * supports if all compared lie within `τ_lo` (PROTOCOL §7). An output of fewer chunks than
 * `minFail` is rejected if all of them do.
 */
export const stanceOf = (
  marks: number,
  of: { readonly leaves: number; readonly minFail: number; readonly isComplete: boolean },
): Stance => {
  const needed = of.leaves < of.minFail ? of.leaves : of.minFail;
  if ((marks & NAMED_FAR) !== 0) return 'rejects';
  if ((marks & FAR_COUNT) >= needed && needed > 0) return 'rejects';
  return (marks & NOT_NEAR) === 0 && of.isComplete ? 'supports' : 'abstains';
};
