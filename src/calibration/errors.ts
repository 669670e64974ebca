import { failWith } from '../codec/index.ts';

/** Why measured distances give no thresholds: code to the sentence that docs/errors.md shows. */
export const calibrationErrors = {
  'calibration/nothing-to-calibrate':
    'The comparator exact has no thresholds: choose one that measures a distance.',
  'calibration/too-few-kinds':
    'Distances of one kind of hardware or engine say nothing of another: measure details.least ' +
    'kinds that differ.',
  'calibration/kind-repeated':
    'Two lists of distances are of one kind, which is named here: join them.',
  'calibration/too-few-samples':
    'There are too few distances of the kind named here: measure details.least chunks at least.',
  'calibration/wrong-components':
    'A distance has other components than the comparator measures, or a negative one: take ' +
    'them from measure with the same comparator.',
  'calibration/kinds-disagree':
    'Thresholds calibrated on one kind alone would reject the tail of another: find out why ' +
    'they differ, pin the engine or the number format in the profile, or take another comparator.',
  'calibration/too-coarse':
    'Honest runs are so far apart that nothing would ever be rejected: pin more of how the ' +
    'model is run, or take another comparator.',
  'calibration/fault-within':
    'A run that is known to be wrong lies within the thresholds: they would not find it. Take ' +
    'another comparator, smaller chunks, or a lower resolution.',
  'calibration/malformed-chunk':
    'The chunk cannot be compared: its length is not what the comparator asks for, or its ' +
    'evidence is malformed.',
  'calibration/not-finite': 'An output holds a NaN or an infinity: measure finite outputs.',
} as const;

export type CalibrationErrorCode = keyof typeof calibrationErrors;

export const calibrationFail = failWith<CalibrationErrorCode>(calibrationErrors);
