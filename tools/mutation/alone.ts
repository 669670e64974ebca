// Tries one mutant in a process of its own: those that are reached while modules are loaded, and
// those that are left when a batch is done.
import { ENVIRONMENT } from './environment.ts';
import type { Entry } from './ledger.ts';
import { chosenOf, costOf, type Reaching } from './reach.ts';
import { runTests, UNTIL_FAILURE } from './tests.ts';

/** A mutant that takes longer than this beside what its tests take runs in circles. */
const PATIENCE_MS = 60_000;
const PATIENCE_FACTOR = 5;

export interface Attempt {
  readonly root: string;
  readonly key: string;
  /** In the order in which to try them. */
  readonly reaching: readonly Reaching[];
  /** Tests that take so long together are enough; 0: all of them. */
  readonly budgetMs: number;
}

/** The first of them, up to the budget. */
const within = (reaching: readonly Reaching[], budgetMs: number): readonly Reaching[] => {
  if (budgetMs === 0) return reaching;
  let spent = 0;
  return reaching.filter(({ ms }) => {
    const isIn = spent < budgetMs;
    spent += ms;
    return isIn;
  });
};

/** Runs the tests that reach the mutant until one fails. */
export const tryAlone = async ({
  root,
  key,
  reaching,
  budgetMs,
}: Attempt): Promise<Omit<Entry, 'source'>> => {
  if (reaching.length === 0) return { key, fate: 'unreached' };
  const tried = within(reaching, budgetMs);
  const { ended, files } = await runTests({
    root,
    files: tried.map(({ file }) => file),
    name: key,
    limitMs: PATIENCE_MS + PATIENCE_FACTOR * costOf(tried),
    environment: { [ENVIRONMENT.mutant]: key },
    chosen: chosenOf(tried),
    flags: UNTIL_FAILURE,
  });
  if (ended === 'passed')
    return { key, fate: tried.length < reaching.length ? 'spared' : 'survived' };
  if (ended === 'stopped') return { key, fate: 'endless' };
  const found = files.find(({ failed }) => failed !== undefined);
  if (found?.failed === undefined) return { key, fate: 'crashed' };
  return { key, fate: 'killed', by: found.file, test: found.failed };
};
