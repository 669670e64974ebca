import { ok, type Failure, type Result } from '../codec/index.ts';
import { thresholdsOf } from '../machines/comparators/index.ts';
import type { Comparator, ComponentName } from '../machines/comparators/index.ts';
import type { Distance, Threshold } from '../machines/comparators/index.ts';
import { leastHi } from '../machines/comparators/soundness.ts';
import { ceilDiv, larger } from '../machines/kit/integer.ts';
import { calibrationFail, type CalibrationErrorCode } from './errors.ts';
import { resolutionOf } from './resolution.ts';
import { checkSamples, type KindSamples } from './samples.ts';
import { agreeing, percentile999, PERCENTILE_SAMPLES, type KindTail } from './tail.ts';
import { withThresholds } from './thresholds.ts';

export interface CalibrationOptions {
  /** Raises the resolution of a component, in its unit: never lowers it (`resolutionOf`). */
  readonly resolution?: Readonly<Partial<Record<ComponentName, bigint>>>;
  /** Distances of runs known to be wrong, such as with damaged weights: none may pass. */
  readonly faults?: readonly Distance[];
}

/** What was measured of one component, and the thresholds that follow. */
export interface CalibratedComponent {
  readonly name: ComponentName;
  readonly resolution: bigint;
  readonly kinds: readonly KindTail[];
  readonly lo: bigint;
  readonly hi: bigint;
}

export interface Calibration {
  /** The comparator with its thresholds set; all else is as it was given. */
  readonly comparator: Comparator;
  readonly components: readonly CalibratedComponent[];
  /** Whether each kind has enough samples for p99.9 to be more than the largest of them. */
  readonly isPercentile: boolean;
}

type Failing = Failure<CalibrationErrorCode>;

/** Thresholds over a tail: p99.9 × 1.5, and above that at least twice, or what soundness asks. */
const over = ({ gap }: Threshold, tail: bigint): { readonly lo: bigint; readonly hi: bigint } => {
  const lo = ceilDiv(3n * tail, 2n);
  return { lo, hi: larger(2n * lo, leastHi(gap, lo)) };
};

const calibrateComponent = (
  threshold: Threshold,
  resolution: bigint,
  kinds: readonly KindTail[],
): Result<CalibratedComponent, Failing> => {
  const { name, most } = threshold;
  const farthest = agreeing(name, kinds, resolution, (tail) => over(threshold, tail).hi);
  if (!farthest.ok) return farthest;
  const { lo, hi } = over(threshold, larger(farthest.value, resolution));
  return hi < most
    ? ok({ name, resolution, kinds, lo, hi })
    : calibrationFail('calibration/too-coarse', { component: name, hi: String(hi) });
};

/**
 * Thresholds from measured honest distances: for each component the largest p99.9 of the kinds
 * times 1.5 to support, at least twice that to reject (`whyUnsound` has the rules). Refused, among
 * other reasons, when kinds disagree: when thresholds calibrated on the kind with the shortest tail
 * alone would reject the tail of another. Distances below the resolution of the comparator
 * (`resolutionOf`) count as equal to it, so that 10^−16 and 10^−12 do not disagree where both are
 * rounding noise. Cost: one sort per kind and component.
 */
export const calibrate = (
  comparator: Comparator,
  samples: readonly KindSamples[],
  options: CalibrationOptions = {},
): Result<Calibration, Failing> => {
  if (comparator.type === 'exact') return calibrationFail('calibration/nothing-to-calibrate');
  const thresholds = thresholdsOf(comparator);
  const checked = checkSamples(thresholds.length, samples);
  if (!checked.ok) return checked;
  const components: CalibratedComponent[] = [];
  for (const [at, threshold] of thresholds.entries()) {
    const { name } = threshold;
    const kinds = samples.map(({ kind, distances }) => ({
      kind,
      samples: distances.length,
      p999: percentile999(distances.map((distance) => distance[at] as bigint)),
    }));
    const own = resolutionOf(comparator, name);
    const resolution = larger(own, options.resolution?.[name] ?? 0n);
    const component = calibrateComponent(threshold, resolution, kinds);
    if (!component.ok) return component;
    components.push(component.value);
  }
  return judged(comparator, components, samples, options.faults ?? []);
};

/** The result, unless a known fault would pass: one that no component finds. */
const judged = (
  comparator: Comparator,
  components: readonly CalibratedComponent[],
  samples: readonly KindSamples[],
  faults: readonly Distance[],
): Result<Calibration, Failing> => {
  for (const [fault, distance] of faults.entries()) {
    if (distance.length !== components.length) {
      return calibrationFail('calibration/wrong-components', { fault: String(fault) });
    }
    if (components.every(({ hi }, at) => (distance[at] as bigint) <= hi)) {
      return calibrationFail('calibration/fault-within', { fault: String(fault) });
    }
  }
  const calibrated = new Map(components.map(({ name, lo, hi }) => [name, { lo, hi }]));
  return ok({
    comparator: withThresholds(comparator, calibrated),
    components,
    isPercentile: samples.every(({ distances }) => distances.length >= PERCENTILE_SAMPLES),
  });
};
