// Draws runs with fast-check, makes a failure smaller, and says how to see it again.
import fc from 'fast-check';
import type { Tally } from './chain-run.ts';
import { type Config, configs } from './config.ts';
import { KINDS, MOST_MOVES, Run, type Step } from './run.ts';

interface ModelRun {
  readonly seed: number;
  /** Ends after so many runs, */
  readonly runs?: number | undefined;
  /** or when so many minutes have passed. */
  readonly minutes?: number | undefined;
  /** Shows one run again, as a failure named it. */
  readonly path?: string | undefined;
  /** For how long a failure is made smaller before it is told. */
  readonly shrinkSeconds?: number | undefined;
}

interface ModelReport {
  readonly runs: number;
  readonly blocks: bigint;
  readonly restarts: number;
  /** How often each message was applied and refused, and how everything ended. */
  readonly tally: Tally;
  /** What differed, with the command that shows it again; nothing if all was well. */
  readonly failure: string | undefined;
}

const MOST_STEPS = 120;
const SHRINK_SECONDS = 40;
/** More runs than there is time for. */
const UNBOUNDED_RUNS = 10_000_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

const number = (most: number) => fc.nat({ max: most });
const step = fc.tuple(number(KINDS - 1), number(MOST_MOVES), number(0x7fff_ffff));
const scripts = fc.noBias(fc.array(step, { minLength: 1, maxLength: MOST_STEPS, size: 'max' }));

/** Lives one chain through, and compares it with the model after every block. */
const live = (config: Config, steps: readonly Step[], tally: Tally) => {
  const run = new Run(config, tally);
  try {
    run.setUp();
    for (const each of steps) run.step(each);
    run.peace(config.swarm);
    run.count();
    return { blocks: run.chain.model.state.height, restarts: run.chain.node.restarts };
  } finally {
    run.chain.close();
  }
};

type Details = fc.RunDetails<[Config, [number, number, number][]]>;

const storyOf = ({ seed, counterexamplePath, counterexample, errorInstance }: Details): string => {
  const error = errorInstance instanceof Error ? (errorInstance.stack ?? '') : '';
  return [
    'Chain and model differ. This shows it again:',
    `npm run test:model -- --seed ${seed} --path ${counterexamplePath}`,
    error,
    JSON.stringify(counterexample),
  ].join('\n');
};

/**
 * Random lives of the chain and of the model side by side, until they differ, or so many runs or
 * minutes are over. A difference is made smaller for a while, and told with the one line that shows
 * it again.
 */
export const runModel = (of: ModelRun): ModelReport => {
  const { seed, runs = UNBOUNDED_RUNS, minutes, path } = of;
  const tally: Tally = new Map();
  let [lived, blocks, restarts] = [0, 0n, 0];
  const property = fc.property(fc.noBias(configs), scripts, (config, steps) => {
    const life = live(config, steps, tally);
    lived += 1;
    blocks += life.blocks;
    restarts += life.restarts;
  });
  const limit = minutes === undefined ? {} : { interruptAfterTimeLimit: minutes * MINUTE_MS };
  const where = path === undefined ? { numRuns: runs } : { path, numRuns: 1 };
  const found = fc.check(property, { seed, ...where, ...limit, endOnFailure: true });
  if (!found.failed || found.counterexample === null) {
    return { runs: lived, blocks, restarts, tally, failure: undefined };
  }
  const smaller = fc.check(property, {
    seed,
    path: found.counterexamplePath,
    interruptAfterTimeLimit: (of.shrinkSeconds ?? SHRINK_SECONDS) * SECOND_MS,
  });
  const told = smaller.counterexample === null ? found : smaller;
  return { runs: lived, blocks, restarts, tally, failure: storyOf(told) };
};
