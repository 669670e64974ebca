import { describe, expect, it } from 'vitest';
import { BURN } from '../../../../src/machines/kit/index.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { auditOf, LadderMarket, marketOnce, pairOf } from '../../../support/ladder.ts';
import { all, answer, each, scattered, SILENT, split, THIRD } from '../../../support/plans.ts';

const FEE = LUX / 10n;
const SEAT_PENALTY = 2n * LUX;
const opened = marketOnce(() => new LadderMarket().open());
/** Enough for the second panel, not for the third. */
const short = marketOnce(() => new LadderMarket(26).open());

describe('the slash is by the panel that became final (PROTOCOL §6.3, I4)', () => {
  it.each([
    [1, 5n],
    [2, 10n],
    [3, 20n],
  ])('pair: after panel %i, %i LUX of a base of 100', (panels, slashLux) => {
    const { market, id } = pairOf(opened());
    for (let round = 1; round <= panels; round += 1) {
      if (round > 1) market.appeal(id, 'p1 owner');
      market.playPanel(id, all(RIGHT));
    }
    if (panels < 3) market.accept(id);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.lostBy('p1')).toBe(slashLux * LUX);
    expect(market.lostBy('p0')).toBe(0n);
    expect(market.context(id).slashedNlux).toBe(slashLux * LUX);
  });

  it.each([
    [1, 10n],
    [2, 20n],
  ])('audit: after panel %i, %i LUX of a base of 100', (panels, slashLux) => {
    const { market, id, defence } = auditOf(opened());
    for (let round = 1; round <= panels; round += 1) {
      if (round > 1) market.appeal(id, 'p0 owner');
      market.playPanel(id, all(RIGHT), defence);
    }
    if (panels < 2) market.accept(id);
    expect(market.verdicts(id)).toEqual(['faulty']);
    expect(market.lostBy('p0')).toBe(slashLux * LUX);
  });

  it('a panel that cannot sit does not raise the rate of the one before (§6.1)', () => {
    const { market, id } = pairOf(short());
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.toPanel(id);
    expect(market.context(id).ending).toBe('panelCannotSit');
    expect(market.lostBy('p1')).toBe(10n * LUX);
  });
});

describe('a verdict is what the last panel found, executed once and at the end (I46)', () => {
  it('nobody is slashed for what a later panel takes back', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(WRONG));
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 0n]);
    market.appeal(id, 'p0 owner');
    market.playPanel(id, all(RIGHT));
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 20n * LUX]);
    expect(market.actor(market.attestation('p0'))?.state).toBe('final');
    expect(market.actor(market.attestation('p1'))?.state).toBe('faulty');
  });

  it('stakes stay locked, and attestations disputed, until then', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT));
    for (const name of ['p0', 'p1']) {
      expect(market.actor(market.attestation(name))?.state).toBe('disputed');
      expect(market.actor(market.provider(name))?.context.lockedNlux).toBe(20n * LUX);
    }
    market.accept(id);
    for (const name of ['p0', 'p1']) {
      expect(market.actor(market.provider(name))?.context.lockedNlux).toBe(0n);
    }
  });
});

describe('undecided (PROTOCOL §6.2, 7)', () => {
  it('all answers different at n = 1, 3, 7: void, and the bond less re-runs returns (I10)', () => {
    const { market, id } = pairOf(opened());
    const before = market.wealthOf('challenger');
    const burned = market.balance(BURN);
    for (const round of [1, 2, 3]) {
      expect(market.context(id).round).toBe(round);
      market.playPanel(id, scattered);
      expect(market.findings(id)).toEqual(['undecided', 'undecided']);
    }
    expect(market.context(id).ending).toBe('lastPanel');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.wealthOf('challenger') - before).toBe(10n * LUX - 11n * FEE);
    expect(market.balance(BURN)).toBe(burned);
    for (const name of market.providers) expect(market.lostBy(name)).toBe(0n);
  });

  it('a quorum short of a slash, and seats on both sides, decide nobody', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(THIRD));
    market.playPanel(id, split([1, RIGHT], [1, WRONG], [1, THIRD]));
    expect(market.findings(id)).toEqual(['undecided', 'undecided']);
    // Three for each, one for neither: four uphold, five slash.
    market.playPanel(id, split([3, RIGHT], [3, WRONG], [1, THIRD]));
    expect(market.verdicts(id)).toEqual(['void', 'void']);
  });

  it('in the last panel one may be valid and the other void', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(THIRD));
    market.playPanel(id, all(THIRD));
    // From three seats on they may convict both by agreeing with one another.
    expect(market.findings(id)).toEqual(['faulty', 'faulty']);
    market.appeal(id, 'p0 owner');
    market.playPanel(id, split([4, RIGHT], [3, WRONG]));
    expect(market.verdicts(id)).toEqual(['valid', 'void']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 0n]);
  });

  it('undecided and then too few for the next panel: void (§6.1, I29)', () => {
    const { market, id } = pairOf(short());
    market.playPanel(id, scattered);
    market.playPanel(id, scattered);
    market.toPanel(id);
    expect(market.context(id).ending).toBe('panelCannotSit');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.settlement(id).bondBackNlux).toBe(10n * LUX - 4n * FEE);
  });

  it('silent seats convict nobody, whatever the others say (I19)', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, scattered);
    market.playPanel(id, each(answer(RIGHT), answer(RIGHT), SILENT));
    expect(market.findings(id)).toEqual(['valid', 'undecided']);
  });
});

describe('seats outside the final cluster (PROTOCOL §6.3, I46b)', () => {
  it('pay at finality, those of earlier rounds too', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(WRONG));
    const [first = ''] = market.drawn(id, 1);
    market.appeal(id, 'p0 owner');
    market.playPanel(id, split([2, RIGHT], [1, WRONG]));
    const [, , third = ''] = market.drawn(id, 2);
    expect([market.lostBy(first), market.lostBy(third)]).toEqual([0n, 0n]);
    market.playPanel(id, split([6, RIGHT], [1, THIRD]));
    const last = market.drawn(id, 3);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    const losers = market.providers.filter((name) => market.lostBy(name) > 0n);
    expect(losers.toSorted()).toEqual([first, third, last[6] ?? '', 'p1'].toSorted());
    for (const name of [first, third, last[6] ?? '']) {
      expect(market.lostBy(name)).toBe(SEAT_PENALTY);
    }
  });

  it('are paid for their re-run like all who answered', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.playPanel(id, split([2, WRONG], [1, RIGHT]));
    const owners = [1, 2]
      .flatMap((round) => market.drawn(id, round))
      .map((name) => `${name} owner`);
    const before = owners.map((name) => market.wealthOf(name));
    market.playPanel(id, all(RIGHT));
    const gains = owners.map((name, at) => market.wealthOf(name) - (before[at] ?? 0n));
    expect(gains).toEqual([FEE, FEE, FEE, FEE]);
    expect(market.settlement(id).rerunsNlux).toBe(11n * FEE);
  });

  it('pay nothing where the attestation is void', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    market.playPanel(id, scattered);
    market.playPanel(id, scattered);
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    for (const name of market.providers) expect(market.lostBy(name)).toBe(0n);
  });

  it('pay if they reject what is faulty with an answer that is nobody else’s', () => {
    const { market, id, defence } = auditOf(opened());
    market.playPanel(id, split([2, RIGHT], [1, THIRD]), defence);
    expect(market.findings(id)).toEqual(['faulty']);
    const [, , stray = ''] = market.drawn(id, 1);
    expect(market.lostBy(stray)).toBe(0n);
    market.accept(id);
    expect(market.lostBy(stray)).toBe(SEAT_PENALTY);
    const others = market.drawn(id, 1).slice(0, 2);
    expect(others.map((name) => market.lostBy(name))).toEqual([0n, 0n]);
  });

  it('pay if they reject what is valid, though no one else is judged', () => {
    const { market, id, defence } = auditOf(opened(), RIGHT);
    market.playPanel(id, split([2, RIGHT], [1, THIRD]), defence);
    expect(market.findings(id)).toEqual(['valid']);
    market.accept(id);
    const lost = market.drawn(id, 1).map((name) => market.lostBy(name));
    expect(lost).toEqual([0n, 0n, SEAT_PENALTY]);
  });

  it('pay once, though they are outside for both defendants', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(WRONG));
    const [seat = ''] = market.drawn(id, 1);
    market.appeal(id, 'p0 owner');
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    expect(market.lostBy(seat)).toBe(SEAT_PENALTY);
  });
});
