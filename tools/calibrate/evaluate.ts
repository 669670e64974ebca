import {
  absoluteFloorPico,
  calibrate,
  type KindSamples,
  measureDifferences,
  measureOutputs,
} from '../../src/calibration/index.ts';
import type { Failure, Result } from '../../src/codec/index.ts';
import {
  type Comparator,
  type Distance,
  thresholdsOf,
} from '../../src/machines/comparators/index.ts';
import { judge } from './judge.ts';
import { type Encounter, honestOnly, type Meeting, meetingsOf, type Recorded } from './meetings.ts';
import type { Fields, Measured, Outcome, Results, Unit } from './results.ts';
import { EIGHT, type Setting, settingsWith } from './settings.ts';
import { summarise } from './summary.ts';

/** A meeting and the distances of all its chunks, in order. */
interface Distances extends Encounter {
  readonly chunks: readonly Distance[];
}

/** Outputs of engines that ran can be measured; if not, the script ends. */
const made = <T>(result: Result<T, Failure<string>>): T => {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};

const distancesOf = (comparator: Comparator, meeting: Meeting): Distances => ({
  ...meeting,
  chunks: meeting.outputs.flatMap(([ofProvider, ofSeat]) =>
    made(measureOutputs(comparator, ofProvider, ofSeat)),
  ),
});

const kindOf = ({ provider, seat }: Encounter): string => `${provider} and ${seat}`;

const measuredOf = (
  { provider, weights, seat }: Encounter,
  distances: readonly bigint[],
): Measured => ({ provider, weights, seat, distances: summarise(distances) });

const fieldsOf = (comparator: Comparator): Fields =>
  Object.fromEntries(
    Object.entries(comparator).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : String(value),
    ]),
  );

/** Wrong all over; of a single changed weight not every sentence needs to show something. */
const isWrongAllOver = ({ weights }: Encounter): boolean =>
  weights !== 'honest' && weights !== 'one-weight';

/** The comparator with thresholds from the pairs of honest engines, or the code of a refusal. */
const calibrated = (
  comparator: Comparator,
  distances: readonly Distances[],
): Comparator | string => {
  if (comparator.type === 'exact') return comparator;
  const samples = honestOnly(distances).map((each): KindSamples => ({
    kind: kindOf(each),
    distances: each.chunks,
  }));
  const faults = distances.filter(isWrongAllOver).flatMap(({ chunks }) => chunks);
  const calibration = calibrate(comparator, samples, { faults });
  return calibration.ok ? calibration.value.comparator : calibration.failure.code;
};

const evaluateOne = (
  { name, comparator }: Setting,
  calibrating: readonly Meeting[],
  heldOut: readonly Meeting[],
): Outcome => {
  const distances = calibrating.map((meeting) => distancesOf(comparator, meeting));
  // A comparator of tensors measures one component.
  const unit = thresholdsOf(comparator)[0]?.name as Unit;
  const measured = distances.map((each) =>
    measuredOf(
      each,
      each.chunks.map(([distance = 0n]) => distance),
    ),
  );
  const result = calibrated(comparator, distances);
  return typeof result === 'string'
    ? {
        setting: name,
        unit,
        comparator: fieldsOf(comparator),
        refusal: result,
        measured,
        judged: [],
      }
    : {
        setting: name,
        unit,
        comparator: fieldsOf(result),
        measured,
        judged: heldOut.map((meeting) => judge(result, meeting)),
      };
};

/**
 * Measures all comparators on the first `calibrating` sentences, sets their thresholds, and tries
 * these on the other sentences.
 */
export const evaluate = (
  recorded: readonly Recorded[],
  calibrating: number,
): Pick<Results, 'differences' | 'outcomes'> => {
  const meetings = meetingsOf(recorded);
  const part = (from: number, to?: number): readonly Meeting[] =>
    meetings.map((meeting) => ({ ...meeting, outputs: meeting.outputs.slice(from, to) }));
  const first = part(0, calibrating);
  const kinds = honestOnly(first).map((meeting) => ({ ...meeting, kind: kindOf(meeting) }));
  const atolPico = made(absoluteFloorPico(EIGHT, kinds));
  return {
    differences: first.map((meeting) =>
      measuredOf(
        meeting,
        meeting.outputs.flatMap(([ofProvider, ofSeat]) =>
          made(measureDifferences(EIGHT, ofProvider, ofSeat)).flat(),
        ),
      ),
    ),
    outcomes: settingsWith(atolPico).map((setting) =>
      evaluateOne(setting, first, part(calibrating)),
    ),
  };
};
