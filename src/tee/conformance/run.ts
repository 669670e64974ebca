import { ok, type Result } from '../result.ts';
import { runIntel } from './intel.ts';
import { runSynthetic } from './synthetic.ts';
import type {
  ConformanceFiles,
  ConformanceOptions,
  ConformanceReport,
  Disagreement,
} from './types.ts';

/**
 * Runs every case of a folder that holds `intel/cases.json` and `synthetic/suite.jsonl.gz`: says
 * where verdict and expectation differ. A folder without one of the files has no cases of it.
 */
export const runConformance = (
  files: ConformanceFiles,
  options: ConformanceOptions = {},
): Result<ConformanceReport> => {
  const report = {
    disagreements: [] as Disagreement[],
    decisions: [] as { id: string; decision: string }[],
  };
  const intel = runIntel(files, options, report.disagreements);
  if (!intel.ok) return intel;
  const synthetic = runSynthetic(files, options, report);
  return ok({ intel: intel.value, synthetic, ...report });
};
