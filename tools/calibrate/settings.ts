// The comparators that are measured: the four that compare tensors (PROTOCOL §7), cut into chunks
// in two ways. The embedding model writes no tokens, so `tokens`, `logprobs` and `toploc` are not.
import { EMBEDDING_SIZE } from '../../demo/model/index.ts';
import { relativeTolerancePico } from '../../src/calibration/index.ts';
import type { Comparator } from '../../src/machines/comparators/index.ts';

export interface Setting {
  readonly name: string;
  /** Thresholds are zero until they are calibrated. */
  readonly comparator: Comparator;
}

/** Of eight chunks, as many as are drawn by default, two must fail: the protocol's default. */
export const EIGHT = { format: 'f32', chunkElements: EMBEDDING_SIZE / 8, minFail: 2 } as const;
const ONE = { format: 'f32', chunkElements: EMBEDDING_SIZE, minFail: 1 } as const;

const ulp = (atolPico: bigint): Comparator => ({
  type: 'ulp',
  ...EIGHT,
  atolPico,
  loUlps: 0,
  hiUlps: 0,
});

/** What is measured, with an absolute floor in 10^−12 where a comparator has one. */
export const settingsWith = (atolPico: bigint): readonly Setting[] => {
  const within = { atolPico, rtolPico: relativeTolerancePico('f32'), loPpm: 0, hiPpm: 0 };
  const angle = { loAtto: 0n, hiAtto: 0n };
  return [
    { name: 'exact', comparator: { type: 'exact' } },
    { name: 'cosine, 1 chunk', comparator: { type: 'cosine', ...ONE, ...angle } },
    { name: 'cosine, 8 chunks', comparator: { type: 'cosine', ...EIGHT, ...angle } },
    { name: 'ulp without a floor, 8 chunks', comparator: ulp(0n) },
    { name: 'ulp, 8 chunks', comparator: ulp(atolPico) },
    { name: 'relative, 8 chunks', comparator: { type: 'relative', ...EIGHT, ...within } },
  ];
};
