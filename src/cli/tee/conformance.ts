import pc from 'picocolors';
import { type ConformanceReport, SYNTHETIC_KINDS, type Tally } from '../../tee/index.ts';
import { opensslEngine, runConformance } from '../../tee/node.ts';
import { folderFiles, UsageError } from './files.ts';
import { grid, jsonText } from './render.ts';

const row = (suite: string, kind: string, tally: Tally): readonly string[] => {
  const agreed = tally.agree === tally.total;
  const text = `${String(tally.agree)} of ${String(tally.total)}`;
  return [suite, kind, agreed ? pc.green(text) : pc.red(text)];
};

const reportText = (report: ConformanceReport): string => {
  const rows = [
    row('intel', 'real quotes', report.intel),
    ...SYNTHETIC_KINDS.map((kind) => row('synthetic', kind, report.synthetic[kind])),
  ];
  const parts = [grid(['suite', 'kind', 'agree'], rows)];
  if (report.decisions.length > 0) {
    const decisions = report.decisions.map(({ id, decision }) => [id, decision]);
    parts.push(grid(['left to the verifier', 'decided'], decisions));
  }
  if (report.disagreements.length > 0) {
    const differences = report.disagreements.map((d) => [d.kind, d.id, d.expected, d.found]);
    parts.push(pc.red('Disagreements'), grid(['kind', 'case', 'expected', 'found'], differences));
  }
  return parts.join('\n');
};

/** Runs a folder of cases. The exit code: 0 when all agree, 1 when any does not. */
export const runConformanceCommand = (folder: string, json: boolean): number => {
  const report = runConformance(folderFiles(folder), { engine: opensslEngine });
  if (!report.ok) {
    const particulars = Object.values(report.failure.details).join(' ');
    throw new UsageError(`${folder}: ${report.failure.message} ${particulars}`);
  }
  const { intel, synthetic, disagreements, decisions } = report.value;
  const total = SYNTHETIC_KINDS.reduce((sum, kind) => sum + synthetic[kind].total, intel.total);
  if (total === 0 && disagreements.length === 0) {
    throw new UsageError(
      `${folder} holds neither intel/cases.json nor synthetic/suite.jsonl.gz: give one that does.`,
    );
  }
  const text = json
    ? jsonText({
        intel: { ...intel },
        synthetic: Object.fromEntries(SYNTHETIC_KINDS.map((k) => [k, { ...synthetic[k] }])),
        disagreements: disagreements.map((d) => ({ ...d })),
        decisions: decisions.map((d) => ({ ...d })),
      })
    : reportText(report.value);
  process.stdout.write(`${text}\n`);
  return disagreements.length === 0 ? 0 : 1;
};
