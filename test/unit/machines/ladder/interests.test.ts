import { describe, expect, it } from 'vitest';
import { prepareEquivocation } from '../../../../src/client/challenge.ts';
import { sha256Hex } from '../../../../src/codec/index.ts';
import { BURN } from '../../../../src/machines/kit/index.ts';
import { type Market, RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';
import { LadderMarket, marketOnce, pairOf, STAKE } from '../../../support/ladder.ts';
import { all, THIRD, withhold } from '../../../support/plans.ts';

const BOND = 10n * LUX;
const LOCK = 20n * LUX;
const opened = marketOnce(() => new LadderMarket().open());
const crowded = marketOnce(() => new LadderMarket(35).open());

/** `p2` and `p27` to `p30` are of one owner, and `p31` to `p34` of the owner of `p0`. */
class SharedMarket extends LadderMarket {
  override ownerName(provider: string): string {
    const at = Number(provider.slice(1));
    if (at <= 26) return super.ownerName(provider);
    return super.ownerName(at <= 30 ? 'p2' : 'p0');
  }
}
const SHARED = ['p2', 'p27', 'p28', 'p29', 'p30'];
const OF_DEFENDANT = ['p31', 'p32', 'p33', 'p34'];
/** Both owners have so much stake that a draw which could find them would. */
const shared = marketOnce(() =>
  new SharedMarket(35).open((name) =>
    [...SHARED, ...OF_DEFENDANT].includes(name) ? 190n * LUX : STAKE,
  ),
);
/** So has one provider: a third of all stake. */
const heavy = marketOnce(() =>
  new LadderMarket(35).open((name) => (name === 'p5' ? 2_000n * LUX : STAKE)),
);

const playAllPanels = (market: LadderMarket, id: ReturnType<Market['challengeOf']>): void => {
  market.playPanel(id, all(RIGHT));
  market.appeal(id, 'p1 owner');
  market.playPanel(id, all(RIGHT));
  market.appeal(id, 'p1 owner');
  market.playPanel(id, all(RIGHT));
  expect(market.context(id).ending).toBe('lastPanel');
};

const everySeat = (market: LadderMarket, id: ReturnType<Market['challengeOf']>) =>
  [1, 2, 3].flatMap((round) => market.drawn(id, round));

describe('who never sits (PROTOCOL §6.1, I22)', () => {
  it('an owner of several providers has one seat in all panels together', () => {
    const { market, id } = pairOf(shared());
    playAllPanels(market, id);
    const seats = everySeat(market, id);
    expect(seats).toHaveLength(11);
    expect(seats.filter((name) => SHARED.includes(name))).toHaveLength(1);
  });

  it('no provider of a defendant’s owner', () => {
    const { market, id } = pairOf(shared());
    playAllPanels(market, id);
    for (const name of ['p0', ...OF_DEFENDANT]) {
      expect(everySeat(market, id)).not.toContain(name);
    }
  });

  it('the challenger, though it challenges with its key or as its owner', () => {
    const seatsOf = (challenger: string) => {
      const market = heavy();
      market.attest('p0', RIGHT);
      market.attest('p1', WRONG);
      const id = market.challenge('p0', 'p1', challenger);
      playAllPanels(market, id);
      return everySeat(market, id);
    };
    expect(seatsOf('challenger')).toContain('p5');
    for (const own of ['p5', 'p5 owner']) expect(seatsOf(own)).not.toContain('p5');
  });

  it('who has paid for the attestation', () => {
    const market = crowded();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    for (const name of ['p6', 'p7', 'p8']) {
      market.do(market.ownerName(name), market.attestation('p1'), { type: 'pay' }, LUX / 10n);
    }
    const id = market.challenge('p0', 'p1');
    playAllPanels(market, id);
    for (const name of ['p6', 'p7', 'p8']) expect(everySeat(market, id)).not.toContain(name);
  });
});

describe('a challenger who is a party (PROTOCOL §6, I8)', () => {
  it('gains what any other would: its answer is judged like the other', () => {
    const market = opened();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const before = market.wealthOf('p0 owner');
    const id = market.challenge('p0', 'p1', 'p0 owner');
    const paid = before - market.wealthOf('p0 owner');
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    expect(market.wealthOf('p0 owner') - before).toBe(BOND + (3n * 5n * LUX) / 10n - paid);
  });

  it('loses more than the reward if the panel is against it', () => {
    const market = opened();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const wealth = () => market.wealthOf('p1 owner') + market.stakeOf('p1');
    const before = wealth();
    const id = market.challenge('p0', 'p1', 'p1 owner');
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    const slash = market.context(id).slashedNlux;
    expect(slash).toBe(5n * LUX);
    expect(before - wealth()).toBeGreaterThanOrEqual((7n * slash) / 10n);
  });

  it('reward is at most three bonds, however much is slashed', () => {
    // 2000 LUX of stake carry a value of 6: a base of 2000, of which a panel of three takes 200.
    const market = new LadderMarket().open((name) => (name === 'p1' ? 2_000n * LUX : STAKE));
    market.attest('p0', RIGHT);
    const request = market.ask('p1', LUX / 10n, 0n, 6n * LUX);
    market.attest('p1', WRONG, request);
    const [first, second] = [market.attestation('p0'), market.attestation('p1', request)];
    const id = market.disputeAttestations(first, second, RIGHT);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    market.pass(id);
    market.appeal(id, 'p1 owner');
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    expect(market.context(id).slashedNlux).toBe(200n * LUX);
    expect(market.settlement(id).rewardNlux).toBe(3n * BOND);
  });
});

describe('stake that leaves while the challenge runs (PROTOCOL §5, I38, I39)', () => {
  it('of a defendant stays until the last panel, and pays all of the slash', () => {
    const { market, id } = pairOf(opened());
    const [provider, owner] = [market.provider('p1'), market.ownerName('p1')];
    market.do(owner, provider, { type: 'unstake', amountNlux: STAKE - 20n * LUX });
    playAllPanels(market, id);
    expect(market.lostBy('p1')).toBe(20n * LUX);
    expect(market.refused(owner, provider, { type: 'withdraw' }).code).toBe('nothing-matured');
    market.advance(market.parameters.unbondingBlocks);
    const before = market.wealthOf(owner);
    const { feeNlux } = market.do(owner, provider, { type: 'withdraw' });
    expect(market.wealthOf(owner) - before).toBe(STAKE - 20n * LUX - feeNlux);
    expect(market.stakeOf('p1')).toBe(0n);
  });

  it('of a seat still answers for what the seat withholds', () => {
    const { market, id } = pairOf(opened());
    market.toPanel(id);
    const [seat = ''] = market.drawn(id, 1);
    const unstake = { type: 'unstake', amountNlux: STAKE } as const;
    market.do(market.ownerName(seat), market.provider(seat), unstake);
    expect(market.actor(market.provider(seat))?.state).toBe('unbonding');
    market.playPanel(id, () => withhold(RIGHT));
    expect(market.lostBy(seat)).toBe(2n * LUX);
  });

  it('of a seat does not take its seat away: who was drawn may answer', () => {
    const { market, id } = pairOf(opened());
    market.toPanel(id);
    const [seat = ''] = market.drawn(id, 1);
    const unstake = { type: 'unstake', amountNlux: STAKE } as const;
    market.do(market.ownerName(seat), market.provider(seat), unstake);
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
  });
});

describe('a defendant that is tombstoned in the middle (PROTOCOL §6, equivocation; I3)', () => {
  /** `p1` has signed another answer to the same claim, and someone shows it. */
  const tombstoned = () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
    const slot = market.slotOf('p1');
    const context = market.actor(market.attestation('p1'))?.context;
    if (context === undefined) throw new Error('p1 has not answered');
    const teeReportHash = sha256Hex(new Uint8Array());
    const other = { ...market.claim('p1', THIRD), teeReportHash };
    const { receiver, message } = prepareEquivocation(CHAIN, { slot, context }, other);
    market.do('anyone', receiver, message);
    expect(market.stateOf(receiver)).toBe('final');
    expect(market.settlement(receiver).rewardNlux).toBe(((STAKE - LOCK) * 100n) / 10_000n);
    expect(market.stakeOf('p1')).toBe(LOCK);
    return { market, id };
  };

  it('found faulty: the slash comes from its lock, and the rest of the lock is burned', () => {
    const { market, id } = tombstoned();
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.context(id).slashedNlux).toBe(10n * LUX);
    expect(market.stakeOf('p1')).toBe(0n);
  });

  it('found right: its lock is burned all the same, and the other pays for itself', () => {
    const { market, id } = tombstoned();
    const burned = market.balance(BURN);
    market.playPanel(id, all(WRONG));
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['faulty', 'valid']);
    expect(market.stakeOf('p1')).toBe(0n);
    expect(market.lostBy('p0')).toBe(10n * LUX);
    const [seat = ''] = market.drawn(id, 1);
    const penalties = market.lostBy(seat);
    const { burnedNlux } = market.settlement(id);
    expect(market.balance(BURN) - burned).toBe(LOCK + penalties + burnedNlux);
  });
});
