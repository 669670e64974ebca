import { ok, type Failure, type Result } from '../codec/index.ts';
import {
  FLOAT_SHAPES,
  isFiniteBits,
  readBits,
  scaledDifference,
} from '../machines/comparators/float.ts';
import { PICO, type ComparatorOf, type Distance } from '../machines/comparators/index.ts';
import { ceilDiv, larger } from '../machines/kit/integer.ts';
import { calibrationFail, type CalibrationErrorCode } from './errors.ts';
import { absoluteTolerancePico } from './resolution.ts';
import { checkSamples, samplesOf, type KindOutputs } from './samples.ts';
import { agreeing, percentile999 } from './tail.ts';

type Failing = Failure<CalibrationErrorCode>;

/** How a tensor is cut into chunks: any comparator with an absolute floor says it. */
export type TensorCut = Pick<ComparatorOf<'ulp' | 'relative'>, 'format' | 'chunkElements'>;

/**
 * The largest |a−b| of each chunk of two outputs (flat little-endian bytes of one length), as a
 * distance of one component in 10^−12, exact and rounded up.
 */
export const measureDifferences = (
  { format, chunkElements }: TensorCut,
  one: Uint8Array,
  other: Uint8Array,
): Result<readonly Distance[], Failing> => {
  const shape = FLOAT_SHAPES[format];
  if (one.length !== other.length || one.length % shape.width !== 0 || chunkElements < 1) {
    return calibrationFail('calibration/malformed-chunk');
  }
  const [a, b] = [readBits(shape, one), readBits(shape, other)];
  const distances: Distance[] = [];
  for (let start = 0; start < a.length; start += chunkElements) {
    const end = Math.min(start + chunkElements, a.length);
    let largest = 0n;
    for (let at = start; at < end; at += 1) {
      const [x, y] = [a[at] as number, b[at] as number];
      if (!isFiniteBits(shape, x) || !isFiniteBits(shape, y)) {
        return calibrationFail('calibration/not-finite');
      }
      largest = larger(largest, scaledDifference(shape, x, y));
    }
    distances.push([ceilDiv(largest * PICO, 1n << BigInt(shape.unitExponent))]);
  }
  return ok(distances);
};

/**
 * A measured value for `atolPico` of `ulp` and `relative`, by the rule that sets thresholds
 * (PROTOCOL §7): the 99.9th percentile of the largest honest |a−b| of a chunk, of the kind that
 * differs most, times 1.5. Near zero a sum may cancel to anything, so what honest engines differ by
 * there is large beside the element and says nothing. Kinds that disagree are refused here, since
 * below the floor no distance would show it; differences within the estimate of
 * `absoluteTolerancePico` count as equal to it.
 */
export const absoluteFloorPico = (
  cut: TensorCut,
  kinds: readonly KindOutputs[],
): Result<bigint, Failing> => {
  const samples = samplesOf(kinds, (one, other) => measureDifferences(cut, one, other));
  if (!samples.ok) return samples;
  const checked = checkSamples(1, samples.value);
  if (!checked.ok) return checked;
  const outputs = kinds.flatMap((kind) => kind.outputs.flat());
  const resolution = absoluteTolerancePico(cut.format, outputs);
  if (!resolution.ok) return resolution;
  const tails = samples.value.map(({ kind, distances }) => ({
    kind,
    samples: distances.length,
    p999: percentile999(distances.map(([difference = 0n]) => difference)),
  }));
  const farthest = agreeing('pico', tails, resolution.value, (tail) => 3n * tail);
  return farthest.ok ? ok(ceilDiv(3n * farthest.value, 2n)) : farthest;
};
