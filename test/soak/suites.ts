// What a soak runs again and again with other seeds, and the default run repeats where it failed.
import fc from 'fast-check';
import { emptyTally, playLife } from '../properties/invariants/chaos/run.ts';
import { lives } from '../properties/invariants/chaos/life.ts';
import {
  expected,
  outcome,
  played,
  SCALES,
  schedule,
  small,
} from '../properties/disputes/small.ts';
import { runModel } from '../properties/model/model-run.ts';

/** Runs one seed; gives what failed, as small as it could be made, or nothing. */
type Suite = (seed: number) => string | undefined;

/** Runs of one seed: fast-check draws its first ones small, later ones wide. */
const RUNS = 4;
const SHRINK_MS = 60_000;

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** The first failure of a property under a seed, after a while of making it smaller. */
const failureOf = <T extends [unknown, ...unknown[]]>(
  property: fc.IProperty<T>,
  seed: number,
): string | undefined => {
  const found = fc.check(property, { seed, numRuns: RUNS, endOnFailure: true });
  if (!found.failed) return undefined;
  const path = found.counterexamplePath ?? '';
  const smaller = fc.check(property, { seed, path, interruptAfterTimeLimit: SHRINK_MS });
  const told = smaller.counterexample === null ? found : smaller;
  const at = `seed ${seed}, path ${told.counterexamplePath}`;
  return `${at}\n${messageOf(told.errorInstance)}\n${fc.stringify(told.counterexample)}`;
};

/** Made when it is first asked for: it opens a market. */
let anyLife: ReturnType<typeof lives> | undefined;

const same = (one: unknown, other: unknown, what: string): void => {
  const [a, b] = [fc.stringify(one), fc.stringify(other)];
  if (a !== b) throw new Error(`${what} differ:\n${a}\n${b}`);
};

const scale = fc.constantFrom(...SCALES.map(([, each]) => each));

export const SUITES = {
  /** Anybody sends anything, and every invariant is checked after every message. */
  chaos: (seed) => {
    anyLife ??= lives();
    return failureOf(
      fc.property(anyLife, (life) => playLife(life, emptyTally())),
      seed,
    );
  },
  /** The runtime beside the reference model, with forks, restarts and crashes. */
  model: (seed) => runModel({ seed, runs: 1 }).failure,
  /** Chunks that are opened in another order, or not at all, under every comparator. */
  order: (seed) =>
    failureOf(
      fc.property(scale, small, schedule, (of, dispute, opened) => {
        const inOrder = { ...opened, ranks: [] };
        const one = outcome(played(of, dispute, opened));
        same(one, outcome(played(of, dispute, inOrder)), 'Outcomes of two orders');
      }),
      seed,
    ),
  /** Findings of a panel against the rule by hand, whoever gave which output. */
  findings: (seed) =>
    failureOf(
      fc.property(scale, small, (of, dispute) => {
        same(played(of, dispute).findings, expected(dispute), 'Findings and the rule');
      }),
      seed,
    ),
} as const satisfies Readonly<Record<string, Suite>>;

export type SuiteName = keyof typeof SUITES;

export const SUITE_NAMES = Object.keys(SUITES) as SuiteName[];
