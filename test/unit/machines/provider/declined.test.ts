import { describe, expect, test } from 'vitest';
import { longestChallengeBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { SHORT } from '../../../support/parameters.ts';
import { FIRST, IN_STATE, OWNER, profileHash, registered, type Desk } from './support.ts';

const A = profileHash(1);
const B = profileHash(2);
const EPOCH = SHORT.epochBlocks;
const NOTICE = SHORT.windowBlocks + longestChallengeBlocks(SHORT.dispute);

const serving = (): Desk => {
  const desk = registered();
  desk.serve(A, B);
  return desk;
};
const decline = (desk: Desk, hash = A) => desk.do(FIRST, { type: 'declined', profileHash: hash });
const placeOf = (desk: Desk, hash = A) =>
  desk.context.served.find((place) => place.profileHash === hash);

describe('a seat that cannot run (PROTOCOL §6, 4)', () => {
  test('once in an epoch costs nothing', () => {
    const desk = serving();
    decline(desk);
    expect(desk.events).toEqual(['declined']);
    expect(placeOf(desk)).toMatchObject({ declinedAt: 100n, leavesAt: 0n });
    expect(desk.sent).toEqual([]);
    expect(desk.context.freeNlux).toBe(5n * SHORT.minimumStakeNlux);
  });

  test('twice in an epoch gives notice, in the last block of it as in the same', () => {
    for (const later of [0n, EPOCH - 1n]) {
      const desk = serving();
      decline(desk);
      desk.height += later;
      decline(desk);
      expect(desk.events).toEqual(['declined', 'leaves']);
      expect(placeOf(desk)).toMatchObject({ leavesAt: 100n + later + NOTICE });
    }
  });

  test('once in each of two epochs does not, however near', () => {
    const desk = serving();
    desk.height = 100n + EPOCH - 1n;
    decline(desk);
    desk.height += 1n;
    decline(desk);
    expect(placeOf(desk)).toMatchObject({ declinedAt: 100n + EPOCH, leavesAt: 0n });
    desk.height += EPOCH - 1n;
    decline(desk);
    expect(placeOf(desk)?.leavesAt).toBe(desk.height + NOTICE);
  });

  test('in the first epoch of the chain is the first, too', () => {
    const desk = serving();
    desk.height = 2n;
    decline(desk);
    expect(placeOf(desk)).toMatchObject({ declinedAt: 2n, leavesAt: 0n });
  });

  test('is counted by profile', () => {
    const desk = serving();
    decline(desk, A);
    decline(desk, B);
    expect([placeOf(desk, A)?.leavesAt, placeOf(desk, B)?.leavesAt]).toEqual([0n, 0n]);
    decline(desk, B);
    expect(placeOf(desk, A)?.leavesAt).toBe(0n);
    expect(placeOf(desk, B)?.leavesAt).toBe(100n + NOTICE);
  });

  test('leaves a notice that was given where it is', () => {
    const desk = serving();
    desk.do(OWNER, { type: 'leave', profileHash: A });
    const leavesAt = placeOf(desk)?.leavesAt;
    desk.height += 1n;
    decline(desk);
    decline(desk);
    expect(desk.events).toEqual(['declined']);
    expect(placeOf(desk)?.leavesAt).toBe(leavesAt);
  });

  test('ends as any notice does, and a new place begins without it', () => {
    const desk = serving();
    decline(desk);
    decline(desk);
    desk.height += NOTICE;
    desk.do(OWNER, { type: 'depart', profileHash: A });
    desk.serve(A);
    expect(placeOf(desk)).toMatchObject({ declinedAt: 0n, leavesAt: 0n });
  });

  test.each(Object.entries(IN_STATE))('%s: of a profile not served changes nothing', (_, make) => {
    const desk = make();
    const { state, context } = desk;
    decline(desk);
    expect(desk.state).toBe(state);
    expect(desk.context).toEqual(context);
    expect([desk.events, desk.sent]).toEqual([[], []]);
  });
});
