// Simulates the specification of docs/spec against its invariants. Usage:
//   node tools/run.mjs tools/spec/main.ts [--samples N] [--steps N] [--seed N] [--faults]
// With --faults it puts faults into copies of the specification instead, and says what finds each.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULTS, findFault } from './faults.ts';
import { invariantsOf, isQuintInstalled, quintCommand } from './quint.ts';
import { simulate, SPEC_FOLDER, witnessesOf } from './quint.ts';

/** About half a minute on one core. */
const DEFAULTS = { samples: '150', steps: '45', seed: '1' } as const;
const WITNESSED = /^(some\w+) was witnessed in (\d+) trace/gm;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: DEFAULTS.samples },
    steps: { type: 'string', default: DEFAULTS.steps },
    seed: { type: 'string', default: DEFAULTS.seed },
    faults: { type: 'boolean', default: false },
  },
});

const positive = (name: 'samples' | 'steps' | 'seed'): number => {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name} has to be a positive whole number, and not ${values[name]}.`);
};

const runFaults = async (): Promise<number> => {
  const seed = positive('seed');
  let missed = 0;
  for (const fault of FAULTS) {
    const found = await findFault(fault, seed);
    if (found === undefined) missed += 1;
    say(`${found === undefined ? 'MISSED' : 'found '}  ${fault.name}: ${fault.violates}`);
  }
  return missed === 0 ? 0 : 1;
};

const run = async (): Promise<number> => {
  const [samples, steps, seed] = [positive('samples'), positive('steps'), positive('seed')];
  const invariants = invariantsOf();
  const { violated, report } = await simulate({
    file: join(SPEC_FOLDER, 'invariants.qnt'),
    seed,
    samples,
    steps,
    invariants,
    witnesses: witnessesOf(),
  });
  if (violated.length > 0) {
    say(report);
    say(`The last state above violates ${violated.join(', ')}; --seed ${seed} repeats it.`);
    return 1;
  }
  say(`${samples} samples of ${steps} steps (seed ${seed}), and in every state held:`);
  say(`  ${invariants.join('\n  ')}`);
  say('Samples in which a situation was met:');
  for (const [, name = '', count = ''] of report.matchAll(WITNESSED)) {
    say(`  ${count.padStart(6)}  ${name}`);
  }
  return 0;
};

if (isQuintInstalled()) {
  process.exitCode = await (values.faults ? runFaults() : run());
} else {
  say(`There is no Quint at ${quintCommand()}: run "npm ci" first.`);
  process.exitCode = 2;
}
