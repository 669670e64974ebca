import { describe, expect, test } from 'vitest';
import { MAX_SERVED_PROFILES } from '../../../../src/machines/provider/record.ts';
import { SHORT } from '../../../support/parameters.ts';
import { FIRST, MODEL_ID, OWNER, profileHash, registered } from '../provider/support.ts';
import { STRANGER, type Desk } from '../provider/support.ts';

// PROTOCOL §3 and §6, 4: the places that a provider has in profiles.

describe('places in profiles', () => {
  const served = profileHash(1);
  const leave = { type: 'leave', profileHash: served } as const;
  const depart = { type: 'depart', profileHash: served } as const;

  test('are left with one notice, and given up at its end by anybody', () => {
    const desk = registered();
    expect(desk.send(OWNER, leave)).toBe('not-served');
    expect(desk.send(STRANGER, depart)).toBe('not-served');
    desk.serve(served);
    expect(desk.send(STRANGER, depart)).toBe('not-leaving');
    desk.do(OWNER, leave);
    expect(desk.send(OWNER, leave)).toBe('already-leaving');
    const at = desk.context.served[0]?.leavesAt ?? 0n;
    desk.height = at - 1n;
    expect(desk.send(STRANGER, depart)).toBe('notice-not-over');
    desk.height = at;
    desk.do(STRANGER, depart);
    expect([desk.context.served, desk.events]).toEqual([[], ['departed']]);
  });

  test('are told of one by one', () => {
    const desk = registered();
    desk.serve(served, profileHash(2));
    desk.do(OWNER, leave);
    desk.height = desk.context.served[0]?.leavesAt ?? 0n;
    desk.do(STRANGER, depart);
    expect([...desk.profiles.keys()]).toEqual([`profile:${profileHash(2)}`]);
  });
});

describe('serving a profile', () => {
  const serve = (desk: Desk, number: number, modelId = MODEL_ID) =>
    desk.send(OWNER, { type: 'serve', profileHash: profileHash(number), modelId });

  test('is of a model, once, and of eight profiles at most', () => {
    const desk = registered();
    expect(serve(desk, 1, '45'.repeat(32))).toBe('profile-of-other-model');
    for (let number = 1; number <= 8; number += 1) expect(serve(desk, number)).toBeUndefined();
    expect(serve(desk, 8)).toBe('already-served');
    expect(serve(desk, 9)).toBe('too-many-profiles');
    expect(MAX_SERVED_PROFILES).toBe(8);
  });

  test('that a seat cannot run is given up at the second time in an epoch', () => {
    const desk = registered();
    serve(desk, 1);
    const decline = () => {
      desk.do(FIRST, { type: 'declined', profileHash: profileHash(1) });
      return desk.context.served[0]?.leavesAt;
    };
    desk.height = 1n;
    expect(decline()).toBe(0n);
    desk.height = 4n;
    const leavesAt = decline();
    expect(leavesAt).toBeGreaterThan(0n);
    desk.height = 4n + SHORT.epochBlocks;
    expect([decline(), decline()]).toEqual([leavesAt, leavesAt]);
  });

  test('and one notice is enough, whenever it ends', () => {
    const desk = registered();
    serve(desk, 1);
    desk.height = 1n;
    const [place] = desk.context.served;
    if (place === undefined) expect.fail('it serves one');
    desk.context = { ...desk.context, served: [{ ...place, declinedAt: 1n, leavesAt: 1n }] };
    desk.do(FIRST, { type: 'declined', profileHash: profileHash(1) });
    expect(desk.context.served[0]?.leavesAt).toBe(1n);
    expect(desk.events).toEqual(['declined']);
  });
});
