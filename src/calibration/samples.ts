import { ok, type Failure, type Result } from '../codec/index.ts';
import type { Comparator, Distance } from '../machines/comparators/index.ts';
import { calibrationFail, type CalibrationErrorCode } from './errors.ts';
import { measureOutputs } from './measure.ts';

type Failing = Failure<CalibrationErrorCode>;

/** Thresholds hold for hardware that was not measured only if kinds that were agree. */
export const LEAST_KINDS = 2;

/**
 * Least chunks of a kind. With fewer than 1000 the tail is taken to begin at the largest of the n
 * measured; the next honest chunk lies beyond that with probability 1/(n+1), so ten leave one in
 * eleven to the margin of one half. Good for a test; `isPercentile` says whether it is more.
 */
export const LEAST_SAMPLES = 10;

/** Honest distances on one kind of hardware or engine (or one pair of them). */
export interface KindSamples {
  readonly kind: string;
  /** As `measure` gives them, one of each chunk. */
  readonly distances: readonly Distance[];
}

/** Whole outputs (flat little-endian bytes) of the same inputs on the two sides of a kind. */
export interface KindOutputs {
  readonly kind: string;
  readonly outputs: readonly (readonly [defendant: Uint8Array, seat: Uint8Array])[];
}

/** What `measure` says of all outputs of each kind. */
export const samplesOf = (
  kinds: readonly KindOutputs[],
  measure: (defendant: Uint8Array, seat: Uint8Array) => Result<readonly Distance[], Failing>,
): Result<readonly KindSamples[], Failing> => {
  const samples: KindSamples[] = [];
  for (const { kind, outputs } of kinds) {
    const distances: Distance[] = [];
    for (const [defendant, seat] of outputs) {
      const measured = measure(defendant, seat);
      if (!measured.ok) return measured;
      distances.push(...measured.value);
    }
    samples.push({ kind, distances });
  }
  return ok(samples);
};

/** The distances of all chunks of each kind; of comparators whose evidence is the output. */
export const measureKinds = (
  comparator: Comparator,
  kinds: readonly KindOutputs[],
): Result<readonly KindSamples[], Failing> =>
  samplesOf(kinds, (defendant, seat) => measureOutputs(comparator, defendant, seat));

/** Are there kinds enough, each once, with samples enough of so many components? */
export const checkSamples = (
  components: number,
  samples: readonly KindSamples[],
): Result<undefined, Failing> => {
  const fits = (distance: Distance): boolean =>
    distance.length === components && distance.every((value) => value >= 0n);
  const names = new Set<string>();
  for (const { kind, distances } of samples) {
    if (names.has(kind)) return calibrationFail('calibration/kind-repeated', { kind });
    names.add(kind);
    if (distances.length < LEAST_SAMPLES) {
      const least = String(LEAST_SAMPLES);
      return calibrationFail('calibration/too-few-samples', { kind, least });
    }
    if (!distances.every(fits)) return calibrationFail('calibration/wrong-components', { kind });
  }
  return samples.length < LEAST_KINDS
    ? calibrationFail('calibration/too-few-kinds', { least: String(LEAST_KINDS) })
    : ok(undefined);
};
