// A profile that compares by `ulp`: its floor and its thresholds, from outputs of honest engines.
// Each kind is a pair of engines, with both outputs of each input; see docs/tolerance.md.
import { absoluteFloorPico, calibrate, measureKinds, type KindOutputs } from 'aivm/calibration';

export const calibrateUlp = (honest: readonly KindOutputs[], wrong: readonly KindOutputs[]) => {
  const cut = { format: 'f32', chunkElements: 64, minFail: 2 } as const;
  const floor = absoluteFloorPico(cut, honest);
  if (!floor.ok) return floor;
  const comparator = { type: 'ulp', ...cut, atolPico: floor.value, loUlps: 0, hiUlps: 0 } as const;
  const [samples, faults] = [measureKinds(comparator, honest), measureKinds(comparator, wrong)];
  if (!samples.ok) return samples;
  if (!faults.ok) return faults;
  return calibrate(comparator, samples.value, {
    faults: faults.value.flatMap(({ distances }) => distances),
  });
};
