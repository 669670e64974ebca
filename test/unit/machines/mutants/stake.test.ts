import { describe, expect, test } from 'vitest';
import { initialProvider, type ProviderContext } from '../../../../src/machines/provider/record.ts';
import {
  activeStake,
  addExposure,
  dueOf,
  exposureSum,
  isSecondNoShow,
  isSpared,
  liveExposure,
  maturedLots,
  releaseLock,
  reweigh,
  takePenalty,
  takeSlash,
  takeWhole,
} from '../../../../src/machines/provider/stake.ts';
import { SHORT } from '../../../support/parameters.ts';

// PROTOCOL §5 and §6.3: what of a stake is taken, from where, and until when it is liable.

const stake = (change: Partial<ProviderContext>): ProviderContext => ({
  ...initialProvider,
  ...change,
});
const lot = (height: bigint, amountNlux: bigint) => ({ height, amountNlux });

test('what is free and what is locked is staked, what unbonds is not', () => {
  expect(activeStake(stake({ freeNlux: 3n, lockedNlux: 2n, lots: [lot(9n, 5n)] }))).toBe(5n);
});

describe('a slash', () => {
  const before = stake({
    freeNlux: 30n,
    lockedNlux: 50n,
    lots: [lot(9n, 5n), lot(10n, 7n), lot(20n, 11n)],
  });
  const slashed = (amountNlux: bigint, lockNlux = 20n, of = before) => {
    const { context, takenNlux, owedNlux } = takeSlash(of, { amountNlux, lockNlux, height: 10n });
    const { freeNlux, lockedNlux, lots, debtNlux } = context;
    return { takenNlux, owedNlux, freeNlux, lockedNlux, lots, debtNlux };
  };

  test('comes from its own lock, and what is left of the lock is free again', () => {
    expect(slashed(15n)).toEqual({
      takenNlux: 15n,
      owedNlux: 0n,
      freeNlux: 35n,
      lockedNlux: 30n,
      lots: before.lots,
      debtNlux: 0n,
    });
    expect(slashed(20n)).toMatchObject({ takenNlux: 20n, freeNlux: 30n, lockedNlux: 30n });
  });

  test('then from free stake, then from liable lots, the youngest first', () => {
    expect(slashed(50n)).toMatchObject({ takenNlux: 50n, freeNlux: 0n, lots: before.lots });
    expect(slashed(51n).lots).toEqual([lot(9n, 5n), lot(10n, 7n), lot(20n, 10n)]);
    expect(slashed(60n).lots).toEqual([lot(9n, 5n), lot(10n, 7n), lot(20n, 1n)]);
    expect(slashed(61n).lots).toEqual([lot(9n, 5n), lot(10n, 7n)]);
    expect(slashed(62n).lots).toEqual([lot(9n, 5n), lot(10n, 6n)]);
    expect(slashed(68n)).toMatchObject({ takenNlux: 68n, lots: [lot(9n, 5n)], debtNlux: 0n });
  });

  test('then is owed by other locks, and never more than they hold', () => {
    expect(slashed(78n)).toMatchObject({ takenNlux: 68n, debtNlux: 10n, lockedNlux: 30n });
    expect(slashed(98n)).toMatchObject({ takenNlux: 68n, debtNlux: 30n });
    expect(slashed(99n)).toMatchObject({ takenNlux: 68n, debtNlux: 30n, lots: [lot(9n, 5n)] });
  });

  test('adds to a debt, which what is left of its lock pays first', () => {
    const indebted = { ...before, debtNlux: 4n };
    expect(slashed(15n, 20n, indebted)).toMatchObject({
      owedNlux: 4n,
      freeNlux: 31n,
      debtNlux: 0n,
    });
    expect(slashed(78n, 20n, indebted)).toMatchObject({ owedNlux: 0n, debtNlux: 14n });
  });
});

describe('the release of a lock', () => {
  test('pays what is owed, and frees the rest', () => {
    const { context, takenNlux } = releaseLock(
      stake({ freeNlux: 1n, lockedNlux: 50n, debtNlux: 8n }),
      20n,
    );
    expect(takenNlux).toBe(8n);
    expect(context).toMatchObject({ freeNlux: 13n, lockedNlux: 30n, debtNlux: 0n });
  });

  test('pays no more than it holds', () => {
    const { context, takenNlux } = releaseLock(stake({ lockedNlux: 50n, debtNlux: 30n }), 20n);
    expect(takenNlux).toBe(20n);
    expect(context).toMatchObject({ freeNlux: 0n, lockedNlux: 30n, debtNlux: 10n });
  });
});

describe('an equivocation', () => {
  test('takes what is free and liable, and owes every lock', () => {
    const { context, takenNlux } = takeWhole(
      stake({
        freeNlux: 30n,
        lockedNlux: 50n,
        debtNlux: 2n,
        lots: [lot(9n, 5n), lot(10n, 7n), lot(20n, 11n)],
      }),
      10n,
    );
    expect(takenNlux).toBe(48n);
    expect(context).toMatchObject({
      freeNlux: 0n,
      lockedNlux: 50n,
      debtNlux: 50n,
      lots: [lot(9n, 5n)],
    });
  });
});

describe('the penalty of a seat', () => {
  const before = stake({ freeNlux: 3n, lockedNlux: 50n, lots: [lot(9n, 5n), lot(10n, 7n)] });
  const penalized = (amountNlux: bigint) => {
    const { context, takenNlux } = takePenalty(before, { amountNlux, since: 10n });
    return [takenNlux, context.freeNlux, context.lockedNlux, context.lots] as const;
  };

  test('comes from free stake, then from what unbonds since then, never from a lock', () => {
    expect(penalized(2n)).toEqual([2n, 1n, 50n, before.lots]);
    expect(penalized(4n)).toEqual([4n, 0n, 50n, [lot(9n, 5n), lot(10n, 6n)]]);
    expect(penalized(11n)).toEqual([10n, 0n, 50n, [lot(9n, 5n)]]);
  });
});

describe('exposure by epoch', () => {
  const buckets = [
    { epoch: 2n, valueNlux: 10n },
    { epoch: 4n, valueNlux: 20n },
  ];
  const added = (epoch: bigint) =>
    addExposure(buckets, epoch, 1n).map((b) => [b.epoch, b.valueNlux]);

  test('adds to its bucket, or makes one in its place', () => {
    expect(added(1n)).toEqual([
      [1n, 1n],
      [2n, 10n],
      [4n, 20n],
    ]);
    expect(added(2n)).toEqual([
      [2n, 11n],
      [4n, 20n],
    ]);
    expect(added(3n)).toEqual([
      [2n, 10n],
      [3n, 1n],
      [4n, 20n],
    ]);
    expect(added(4n)).toEqual([
      [2n, 10n],
      [4n, 21n],
    ]);
    expect(added(5n)).toEqual([
      [2n, 10n],
      [4n, 20n],
      [5n, 1n],
    ]);
  });

  test('counts the present epoch and later ones', () => {
    const live = (epoch: bigint) => exposureSum(liveExposure(stake({ exposure: buckets }), epoch));
    expect([2n, 3n, 4n, 5n].map(live)).toEqual([30n, 20n, 20n, 0n]);
  });
});

describe('times', () => {
  test('a lot is over after exactly the unbonding time', () => {
    const of = stake({ lots: [lot(9n, 5n), lot(10n, 7n)] });
    expect(maturedLots(of, 109n, 100n)).toEqual([lot(9n, 5n)]);
    expect(maturedLots(of, 108n, 100n)).toEqual([]);
  });

  test('a second no-show is one within the window of the first', () => {
    const missed = (noShows: number, height: bigint) =>
      isSecondNoShow(stake({ noShows, lastNoShowAt: 10n }), height, SHORT);
    const end = 10n + SHORT.noShowWindowBlocks;
    expect([missed(1, end - 1n), missed(1, end), missed(0, 11n)]).toEqual([true, false, false]);
  });

  test('silence is slashed once per window, then only what was proven is', () => {
    const end = 1n + SHORT.dispute.unsubstantiatedOncePerBlocks;
    const spared = (unsubstantiatedAt: bigint, height: bigint) =>
      isSpared(stake({ unsubstantiatedAt }), height, SHORT);
    expect([spared(1n, end - 1n), spared(1n, end), spared(0n, 1n)]).toEqual([true, false, false]);
    const due = (unsubstantiated: boolean, height: bigint) =>
      dueOf(
        stake({ unsubstantiatedAt: 1n }),
        { amountNlux: 9n, leastNlux: 4n, unsubstantiated },
        height,
        SHORT,
      );
    expect([due(true, end - 1n), due(true, end), due(false, end - 1n)]).toEqual([4n, 9n, 9n]);
  });
});

describe('a new weight', () => {
  const served = [{ profileHash: 'a1'.repeat(32), joinedAt: 0n, leavesAt: 0n, declinedAt: 0n }];
  const before = stake({ owner: '0a'.repeat(20), weightNlux: 5n, served });

  test('is told to every profile, with the owner', () => {
    const { context, effects } = reweigh(before, 6n);
    expect(context.weightNlux).toBe(6n);
    expect(effects).toMatchObject([
      {
        to: `profile:${'a1'.repeat(32)}`,
        message: { type: 'setWeight', owner: '0a'.repeat(20), weightNlux: 6n },
      },
    ]);
  });

  test('that is the old one is told to nobody', () => {
    expect(reweigh(before, 5n)).toEqual({ context: before, effects: [] });
  });
});
