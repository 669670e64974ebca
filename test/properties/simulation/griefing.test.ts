import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/codec/json/index.ts';
import { groundOf } from '../../../src/simulation/market/ground.ts';
import {
  GRIEFING_FACTOR_LIMIT,
  griefingFactor,
  playOnce,
} from '../../../src/simulation/market/index.ts';
import { runSource, type Stream } from '../../../src/simulation/random/index.ts';
import { mergeTallies } from '../../../src/simulation/statistics/index.ts';
import type { Tallies } from '../../../src/simulation/tally.ts';
import { marketOf } from '../../unit/simulation/market/markets.ts';

const ADVERSARIES = 12;
/** Of 96 providers: a third at most. */
const IDENTITIES = [0, 8, 16, 24, 32] as const;
const RATES = [0, 0, 0.5, 1] as const;

const pick = <T>(from: readonly T[], dice: Stream): T => from[dice.below(from.length)] as T;

/** Challenges at some rate, appeals at some rate, and has some identities that sit on panels. */
const adversary = (dice: Stream): readonly JsonObject[] => {
  const count = pick(IDENTITIES, dice);
  const colluding = { kind: 'colluding', count, cheats: 0, silent: pick(RATES, dice) };
  return [
    { kind: 'honest', count: 96 - count },
    ...(count === 0 ? [] : [{ ...colluding, withholds: pick(RATES, dice) }]),
    { kind: 'griefing', opens: pick([0.3, 0.6, 1], dice), appeals: pick([0, 0.5, 1], dice) },
  ];
};

const play = (agents: readonly JsonObject[], run: number): Tallies => {
  const market = marketOf(agents, { blocks: 15, attestationsPerBlock: 2, protocolAudits: false });
  return playOnce(groundOf(market), 'griefing', run).book.tallies;
};

describe('I60: the griefing factor over random adversaries', () => {
  const dice = runSource('I60', 'adversaries', 0).stream('adversary');
  const played = Array.from({ length: ADVERSARIES }, (_, run) => play(adversary(dice), run));

  it('I60: is below the figure that the documentation states', () => {
    const all = played.reduce((sum, each) => mergeTallies(sum, each));
    expect(all.get('griefing/cost')?.n).toBeGreaterThan(100);
    const factor = griefingFactor(all);
    expect(factor).toBeGreaterThan(0);
    expect(factor).toBeLessThan(GRIEFING_FACTOR_LIMIT);
  });

  it('I60: is below it for the strongest, a third of the stake that always convicts', () => {
    const strongest = play(
      [
        { kind: 'honest', count: 64 },
        { kind: 'colluding', count: 32, cheats: 0 },
        { kind: 'griefing', opens: 1, appeals: 0 },
      ],
      0,
    );
    expect(griefingFactor(strongest)).toBeLessThan(GRIEFING_FACTOR_LIMIT);
  });

  it('I60: is measured where people are harmed: without panels that sit there is no bound', () => {
    const thin = play(
      [
        { kind: 'honest', count: 6 },
        { kind: 'griefing', opens: 1 },
      ],
      0,
    );
    expect(griefingFactor(thin)).toBeGreaterThan(1);
  });
});
