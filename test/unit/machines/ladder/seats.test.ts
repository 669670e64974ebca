import { describe, expect, it } from 'vitest';
import { providerKeyProof } from '../../../../src/codec/index.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';
import { LadderMarket, marketOnce, pairOf, ROOMY, STAKE } from '../../../support/ladder.ts';
import {
  all,
  answer,
  each,
  hide,
  SILENT,
  UNABLE,
  withhold,
  type Plan,
} from '../../../support/plans.ts';

const FEE = LUX / 10n;
const NO_SHOW = LUX;
const SEAT_PENALTY = 2n * LUX;
/** A panel of three, all of whose seats are replaced twice, and all before: 21 are left. */
const opened = marketOnce(() => new LadderMarket(35).open());

/** A pair whose first panel has been drawn. */
const drawn = () => {
  const game = pairOf(opened());
  game.market.toPanel(game.id);
  return game;
};

/** A pair whose panel of three has been drawn. */
const drawnThree = () => {
  const game = drawn();
  const { market, id } = game;
  market.playPanel(id, all(RIGHT));
  market.appeal(id, 'p1 owner');
  market.toPanel(id);
  return game;
};

describe('a seat that cannot run (PROTOCOL §6, 4)', () => {
  it('is neither paid nor punished, and replaced in a commit window of its own', () => {
    const { market, id } = drawn();
    const [unable = ''] = market.drawn(id, 1);
    const before = market.wealthOf(`${unable} owner`);
    const { deadline } = market.context(id);
    const plan: Plan = (_, attempt) => (attempt === 0 ? UNABLE : answer(RIGHT));
    market.commitWindow(id, plan);
    expect(market.stateOf(id)).toBe('commit');
    expect(market.context(id).deadline).toBe(deadline + ROOMY.dispute.commitBlocks);
    market.playPanel(id, plan);
    market.accept(id);
    expect(market.drawn(id, 1)).toHaveLength(2);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.lostBy(unable)).toBe(0n);
    expect(market.wealthOf(`${unable} owner`)).toBe(before);
    expect(market.settlement(id).rerunsNlux).toBe(FEE);
  });

  it('says so once, in its window, and for itself', () => {
    const { market, id } = drawn();
    const [name = ''] = market.drawn(id, 1);
    const cannotRun = { type: 'cannotRun', seat: 0 } as const;
    expect(market.refused('anyone', id, cannotRun).code).toBe('not-your-seat');
    market.do(name, id, cannotRun);
    expect(market.refused(name, id, cannotRun).code).toBe('seat-unknown');
    const { commitment } = market.rerun(id, name, RIGHT);
    expect(market.refused(name, id, { type: 'commit', seat: 0, commitment }).code).toBe(
      'seat-unknown',
    );
  });

  it('cannot say so after it has committed', () => {
    const { market, id } = drawn();
    const [name = ''] = market.drawn(id, 1);
    market.commit(id, name, RIGHT);
    expect(market.refused(name, id, { type: 'cannotRun', seat: 0 }).code).toBe('seat-unknown');
    market.pass(id);
    expect(market.refused(name, id, { type: 'cannotRun', seat: 0 }).state).toBe('reveal');
  });

  it('twice in an epoch ends its service of the profile', () => {
    const market = new Market(5, { ...SHORT, epochBlocks: 100n }).open();
    for (const [first, second] of [
      ['p0', 'p1'],
      ['p2', 'p3'],
    ] as const) {
      market.attest(first, RIGHT);
      market.attest(second, WRONG);
      const id = market.challenge(first, second);
      market.publish(id);
      market.pass(id);
      market.seed(id);
      while (market.actor(id)?.state === 'commit') {
        market.do(market.seatName(id), id, { type: 'cannotRun', seat: 0 });
        market.pass(id);
      }
      expect(market.actor(id)?.state).toBe('final');
    }
    const placeOf = (name: string) => market.actor(market.provider(name))?.context.served[0];
    expect(placeOf('p4')?.leavesAt).toBeGreaterThan(market.height);
    for (const name of ['p0', 'p1', 'p2', 'p3']) expect(placeOf(name)?.leavesAt).toBe(0n);
    expect(market.actor(market.provider('p4'))?.context.freeNlux).toBe(100n * LUX);
  });
});

describe('a seat that does not commit (PROTOCOL §6, 4; I36)', () => {
  it('is replaced twice and penalized each time at once; then it stays empty', () => {
    const { market, id } = drawnThree();
    const plan = each(SILENT, answer(RIGHT), answer(RIGHT));
    for (const attempt of [0, 1, 2]) {
      expect(market.context(id).attempt).toBe(attempt);
      const waiting = market.context(id).seats.at(attempt === 0 ? -3 : -1);
      market.commitWindow(id, plan);
      expect(market.lostBy(market.nameOf(waiting?.provider ?? ''))).toBe(NO_SHOW);
    }
    expect(market.stateOf(id)).toBe('reveal');
    expect(market.drawn(id, 2)).toHaveLength(5);
    market.playPanel(id, plan);
    expect(market.findings(id)).toEqual(['valid', 'undecided']);
  });

  it('keeps the others waiting: nobody reveals before the last window has ended (I32)', () => {
    const { market, id } = drawnThree();
    const plan = each(SILENT, answer(RIGHT), answer(RIGHT));
    for (const attempt of [0, 1, 2]) {
      const [, second = ''] = market.drawn(id, 2);
      const { shown } = market.rerun(id, second, RIGHT, 1);
      if (attempt === 0) market.commit(id, second, RIGHT, 1);
      const early = market.refused(second, id, { type: 'reveal', seat: 1, ...shown });
      expect([early.code, early.state]).toEqual(['not-accepted', 'commit']);
      for (const { outputHash } of market.context(id).seats.slice(1)) {
        expect(outputHash).toBe('0'.repeat(64));
      }
      market.commitWindow(id, attempt === 0 ? each(SILENT, SILENT, answer(RIGHT)) : plan);
    }
    expect(market.stateOf(id)).toBe('reveal');
  });

  it('and neither do all others: the next panel follows by itself', () => {
    const { market, id } = drawn();
    while (market.stateOf(id) === 'commit') market.commitWindow(id, () => SILENT);
    expect(market.context(id).round).toBe(2);
    expect(market.stateOf(id)).toBe('awaitSeed');
    market.playPanel(id, all(RIGHT));
    expect(market.findings(id)).toEqual(['valid', 'faulty']);
  });

  it('in all panels: void, the bond returns whole, and only the silent lose', () => {
    const { market, id } = drawn();
    const before = market.wealthOf('challenger');
    for (const round of [1, 2, 3]) {
      expect(market.context(id).round).toBe(round);
      market.playPanel(id, () => SILENT);
    }
    expect(market.context(id).ending).toBe('lastPanel');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.wealthOf('challenger') - before).toBe(10n * LUX);
    expect([1, 2, 3].map((round) => market.drawn(id, round).length)).toEqual([3, 9, 21]);
    for (const name of market.providers.slice(2)) expect(market.lostBy(name)).toBe(NO_SHOW);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 0n]);
  });
});

describe('a seat that does not show what it committed to (PROTOCOL §6, 5; I33)', () => {
  it.each([
    ['does not reveal', withhold(RIGHT)],
    ['reveals and opens no chunk', hide(RIGHT)],
  ])('%s: penalized when its panel is judged, unpaid, and its seat empty', (_, last) => {
    const { market, id } = drawnThree();
    const plan = each(answer(RIGHT), answer(RIGHT), last);
    market.commitWindow(id, plan);
    const [, , third = ''] = market.drawn(id, 2);
    expect(market.lostBy(third)).toBe(0n);
    market.playPanel(id, plan);
    expect(market.lostBy(third)).toBe(SEAT_PENALTY);
    expect(market.findings(id)).toEqual(['valid', 'undecided']);
    const before = market.wealthOf(`${third} owner`);
    market.playPanel(id, all(RIGHT));
    expect(market.wealthOf(`${third} owner`)).toBe(before);
    expect(market.lostBy(third)).toBe(SEAT_PENALTY);
    expect(market.settlement(id).rerunsNlux).toBe(10n * FEE);
  });

  it('all of them: nobody is found at fault, and the next panel follows', () => {
    const { market, id } = drawnThree();
    market.playPanel(id, () => withhold(RIGHT));
    expect(market.findings(id)).toEqual(['undecided', 'undecided']);
    expect(market.context(id).round).toBe(3);
    for (const name of market.drawn(id, 2)) expect(market.lostBy(name)).toBe(SEAT_PENALTY);
  });
});

describe('a seat belongs to one member, one panel and one commitment (I30, I31, I33)', () => {
  it('not to who sat before it, nor to its neighbour', () => {
    const { market, id } = drawnThree();
    const [earlier = ''] = market.drawn(id, 1);
    const [first = '', second = ''] = market.drawn(id, 2);
    const { commitment } = market.rerun(id, first, RIGHT, 0);
    const commit = { type: 'commit', seat: 0, commitment } as const;
    expect(market.refused(earlier, id, commit).code).toBe('not-your-seat');
    expect(market.refused(second, id, commit).code).toBe('not-your-seat');
    expect(market.refused(first, id, { ...commit, seat: 3 }).code).toBe('seat-unknown');
  });

  it('a commitment that was copied from a neighbour cannot be revealed', () => {
    const { market, id } = drawnThree();
    const [first = '', second = ''] = market.drawn(id, 2);
    const { commitment, shown } = market.rerun(id, first, RIGHT, 0);
    market.doAll([
      market.order(first, id, { type: 'commit', seat: 0, commitment }),
      market.order(second, id, { type: 'commit', seat: 1, commitment }),
    ]);
    while (market.stateOf(id) === 'commit') market.pass(id);
    market.do(first, id, { type: 'reveal', seat: 0, ...shown });
    expect(market.refused(second, id, { type: 'reveal', seat: 1, ...shown }).code).toBe(
      'commitment-mismatch',
    );
    const own = market.committed(second, RIGHT);
    const { outputHash, evidenceRoot } = own;
    const copied = { type: 'reveal', seat: 1, outputHash, evidenceRoot, salt: shown.salt } as const;
    expect(market.refused(second, id, copied).code).toBe('commitment-mismatch');
  });

  it('a seat that was replaced cannot come back', () => {
    const { market, id } = drawn();
    const [late = ''] = market.drawn(id, 1);
    market.pass(id);
    const { commitment } = market.rerun(id, late, RIGHT);
    expect(market.refused(late, id, { type: 'commit', seat: 0, commitment }).code).toBe(
      'not-your-seat',
    );
  });
});

describe('who acts for a seat (PROTOCOL §3, I48)', () => {
  const newKey = 'a new key';

  /** The seat's provider changes its key, four blocks ahead. */
  const rotated = () => {
    const { market, id } = drawn();
    const [name = ''] = market.drawn(id, 1);
    const owner = market.ownerName(name);
    const { networkId, chainId } = CHAIN;
    const digest = providerKeyProof({ networkId, chainId, owner: market.address(owner) });
    const rotate = {
      type: 'rotateKey',
      key: market.address(newKey),
      proof: market.sign(newKey, digest),
      from: market.height + 4n,
    } as const;
    market.do(owner, market.provider(name), rotate);
    market.do('anyone', market.account(newKey), { type: 'transfer' }, LUX);
    const { commitment, shown } = market.rerun(id, name, RIGHT);
    const commit = { type: 'commit', seat: 0, commitment } as const;
    return { market, id, name, owner, commit, shown };
  };

  it('the old key until the new one begins, and then not any more', () => {
    const { market, id, name, commit, shown } = rotated();
    market.do(name, id, commit);
    while (market.stateOf(id) === 'commit') market.pass(id);
    expect(market.refused(name, id, { type: 'reveal', seat: 0, ...shown }).code).toBe(
      'not-your-seat',
    );
    market.do(newKey, id, { type: 'reveal', seat: 0, ...shown });
    expect(market.context(id).seats[0]?.state).toBe('revealed');
  });

  it('the new key not before its first height', () => {
    const { market, id, commit } = rotated();
    expect(market.refused(newKey, id, commit).code).toBe('not-your-seat');
    market.do(newKey, id, commit);
    expect(market.context(id).seats[0]?.state).toBe('committed');
  });

  it('the owner at any time', () => {
    const { market, id, owner, commit } = rotated();
    market.do(owner, id, commit);
    expect(market.context(id).seats[0]?.state).toBe('committed');
  });
});

it('stake of these tests stays above the minimum with every penalty', () => {
  expect(STAKE - NO_SHOW - SEAT_PENALTY).toBeGreaterThan(SHORT.minimumStakeNlux);
});
