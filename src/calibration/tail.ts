import { ok, type Failure, type Result } from '../codec/index.ts';
import { ceilDiv, larger } from '../machines/kit/integer.ts';
import { calibrationFail, type CalibrationErrorCode } from './errors.ts';

/** Honest distances of one component on one kind, and where their tail begins. */
export interface KindTail {
  readonly kind: string;
  readonly samples: number;
  /** The 99.9th percentile, or the largest where fewer than 1000 were measured. */
  readonly p999: bigint;
}

/** Samples from which on the 99.9th percentile is not simply the largest. */
export const PERCENTILE_SAMPLES = 1_000;

/**
 * The 99.9th percentile by the nearest rank: the ⌈0.999·n⌉-th of n ascending values, n > 0. One of
 * the values themselves, so nothing is interpolated or rounded.
 */
export const percentile999 = (values: readonly bigint[]): bigint => {
  const ascending = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const rank = ceilDiv(BigInt(values.length) * 999n, BigInt(PERCENTILE_SAMPLES));
  return ascending[Number(rank) - 1] as bigint;
};

/**
 * The longest tail of at least one kind, unless kinds disagree: what the shortest tail alone would
 * reject beyond, by `hiOf`, has to take in all others. Tails below the resolution count as equal to
 * it.
 */
export const agreeing = (
  component: string,
  kinds: readonly KindTail[],
  resolution: bigint,
  hiOf: (tail: bigint) => bigint,
): Result<bigint, Failure<CalibrationErrorCode>> => {
  const ascending = kinds.toSorted((a, b) => (a.p999 < b.p999 ? -1 : a.p999 > b.p999 ? 1 : 0));
  const nearest = ascending[0] as KindTail;
  const farthest = ascending[ascending.length - 1] as KindTail;
  const hi = hiOf(larger(nearest.p999, resolution));
  return larger(farthest.p999, resolution) <= hi
    ? ok(farthest.p999)
    : calibrationFail('calibration/kinds-disagree', {
        component,
        kind: nearest.kind,
        other: farthest.kind,
        hi: String(hi),
        p999: String(farthest.p999),
      });
};
