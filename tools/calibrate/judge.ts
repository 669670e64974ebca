import { addMark, stanceOf } from '../../src/machines/challenge/marks.ts';
import {
  type Comparator,
  compareWithSeat,
  minFailOf,
  type Nearness,
  NOTHING_SHOWN,
  outputChunks,
} from '../../src/machines/comparators/index.ts';
import type { Meeting } from './meetings.ts';
import type { Judged } from './results.ts';

const compareChunks = (
  comparator: Comparator,
  ofProvider: Uint8Array,
  ofSeat: Uint8Array,
): readonly Nearness[] => {
  const seat = outputChunks(comparator, ofSeat);
  return outputChunks(comparator, ofProvider).map((output, index) =>
    compareWithSeat(
      comparator,
      { ...NOTHING_SHOWN, output },
      { ...NOTHING_SHOWN, output: seat[index] ?? NOTHING_SHOWN.output },
    ),
  );
};

/** What a seat makes of one output (PROTOCOL §7), by the code that decides challenges. */
const stance = (comparator: Comparator, chunks: readonly Nearness[], areNamed: boolean) =>
  stanceOf(
    chunks.reduce((marks, nearness) => addMark(marks, nearness, areNamed), 0),
    { leaves: chunks.length, minFail: minFailOf(comparator), isComplete: true },
  );

/**
 * The stances of one seat to all outputs of one provider, when all chunks are drawn: once when the
 * challenger names none, and once when it names the four farthest. One named chunk is enough to
 * reject, so to name all decides the same as to name those.
 */
export const judge = (comparator: Comparator, meeting: Meeting): Judged => {
  const counts = { supports: 0, abstains: 0, rejects: 0, empty: 0 };
  let rejectsNamed = 0;
  for (const [ofProvider, ofSeat] of meeting.outputs) {
    const chunks = compareChunks(comparator, ofProvider, ofSeat);
    counts[stance(comparator, chunks, false)]++;
    if (stance(comparator, chunks, true) === 'rejects') rejectsNamed++;
  }
  const { provider, weights, seat } = meeting;
  const { supports, abstains, rejects } = counts;
  return { provider, weights, seat, supports, abstains, rejects, rejectsNamed };
};
