// Runs the model beside the chain for as long as asked:
//   npm run test:model -- --seed 7 --runs 50
//   npm run test:model -- --seed 7 --minutes 10
//   npm run test:model -- --seed 7 --path 12:0:3     one run again
// Beside these, --shrink S makes a failure smaller for S seconds, and --tally tells what was done.
import { parseArgs } from 'node:util';
import { runModel } from './model-run.ts';

const DEFAULT_RUNS = 20;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    path: { type: 'string' },
    runs: { type: 'string' },
    minutes: { type: 'string' },
    shrink: { type: 'string' },
    tally: { type: 'boolean', default: false },
  },
});

const numberOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${text} is not a number: give a whole number`);
};

const seed = numberOf(values.seed) ?? 1;
const minutes = numberOf(values.minutes);
const runs = numberOf(values.runs) ?? (minutes === undefined ? DEFAULT_RUNS : undefined);
const shrinkSeconds = numberOf(values.shrink);
const report = runModel({ seed, runs, minutes, path: values.path, shrinkSeconds });
const { runs: lived, blocks, restarts, failure } = report;
process.stdout.write(`seed ${seed}: ${lived} runs, ${blocks} blocks, ${restarts} restarts\n`);
if (values.tally) {
  const lines = [...report.tally].sort(([a], [b]) => (a < b ? -1 : 1));
  process.stdout.write(`${lines.map(([what, times]) => `${what}: ${times}`).join('\n')}\n`);
}
if (failure !== undefined) {
  process.stderr.write(`${failure}\n`);
  process.exitCode = 1;
}
