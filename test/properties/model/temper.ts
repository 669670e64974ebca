// What kind of run it is: which moves exist, how often, and how reliable people are.
import type { Config } from './config.ts';
import type { Faults } from './diligence.ts';
import { MOVES } from './moves/index.ts';
import { Chance } from './random.ts';

/** What this run is like: which moves there are, how often, and how reliable people are. */
export interface Temper {
  readonly moves: readonly string[];
  readonly faults: Faults;
}

/** A move may not exist at all in a run, or come up nine times as often as another. */
export const temperOf = (config: Config): Temper => {
  const chance = new Chance(config.swarm ^ 0x5a5a);
  // Where timers are few, enough challenges that they come late.
  const crowd = config.timersPerBlock === 1 ? 6 : 1;
  const moves = Object.keys(MOVES).flatMap((name) => {
    const weight = chance.pick([0, 1, 1, 3, 9]) ?? 1;
    const more = ['attest', 'openPair', 'audit'].includes(name) ? 4 * crowd : 0;
    return Array.from({ length: weight + more }, () => name);
  });
  const rate = (most: number): number => (chance.percent(50) ? 0 : chance.below(most));
  return {
    moves,
    faults: {
      silent: rate(50),
      cannotRun: rate(25),
      erratic: rate(50),
      withheld: rate(25),
      unpublished: rate(70),
      roundless: rate(80),
      wrong: rate(12),
      undrawn: rate(80),
      appealed: rate(90),
      takenOver: rate(80),
      forestalled: rate(40),
      unanswered: 50 + rate(50),
    },
  };
};
