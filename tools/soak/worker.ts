// One process of a soak: runs suites in turn until its time is over, and tells of each seed.
import { SUITE_NAMES, SUITES, type SuiteName } from '../../test/soak/suites.ts';
import { seedOf } from './seeds.ts';

/**
 * What a worker tells of one seed: that it begins, so that it is known if it never ends; then how.
 */
export interface Told {
  readonly suite: SuiteName;
  readonly seed: number;
  readonly isOver: boolean;
  readonly failure?: string | undefined;
}

const [soakSeed = 0, worker = 0, minutes = 0] = process.argv.slice(2).map(Number);
const end = performance.now() + minutes * 60_000;

/** Each suite gets the same share of time: the one that has had least is next. */
const spent = new Map<SuiteName, number>(SUITE_NAMES.map((suite) => [suite, 0]));

const next = (): SuiteName =>
  [...spent].reduce((least, each) => (each[1] < least[1] ? each : least))[0];

const attempt = (suite: SuiteName, seed: number): string | undefined => {
  try {
    return SUITES[suite](seed);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
};

const tell = (told: Told): void => {
  process.send?.(told);
};

for (let n = 0; performance.now() < end; n += 1) {
  const [suite, seed] = [next(), seedOf(soakSeed, worker, n)];
  tell({ suite, seed, isOver: false });
  const begin = performance.now();
  const failure = attempt(suite, seed);
  spent.set(suite, (spent.get(suite) ?? 0) + performance.now() - begin);
  tell({ suite, seed, isOver: true, failure });
}
process.disconnect?.();
