import { describe, expect, test } from 'vitest';
import { actorId, BURN } from '../../../../src/machines/kit/index.ts';
import { MAX_UNBONDING_LOTS } from '../../../../src/machines/provider/record.ts';
import { SHORT } from '../../../support/parameters.ts';
import { FIRST, IN_STATE, LUX, OWNER, registered } from '../provider/support.ts';
import { SECOND, STAKE, STRANGER, type Desk } from '../provider/support.ts';

// PROTOCOL §3, §5 and §6.3: what a provider may do, to the height and to the nLUX.

const UNSTAKE = (amountNlux: bigint) => ({ type: 'unstake', amountNlux }) as const;
const MISSED = { type: 'penalize', amountNlux: LUX, noShow: true, since: 0n } as const;
const attestation = actorId('attestation', 'a7'.repeat(32));

describe('unstaking', () => {
  test('takes something, and no more than is free', () => {
    const desk = registered();
    expect(desk.send(OWNER, UNSTAKE(0n))).toBe('amount-zero');
    expect(desk.send(OWNER, UNSTAKE(5n * STAKE + 1n))).toBe('stake-not-free');
    expect(desk.send(OWNER, UNSTAKE(1n))).toBeUndefined();
    expect(desk.events).toEqual(['unstaked']);
  });

  test('makes one lot of a height, and sixteen of all heights', () => {
    const desk = registered();
    for (let at = 0; at < MAX_UNBONDING_LOTS; at += 1) {
      desk.height += 1n;
      desk.unstake(1n);
    }
    expect(desk.context.lots).toHaveLength(16);
    desk.unstake(2n);
    expect(desk.context.lots.at(-1)).toEqual({ height: desk.height, amountNlux: 3n });
    expect(desk.context.lots[0]).toEqual({ height: desk.height - 15n, amountNlux: 1n });
    desk.height += 1n;
    expect(desk.send(OWNER, UNSTAKE(1n))).toBe('too-many-lots');
  });

  test('leaves the draws where less than the minimum is left', () => {
    const desk = registered();
    desk.unstake(4n * STAKE);
    expect([desk.state, desk.context.weightNlux]).toEqual(['active', STAKE]);
    desk.unstake(1n);
    expect([desk.state, desk.context.weightNlux]).toEqual(['inactive', 0n]);
  });
});

describe('withdrawing', () => {
  const unbonding = () => {
    const desk = registered();
    desk.unstake(10n);
    desk.height += 5n;
    desk.unstake(7n);
    return desk;
  };

  test('gives the owner what has matured, and says when more does', () => {
    const desk = unbonding();
    const maturesAt = 100n + SHORT.unbondingBlocks;
    desk.height = maturesAt - 1n;
    expect(desk.send(STRANGER, { type: 'withdraw' })).toBe('nothing-matured');
    expect(desk.details).toEqual({ maturesAt: `${maturesAt}` });
    desk.height = maturesAt;
    desk.do(STRANGER, { type: 'withdraw' });
    expect(desk.got(OWNER)).toBe(10n);
    expect(desk.context.lots).toEqual([{ height: 105n, amountNlux: 7n }]);
    expect(desk.events).toEqual(['withdrawn']);
  });

  test('waits for open challenges', () => {
    const desk = unbonding();
    desk.lock(FIRST, 5n);
    desk.height += SHORT.unbondingBlocks;
    expect(desk.send(STRANGER, { type: 'withdraw' })).toBe('challenge-open');
    desk.do(FIRST, { type: 'unlock', amountNlux: 5n });
    expect(desk.events).toEqual(['unlocked']);
    expect(desk.send(STRANGER, { type: 'withdraw' })).toBeUndefined();
  });

  test('is the end only with the last lot', () => {
    const desk = unbonding();
    desk.unstake(5n * STAKE - 17n);
    expect(desk.state).toBe('unbonding');
    desk.height = 100n + SHORT.unbondingBlocks;
    desk.do(STRANGER, { type: 'withdraw' });
    expect(desk.state).toBe('unbonding');
    desk.height += 5n;
    desk.do(STRANGER, { type: 'withdraw' });
    expect([desk.state, desk.balance, desk.events]).toEqual([
      'exited',
      0n,
      ['withdrawn', 'exited'],
    ]);
  });
});

describe('jail', () => {
  test('is left at its end and not before, with all forgotten', () => {
    const desk = IN_STATE['jailed']?.() ?? expect.fail('no such state');
    const until = desk.height + SHORT.unjailBlocks;
    expect(desk.context).toMatchObject({ noShows: 2, lastNoShowAt: 100n, jailedUntil: until });
    desk.height = until - 1n;
    expect(desk.send(OWNER, { type: 'unjail' })).toBe('jailed');
    desk.height = until;
    expect(desk.send(OWNER, { type: 'unjail' })).toBeUndefined();
    expect(desk.events).toEqual(['unjailed']);
    expect(desk.context).toMatchObject({ noShows: 0, lastNoShowAt: 0n, jailedUntil: 0n });
    expect(desk.context.weightNlux).toBe(desk.context.freeNlux);
  });

  test('is for a second no-show, and a penalty for something else is none', () => {
    const desk = registered();
    desk.do(FIRST, MISSED);
    expect(desk.context).toMatchObject({ noShows: 1, lastNoShowAt: 100n });
    desk.height += 1n;
    desk.do(SECOND, { ...MISSED, noShow: false });
    expect([desk.state, desk.context.noShows]).toEqual(['active', 1]);
    desk.do(SECOND, MISSED);
    expect([desk.state, desk.events]).toEqual(['jailed', ['penalized', 'jailed']]);
    expect(desk.got(BURN)).toBe(3n * LUX);
  });

  test('is not for one after the window has passed', () => {
    const desk = registered();
    desk.do(FIRST, MISSED);
    desk.height += SHORT.noShowWindowBlocks;
    desk.do(SECOND, MISSED);
    expect([desk.state, desk.context.noShows]).toEqual(['active', 1]);
  });
});

test('a rotation says from when to when it may begin', () => {
  const desk = registered();
  expect(desk.rotate('second', 100n)).toBe('key-start-out-of-range');
  expect(desk.details).toEqual({
    from: '100',
    earliest: '101',
    latest: `${100n + SHORT.windowBlocks}`,
  });
});

describe('stake', () => {
  test('that is locked counts towards the minimum when more is added', () => {
    const desk = registered(STAKE);
    desk.lock(FIRST, 10n * LUX);
    desk.do(FIRST, {
      type: 'slash',
      defendant: 0,
      amountNlux: 1n,
      leastNlux: 1n,
      lockNlux: 5n * LUX,
      height: 100n,
      unsubstantiated: false,
    });
    expect(desk.state).toBe('inactive');
    expect(desk.send(OWNER, { type: 'stake' }, 1n)).toBeUndefined();
    expect([desk.state, desk.context.weightNlux]).toEqual(['active', STAKE]);
  });

  test('below the minimum stays inactive', () => {
    const desk = registered(STAKE - 2n);
    desk.do(OWNER, { type: 'stake' }, 1n);
    expect(desk.state).toBe('inactive');
    desk.do(OWNER, { type: 'stake' }, 1n);
    expect(desk.state).toBe('active');
  });
});

describe('the exposure cap (PROTOCOL §5)', () => {
  const expose = (desk: Desk, valueNlux: bigint, windowEnd = desk.height + 1n) =>
    desk.send(attestation, { type: 'expose', valueNlux, windowEnd });

  test('is κ of the free stake, rounded down, reached and not passed', () => {
    // 30 bp of 500 LUX are 1.5 LUX; one nLUX more of stake carries nothing more.
    const desk = registered(5n * STAKE + 1n);
    const most = (3n * LUX) / 2n;
    expect(expose(desk, most + 1n)).toBe('exposure-cap');
    expect(expose(desk, most - 1n)).toBeUndefined();
    expect(expose(desk, 2n)).toBe('exposure-cap');
    expect(desk.details).toEqual({ wantedNlux: `${most + 1n}`, mostNlux: `${most}` });
    expect(expose(desk, 1n)).toBeUndefined();
  });

  test('counts what is locked no more, and old windows no longer', () => {
    const desk = registered();
    expect(expose(desk, LUX)).toBeUndefined();
    desk.lock(FIRST, 4n * STAKE);
    expect(expose(desk, 1n)).toBe('exposure-cap');
    desk.height += 2n * SHORT.epochBlocks;
    expect(expose(desk, 1n)).toBeUndefined();
    expect(desk.context.exposure).toHaveLength(1);
  });
});

describe('a challenge', () => {
  test('locks at most what is free, and counts', () => {
    const desk = registered();
    desk.lock(FIRST, 5n * STAKE);
    expect(desk.context).toMatchObject({ freeNlux: 0n, lockedNlux: 5n * STAKE, openChallenges: 1 });
    expect(desk.events).toEqual(['locked']);
    desk.lock(SECOND, 1n);
    expect(desk.context.openChallenges).toBe(2);
    expect(desk.sent).toMatchObject([{ message: { type: 'locked', lockedNlux: 0n } }]);
  });

  test('slashes silence once per window, and then only what was proven', () => {
    const slash = (unsubstantiated: boolean) =>
      ({
        type: 'slash',
        defendant: 1,
        amountNlux: 20n * LUX,
        leastNlux: LUX,
        lockNlux: 20n * LUX,
        height: 100n,
        unsubstantiated,
      }) as const;
    const desk = registered();
    for (const challenge of [FIRST, SECOND, FIRST]) desk.lock(challenge, 20n * LUX);
    desk.do(FIRST, slash(true));
    expect([desk.got(FIRST), desk.context.unsubstantiatedAt]).toEqual([20n * LUX, 100n]);
    desk.height += 1n;
    desk.do(SECOND, slash(true));
    expect([desk.got(SECOND), desk.context.unsubstantiatedAt]).toEqual([LUX, 100n]);
    desk.do(FIRST, slash(false));
    expect([desk.got(FIRST), desk.context.unsubstantiatedAt]).toEqual([40n * LUX, 100n]);
    expect(desk.context.openChallenges).toBe(0);
  });

  test('that spares silence keeps its provider in the draws', () => {
    const desk = registered(STAKE + LUX);
    desk.lock(FIRST, 20n * LUX);
    const slash = {
      type: 'slash',
      defendant: 0,
      amountNlux: 20n * LUX,
      leastNlux: LUX,
      lockNlux: 20n * LUX,
      height: 100n,
      unsubstantiated: true,
    } as const;
    desk.context = { ...desk.context, unsubstantiatedAt: 99n };
    desk.do(FIRST, slash);
    expect([desk.state, desk.context.weightNlux]).toEqual(['active', STAKE]);
  });
});
