import { describe, expect, it } from 'vitest';
import { timeOfRound } from '../../../../src/machines/beacon/rounds.ts';
import { BEACON } from '../../../../src/machines/kit/index.ts';
import { longestChallengeBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { LadderMarket, marketOnce, pairOf, ROOMY } from '../../../support/ladder.ts';
import { all, answer, BOTH, each, SILENT, THIRD, withhold } from '../../../support/plans.ts';
import type { Defence, Plan } from '../../../support/plans.ts';

const FEE = LUX / 10n;
/** A base of 100 LUX, of which so much goes for showing nothing. */
const UNSUBSTANTIATED = 20n * LUX;
const BLOCK_SECONDS = 2n;
const ONLY_P0: Defence = BOTH.slice(0, 1);
const opened = marketOnce(() => new LadderMarket().open());
const crowded = marketOnce(() => new LadderMarket(35).open());

const sourceOf = (market: LadderMarket) => {
  const source = market.actor(BEACON)?.context.source;
  if (source === undefined) throw new Error('genesis makes a beacon');
  return source;
};

/** A pair of which the panel of one has been appealed. */
const appealed = () => {
  const game = pairOf(opened());
  const { market, id } = game;
  market.playPanel(id, all(RIGHT));
  market.appeal(id, 'p1 owner');
  market.pass(id);
  expect(market.stateOf(id)).toBe('awaitSeed');
  return game;
};

describe('the seed of a later panel (PROTOCOL §6, 1 and 3)', () => {
  it('was fixed at opening, for each panel its own, and nobody can choose it (I24)', () => {
    const { market, id } = pairOf(opened());
    const { seedRounds } = market.context(id);
    expect(seedRounds).toHaveLength(3);
    expect(seedRounds.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(seedRounds);
    expect(new Set(seedRounds).size).toBe(3);
    for (const round of seedRounds) expect(market.knowsRound(round)).toBe(false);
    // Margin and publish window, then 2·seed + 3·commit + reveal + appeal blocks for each round.
    const wait = 2n + BLOCK_SECONDS * 4n;
    const round = BLOCK_SECONDS * (2n * 4n + 3n * 5n + 10n + 4n);
    const first = market.context(id).openedTime + wait;
    const times = seedRounds.map((seed) => timeOfRound(sourceOf(market), seed));
    expect(times).toEqual([first, first + round, first + 2n * round]);
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.pass(id);
    expect(market.context(id).seedRounds).toEqual(seedRounds);
    expect(market.seedRound(id)).toBe(seedRounds[1]);
    expect(market.knowsRound(market.seedRound(id))).toBe(false);
  });

  it('is a later one where blocks came so slowly that it is known before the appeal', () => {
    const { market, id } = pairOf(opened());
    const [, planned = 0n] = market.context(id).seedRounds;
    market.playPanel(id, all(RIGHT));
    market.time += 600n;
    market.appeal(id, 'p1 owner');
    const source = sourceOf(market);
    const [, seed = 0n] = market.context(id).seedRounds;
    expect(timeOfRound(source, planned)).toBeLessThan(market.time);
    expect(timeOfRound(source, seed)).toBeGreaterThan(market.time);
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
  });

  it('moves once if it does not come, and the challenge goes on', () => {
    const { market, id } = appealed();
    const first = market.seedRound(id);
    market.pass(id);
    expect(market.context(id).seedMoved).toBe(true);
    expect(market.seedRound(id)).toBeGreaterThan(first);
    market.playPanel(id, all(RIGHT));
    expect(market.findings(id)).toEqual(['valid', 'faulty']);
    expect(market.context(id).seedMoved).toBe(true);
    market.appeal(id, 'p1 owner');
    market.pass(id);
    expect(market.context(id).seedMoved).toBe(false);
  });

  it('that does not come twice voids everything; deposit and bond less re-runs return', () => {
    const { market, id } = appealed();
    const before = market.wealthOf('p1 owner');
    market.pass(id);
    market.pass(id);
    expect(market.context(id).ending).toBe('seedMissing');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.lostBy('p1')).toBe(0n);
    expect(market.wealthOf('p1 owner') - before).toBe(6n * FEE);
    expect(market.settlement(id)).toEqual({
      burnedNlux: 0n,
      rerunsNlux: FEE,
      rewardNlux: 0n,
      bondBackNlux: 10n * LUX - FEE,
      upheldNlux: 0n,
      appealsBackNlux: 6n * FEE,
    });
  });
});

describe('the round that names the chunks (PROTOCOL §6, 5)', () => {
  it('missing in a later panel blames nobody: who revealed is paid, and the next one sits', () => {
    const { market, id } = appealed();
    market.toPanel(id);
    const plan = each(answer(RIGHT), answer(RIGHT), withhold(RIGHT));
    while (market.stateOf(id) === 'commit') market.commitWindow(id, plan);
    market.revealAll(id, plan);
    expect(market.knowsRound(market.context(id).chunkRound)).toBe(false);
    market.pass(id);
    expect(market.findings(id)).toEqual(['undecided', 'undecided']);
    expect(market.context(id).round).toBe(3);
    market.playPanel(id, all(RIGHT));
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.settlement(id).rerunsNlux).toBe(10n * FEE);
    const unheard = market.context(id).seats.filter(({ round }) => round === 2);
    expect(unheard.map(({ state }) => state)).toEqual(['answered', 'answered', 'committed']);
    const losers = market.providers.filter((name) => market.lostBy(name) > 0n);
    expect(losers).toEqual(['p1']);
  });

  it('is another one in each round, and unknown until the last commit window has ended', () => {
    const { market, id } = pairOf(opened());
    const rounds: bigint[] = [];
    for (const round of [1, 2, 3]) {
      market.toPanel(id);
      expect(market.context(id).chunkRound).toBe(0n);
      while (market.stateOf(id) === 'commit') market.commitWindow(id, all(RIGHT));
      const { chunkRound } = market.context(id);
      expect(market.knowsRound(chunkRound)).toBe(false);
      rounds.push(chunkRound);
      market.playPanel(id, all(RIGHT));
      if (round < 3) market.appeal(id, 'p1 owner');
    }
    expect(new Set(rounds).size).toBe(3);
  });
});

describe('a party that shows nothing (PROTOCOL §6.2)', () => {
  it('is unsubstantiated; opening in the next round makes it judged on what it shows', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(WRONG), ONLY_P0);
    expect(market.findings(id)).toEqual(['faulty', 'unsubstantiated']);
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(WRONG));
    expect(market.findings(id)).toEqual(['faulty', 'valid']);
    market.accept(id);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([10n * LUX, 0n]);
  });

  it('that shows it to the first panel, and not to the last, is unsubstantiated', () => {
    const { market, id } = appealed();
    market.playPanel(id, all(WRONG), ONLY_P0);
    expect(market.findings(id)).toEqual(['faulty', 'unsubstantiated']);
    market.accept(id);
    expect(market.lostBy('p1')).toBe(UNSUBSTANTIATED);
  });

  it('pays for that, not for a wrong result on top, and earns the challenger nothing', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT), ONLY_P0);
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
    expect(market.lostBy('p1')).toBe(UNSUBSTANTIATED);
    expect(market.settlement(id)).toEqual({
      burnedNlux: UNSUBSTANTIATED - FEE,
      rerunsNlux: FEE,
      rewardNlux: 0n,
      bondBackNlux: 10n * LUX,
      upheldNlux: 0n,
      appealsBackNlux: 0n,
    });
  });

  it('neither of both: the panel decides nothing else, and it is not appealed by itself', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT), []);
    expect(market.findings(id)).toEqual(['unsubstantiated', 'unsubstantiated']);
    expect(market.stateOf(id)).toBe('decided');
    market.accept(id);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([UNSUBSTANTIATED, UNSUBSTANTIATED]);
  });
});

describe('the longest possible challenge (PROTOCOL §9, I34)', () => {
  /** Nobody takes the seat before its last commit window; the first two panels find nothing. */
  const late =
    (output: Uint8Array): Plan =>
    (_, attempt) =>
      attempt < 2 ? SILENT : answer(output);

  it('ends exactly D blocks after its opening, with every window used to its end', () => {
    const { market, id } = pairOf(crowded());
    const { openedAt } = market.context(id);
    const end = openedAt + longestChallengeBlocks(ROOMY.dispute);
    market.publish(id);
    market.pass(id);
    for (const round of [1, 2, 3]) {
      expect(market.context(id).round).toBe(round);
      market.pass(id);
      expect(market.context(id).seedMoved).toBe(true);
      market.submitRound(market.seedRound(id));
      market.pass(id);
      expect(market.stateOf(id)).toBe('commit');
      market.playPanel(id, late(round === 2 ? WRONG : RIGHT));
      if (round < 3) {
        market.appeal(id, 'consumer');
        market.pass(id);
      }
    }
    expect(market.stateOf(id)).toBe('final');
    expect(market.height).toBe(end);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.context(id).seats).toHaveLength(33);
  });

  it.each([
    ['nobody does anything', []],
    ['the payload is published and nothing else happens', ['publish']],
    ['all seeds come, and nobody answers', ['publish', 'seed']],
    ['everybody commits, and nobody reveals', ['publish', 'seed', 'commit']],
  ])('%s: it ends within D all the same', (_, acts) => {
    const { market, id } = pairOf(crowded());
    const { openedAt } = market.context(id);
    if (acts.includes('publish')) market.publish(id);
    while (market.stateOf(id) !== 'final') {
      const state = market.stateOf(id);
      const isDue = state === 'awaitSeed' && acts.includes('seed');
      if (isDue && !market.knowsRound(market.seedRound(id))) {
        market.submitRound(market.seedRound(id));
      } else if (state === 'commit' && acts.includes('commit')) {
        market.commitWindow(id, all(THIRD));
      } else {
        market.pass(id);
      }
    }
    expect(market.height).toBeLessThanOrEqual(openedAt + longestChallengeBlocks(ROOMY.dispute));
  });
});
