import { describe, expect, it } from 'vitest';
import { BURN, type ActorId } from '../../../../src/machines/kit/index.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { LUX } from '../../../support/parameters.ts';
import { answering, answerTo, challengeOn, question } from '../../../support/claims.ts';
import {
  AUDIT_BOND,
  LadderMarket,
  marketOnce,
  pairOf,
  ROOMY,
  STAKE,
} from '../../../support/ladder.ts';
import { all } from '../../../support/plans.ts';

const BOND = 10n * LUX;
const LOCK = 20n * LUX;
const opened = marketOnce(() => new LadderMarket().open());
const wide = marketOnce(() =>
  new LadderMarket(27, {
    ...ROOMY,
    gas: { ...ROOMY.gas, blockGasLimit: 10_000_000_000n },
  }).open(),
);

type Id = ActorId<'challenge'>;

/** `p0` answers each question wrongly, and others rightly; every pair is challenged at once. */
const challengesOf = (market: LadderMarket, others: readonly string[]): readonly Id[] => {
  market.doAll(
    others.flatMap((other, number) => [
      answering(market, 'p0', number, WRONG),
      answering(market, other, number, RIGHT),
    ]),
  );
  const openings = others.map((other, number) => challengeOn(market, number, 'p0', other));
  market.doAll(
    openings.map(({ receiver, message }) => market.order('challenger', receiver, message, BOND)),
  );
  return openings.map(({ receiver }) => receiver);
};

const publishAll = (market: LadderMarket, ids: readonly Id[]): void =>
  market.doAll(
    ids.map((id, number) =>
      market.order('anyone', id, { type: 'publish', payload: question(number) }),
    ),
  );

/** Blocks until none of them is in this state any more. */
const leave = (market: LadderMarket, ids: readonly Id[], state: string): void => {
  while (ids.some((id) => market.stateOf(id) === state)) market.block();
};

const bringRounds = (market: LadderMarket, rounds: readonly bigint[]): void => {
  for (const round of new Set(rounds)) {
    if (!market.knowsRound(round)) market.submitRound(round);
  }
};

/** All challenges at once from the first draw to the end: every seat gives the answer. */
const playAll = (market: LadderMarket, ids: readonly Id[], others: readonly string[]): void => {
  leave(market, ids, 'publish');
  bringRounds(
    market,
    ids.map((id) => market.seedRound(id)),
  );
  const waiting = ids.filter((id) => market.stateOf(id) === 'awaitSeed');
  market.doAll(waiting.map((id) => market.order('anyone', id, { type: 'submitSeed' })));
  const seats = ids.map((id) => ({ id, name: market.seatName(id) }));
  market.doAll(
    seats.map(({ id, name }) => {
      const { commitment } = market.rerun(id, name, RIGHT);
      return market.order(name, id, { type: 'commit', seat: 0, commitment });
    }),
  );
  leave(market, ids, 'commit');
  bringRounds(
    market,
    ids.map((id) => market.context(id).chunkRound),
  );
  market.doAll(
    seats.map(({ id, name }) => {
      const { shown } = market.rerun(id, name, RIGHT);
      return market.order(name, id, { type: 'reveal', seat: 0, ...shown });
    }),
  );
  const parties = seats.flatMap(({ id, name }, number) => [
    { id, name, output: RIGHT },
    { id, name: 'p0', output: WRONG },
    { id, name: others[number] ?? '', output: RIGHT },
  ]);
  market.doAll(
    parties.flatMap(({ id, name, output }) =>
      market.chunkMessages(id, name, output).map((message) => market.order(name, id, message)),
    ),
  );
  leave(market, ids, 'reveal');
  for (const id of ids) expect(market.stateOf(id)).toBe('decided');
  leave(market, ids, 'decided');
};

const lockedBy = (market: LadderMarket, name: string): bigint =>
  market.actor(market.provider(name))?.context.lockedNlux ?? 0n;

describe('one provider in several challenges (PROTOCOL §5, I3, I41)', () => {
  it('two at once: each has its lock, each slashes, and nothing leaves in between', () => {
    const market = opened();
    const others = ['p1', 'p2'];
    const ids = challengesOf(market, others);
    expect(lockedBy(market, 'p0')).toBe(2n * LOCK);
    const owner = market.ownerName('p0');
    const { freeNlux = 0n } = market.actor(market.provider('p0'))?.context ?? {};
    const unstake = { type: 'unstake', amountNlux: freeNlux } as const;
    expect(market.refused(owner, market.provider('p0'), { type: 'withdraw' }).code).toBe(
      'challenge-open',
    );
    publishAll(market, ids);
    playAll(market, ids, others);
    for (const id of ids) {
      const verdicts = market.context(id).defendants.map(({ verdict }) => verdict);
      expect(verdicts.toSorted()).toEqual(['faulty', 'valid']);
      expect(market.context(id).slashedNlux).toBe(5n * LUX);
    }
    expect(market.lostBy('p0')).toBe(10n * LUX);
    expect([lockedBy(market, 'p0'), lockedBy(market, 'p1')]).toEqual([0n, 0n]);
    market.do(owner, market.provider('p0'), unstake);
  });

  it('two that nobody publishes: silence is slashed once in a window (§6.3)', () => {
    const market = opened();
    const ids = challengesOf(market, ['p1', 'p2']);
    leave(market, ids, 'publish');
    for (const id of ids) {
      expect(market.context(id).defendants.map(({ verdict }) => verdict)).toEqual([
        'unsubstantiated',
        'unsubstantiated',
      ]);
    }
    expect(market.lostBy('p0')).toBe(LOCK);
    expect([market.lostBy('p1'), market.lostBy('p2')]).toEqual([LOCK, LOCK]);
    for (const number of [0, 1]) {
      expect(market.actor(answerTo(market, 'p0', number))?.state).toBe('faulty');
    }
  });

  it('a hundred: locks take what there is, slashes all of the stake, and no coin is lost', () => {
    const market = wide();
    const others = Array.from({ length: 100 }, () => 'p1');
    const burned = market.balance(BURN);
    const ids = challengesOf(market, others);
    expect([lockedBy(market, 'p0'), lockedBy(market, 'p1')]).toEqual([STAKE, STAKE]);
    publishAll(market, ids);
    const before = market.wealthOf('challenger');
    playAll(market, ids, others);
    const contexts = ids.map((id) => market.context(id));
    const sumOf = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);
    const slashed = sumOf(contexts.map(({ slashedNlux }) => slashedNlux));
    const rewards = sumOf(contexts.map(({ settlement }) => settlement?.rewardNlux ?? 0n));
    const reruns = sumOf(contexts.map(({ settlement }) => settlement?.rerunsNlux ?? 0n));
    const bonds = sumOf(contexts.map(({ settlement }) => settlement?.bondBackNlux ?? 0n));
    expect(reruns).toBe(100n * (LUX / 10n));
    expect(market.wealthOf('challenger') - before).toBe(bonds + rewards);
    // A hundred slashes of 5 LUX on a stake of 110: what locks still held was burned as a debt.
    expect(slashed).toBeLessThan(STAKE);
    expect(market.lostBy('p0')).toBe(STAKE);
    const burnedBySettlements = sumOf(
      contexts.map(({ settlement }) => settlement?.burnedNlux ?? 0n),
    );
    const debts = STAKE - slashed;
    expect(market.balance(BURN) - burned).toBe(burnedBySettlements + debts);
    for (const name of ['p0', 'p1']) {
      const context = market.actor(market.provider(name))?.context;
      expect([context?.lockedNlux, context?.debtNlux, context?.openChallenges]).toEqual([
        0n,
        0n,
        0,
      ]);
    }
    expect(market.lostBy('p1')).toBe(0n);
  }, 30_000);
});

describe('an attestation stands in one challenge, ever (I41, I42)', () => {
  it('not in a pair and an audit, nor in two pairs', () => {
    const { market } = pairOf(opened());
    const bond = AUDIT_BOND;
    const audit = market.refused(
      'challenger',
      market.auditId('p0'),
      market.auditMessage('p0'),
      bond,
    );
    expect(audit.code).toBe('attestation-not-pending');
    market.attest('p2', RIGHT);
    const other = market.challengeMessage('p2', 'p1');
    expect(market.refused('challenger', market.challengeOf('p2', 'p1'), other, BOND).code).toBe(
      'attestation-not-pending',
    );
  });

  it('the same pair the other way round is the same challenge, decided or not', () => {
    const { market, id } = pairOf(opened());
    const swapped = market.challengeMessage('p1', 'p0');
    expect(market.challengeOf('p1', 'p0')).toBe(id);
    expect(market.refused('consumer', id, swapped, BOND).state).toBe('publish');
    market.playPanel(id, all(RIGHT));
    expect(market.refused('consumer', id, swapped, BOND).state).toBe('decided');
    market.accept(id);
    expect(market.refused('consumer', id, swapped, BOND).state).toBe('final');
  });

  it('not after its verdict, whatever that was', () => {
    const { market, id } = pairOf(opened());
    market.playPanel(id, all(RIGHT));
    market.accept(id);
    for (const name of ['p0', 'p1']) {
      const audit = market.auditMessage(name);
      const refusal = market.refused('anyone', market.auditId(name), audit, AUDIT_BOND);
      expect(refusal.code).toBe('attestation-not-pending');
    }
  });

  it('not once its window has passed (I44)', () => {
    const market = opened();
    market.attest('p0', WRONG);
    market.attest('p1', RIGHT);
    market.advance(market.parameters.windowBlocks);
    const audit = market.auditMessage('p0');
    expect(market.refused('anyone', market.auditId('p0'), audit, AUDIT_BOND).code).toBe(
      'attestation-final',
    );
    const pair = market.challengeMessage('p0', 'p1');
    expect(market.refused('anyone', market.challengeOf('p0', 'p1'), pair, BOND).code).toBe(
      'attestation-final',
    );
  });
});
