import { MAX_CHUNK_BYTES, ok, type Failure, type Result } from '../codec/index.ts';
import { distanceToSeat, isWellFormed, NOTHING_SHOWN } from '../machines/comparators/index.ts';
import { outputChunkBytes, outputChunks } from '../machines/comparators/index.ts';
import type { Comparator, Distance, Shown } from '../machines/comparators/index.ts';
import { calibrationFail, type CalibrationErrorCode } from './errors.ts';

type Failing = Failure<CalibrationErrorCode>;

/**
 * The exact distances that a challenge would compute for one chunk, in the order and the units of
 * `thresholdsOf(comparator)`: by the same code that judges. Thresholds of the comparator do not
 * matter here.
 */
export const measure = (
  comparator: Comparator,
  defendant: Shown,
  seat: Shown,
): Result<Distance, Failing> =>
  isWellFormed(comparator, 'defendant', defendant) && isWellFormed(comparator, 'seat', seat)
    ? ok(distanceToSeat(comparator, defendant, seat))
    : calibrationFail('calibration/malformed-chunk');

/**
 * The same for two whole outputs (flat little-endian bytes), chunk by chunk, of comparators whose
 * evidence is the output. A chunk that only one has is compared with nothing.
 */
export const measureOutputs = (
  comparator: Comparator,
  defendant: Uint8Array,
  seat: Uint8Array,
): Result<readonly Distance[], Failing> => {
  const chunkBytes = outputChunkBytes(comparator);
  if (chunkBytes < 1 || chunkBytes > MAX_CHUNK_BYTES) {
    return calibrationFail('calibration/malformed-chunk');
  }
  const shown = (output: Uint8Array): readonly Shown[] =>
    outputChunks(comparator, output).map((chunk) => ({ ...NOTHING_SHOWN, output: chunk }));
  const ofDefendant = shown(defendant);
  const ofSeat = shown(seat);
  const distances: Distance[] = [];
  for (let at = 0; at < Math.max(ofDefendant.length, ofSeat.length); at += 1) {
    const mine = ofDefendant[at] ?? NOTHING_SHOWN;
    const measured = measure(comparator, mine, ofSeat[at] ?? NOTHING_SHOWN);
    if (!measured.ok) return measured;
    distances.push(measured.value);
  }
  return ok(distances);
};
