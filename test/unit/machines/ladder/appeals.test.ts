import { describe, expect, it } from 'vitest';
import { BURN } from '../../../../src/machines/kit/index.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { LadderMarket, marketOnce, pairOf } from '../../../support/ladder.ts';
import { all, nobody, scattered, split } from '../../../support/plans.ts';

const FEE = LUX / 10n;
const SEAT_PENALTY = 2n * LUX;
const APPEAL = { type: 'appeal', named: [] } as const;
const opened = marketOnce(() => new LadderMarket().open());
/** 26 owners: one too few for the last panel, and enough for the second. */
const short = marketOnce(() => new LadderMarket(26).open());

/** A pair that the panel of one has decided for `p0`. */
const decided = (market = opened()) => {
  const game = pairOf(market);
  market.playPanel(game.id, all(RIGHT));
  expect(market.stateOf(game.id)).toBe('decided');
  expect(market.findings(game.id)).toEqual(['valid', 'faulty']);
  return game;
};

describe('who may appeal, when, and with what (PROTOCOL §6, 6; I45)', () => {
  it('anyone may, with exactly twice the cost of the next panel', () => {
    const { market, id } = decided();
    const depositNlux = market.depositOf(id);
    expect(depositNlux).toBe(2n * 3n * FEE);
    for (const wrong of [depositNlux - 1n, depositNlux + 1n]) {
      expect(market.refused('consumer', id, APPEAL, wrong).code).toBe('deposit-mismatch');
      expect(market.stateOf(id)).toBe('decided');
    }
    market.appeal(id, 'consumer');
    expect(market.stateOf(id)).toBe('appealed');
  });

  it('a party may, and a provider that sat', () => {
    for (const of of ['p0 owner', 'p1 owner', 'seat', 'challenger']) {
      const { market, id } = decided();
      market.appeal(id, of === 'seat' ? market.seatName(id) : of);
      expect(market.stateOf(id)).toBe('appealed');
    }
  });

  it('once in a round is enough', () => {
    const { market, id } = decided();
    const depositNlux = market.appeal(id, 'consumer');
    const again = market.refused('anyone', id, APPEAL, depositNlux);
    expect([again.code, again.state]).toEqual(['not-accepted', 'appealed']);
  });

  it('not outside the window of a decided round', () => {
    const { market, id } = pairOf(opened());
    const refuse = () => market.refused('consumer', id, APPEAL, 6n * FEE);
    expect(refuse().state).toBe('publish');
    market.publish(id);
    market.pass(id);
    expect(refuse().state).toBe('awaitSeed');
    market.toPanel(id);
    expect(refuse().state).toBe('commit');
    market.commitWindow(id, all(RIGHT));
    expect(refuse().state).toBe('reveal');
  });

  it('not at the height at which the window ends, nor when the challenge is final', () => {
    const { market, id } = decided();
    market.advanceTo(market.context(id).deadline - 1n);
    const late = market.refused('consumer', id, APPEAL, 6n * FEE);
    expect([late.code, late.state]).toEqual(['not-accepted', 'final']);
    expect(market.context(id).ending).toBe('decided');
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
  });

  it('not against the last panel', () => {
    const { market, id } = decided();
    market.appeal(id, 'consumer');
    market.playPanel(id, all(RIGHT));
    expect(market.depositOf(id)).toBe(2n * 7n * FEE);
    market.appeal(id, 'consumer');
    market.playPanel(id, all(RIGHT));
    expect(market.stateOf(id)).toBe('final');
    expect(market.context(id).ending).toBe('lastPanel');
  });
});

describe('the ladder of a pair (PROTOCOL §6, 7)', () => {
  it('has panels of 1, 3 and 7, each of other owners (I22, I45)', () => {
    const { market, id } = decided();
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    expect([1, 2, 3].map((round) => market.drawn(id, round).length)).toEqual([1, 3, 7]);
    const everybody = [1, 2, 3].flatMap((round) => market.drawn(id, round));
    expect(new Set(everybody).size).toBe(11);
    expect(everybody).not.toContain('p0');
    expect(everybody).not.toContain('p1');
  });

  it('goes on without an appeal where the panel is undecided, and nobody may appeal', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, scattered);
    expect(market.stateOf(id)).toBe('awaitSeed');
    expect(market.context(id).round).toBe(2);
    expect(market.refused('anyone', id, APPEAL, 6n * FEE).code).toBe('not-accepted');
    market.playPanel(id, scattered);
    expect(market.context(id).round).toBe(3);
    market.playPanel(id, split([7, RIGHT]));
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.context(id).appeals).toEqual([]);
  });

  it('one undecided defendant takes the other along, who is judged anew', () => {
    const { market, id } = decided();
    market.appeal(id, 'p1 owner');
    market.playPanel(id, split([2, RIGHT], [1, WRONG]));
    expect(market.findings(id)).toEqual(['valid', 'undecided']);
    expect(market.context(id).round).toBe(3);
    market.playPanel(id, all(WRONG));
    expect(market.verdicts(id)).toEqual(['faulty', 'valid']);
  });
});

describe('the deposit of an appeal (PROTOCOL §6.3)', () => {
  it('comes back where a later panel overturned the verdict (I46)', () => {
    const { market, id } = decided();
    const [supporter] = market.drawn(id, 1);
    market.appeal(id, 'consumer');
    const before = market.wealthOf('consumer');
    market.playPanel(id, all(WRONG));
    expect(market.findings(id)).toEqual(['faulty', 'valid']);
    expect(market.lostBy('p0')).toBe(0n);
    market.accept(id);
    expect(market.wealthOf('consumer') - before).toBe(6n * FEE);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([10n * LUX, 0n]);
    expect(market.lostBy(supporter ?? '')).toBe(SEAT_PENALTY);
    expect(market.settlement(id).appealsBackNlux).toBe(6n * FEE);
  });

  it('pays the re-runs first; half of what is left is burned, half goes to the upheld', () => {
    const { market, id } = decided();
    const [upheld, appellant] = [market.wealthOf('p0 owner'), market.wealthOf('challenger')];
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    const slash = 10n * LUX;
    // Six fees: four for the seats that answered, one burned, one to whom it was upheld for.
    expect(market.settlement(id)).toEqual({
      burnedNlux: slash - 3n * LUX + FEE,
      rerunsNlux: 4n * FEE,
      rewardNlux: 3n * LUX,
      bondBackNlux: 10n * LUX,
      upheldNlux: FEE,
      appealsBackNlux: 0n,
    });
    expect(market.wealthOf('p0 owner') - upheld).toBe(FEE);
    expect(market.wealthOf('challenger') - appellant).toBe(13n * LUX);
  });

  it('that was lost twice pays all eleven re-runs, and the bond nothing', () => {
    const { market, id } = decided();
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    const deposits = (6n + 14n) * FEE;
    const surplus = deposits - 11n * FEE;
    expect(market.settlement(id)).toEqual({
      burnedNlux: 20n * LUX - 6n * LUX + surplus / 2n,
      rerunsNlux: 11n * FEE,
      rewardNlux: 6n * LUX,
      bondBackNlux: 10n * LUX,
      upheldNlux: surplus / 2n,
      appealsBackNlux: 0n,
    });
  });

  it('is judged by the final verdict: both who asked for what came out are repaid', () => {
    const { market, id } = decided();
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(WRONG));
    market.appeal(id, 'p0 owner');
    market.playPanel(id, all(RIGHT));
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    const { appeals } = market.context(id);
    expect(appeals.map(({ depositNlux }) => depositNlux)).toEqual([6n * FEE, 14n * FEE]);
    // The first verdict stood in the end, so its appeal is lost; the second was overturned.
    expect(market.settlement(id).appealsBackNlux).toBe(14n * FEE);
    expect(market.settlement(id).rerunsNlux).toBe(11n * FEE);
  });

  it('comes back where the panel cannot sit, and the verdict before it stands (§6.1)', () => {
    const { market, id } = decided(short());
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    const before = market.wealthOf('p1 owner');
    const depositNlux = market.appeal(id, 'p1 owner');
    const paid = before - market.wealthOf('p1 owner');
    market.pass(id);
    market.seed(id);
    expect(market.stateOf(id)).toBe('final');
    expect(market.context(id).ending).toBe('panelCannotSit');
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.settlement(id).appealsBackNlux).toBe(depositNlux);
    expect(market.wealthOf('p1 owner') - before).toBe(depositNlux - paid);
    expect(market.lostBy('p1')).toBe(10n * LUX);
  });

  it('comes back where nobody of the panel answers: nothing is decided any more', () => {
    const { market, id } = decided();
    const burned = market.balance(BURN);
    market.appeal(id, 'p1 owner');
    market.toPanel(id);
    while (market.stateOf(id) === 'commit') market.commitWindow(id, nobody);
    expect(market.context(id).ending).toBe('open');
    expect(market.findings(id)).toEqual(['undecided', 'undecided']);
    market.pass(id);
    market.pass(id);
    expect(market.context(id).ending).toBe('seedMissing');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.settlement(id).appealsBackNlux).toBe(6n * FEE);
    expect(market.settlement(id).bondBackNlux).toBe(10n * LUX - FEE);
    expect(market.balance(BURN) - burned).toBe(9n * LUX);
  });
});
