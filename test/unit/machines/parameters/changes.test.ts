import { describe, expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { actorId, PARAMETERS } from '../../../../src/machines/kit/index.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { checkRelations, checkSuccession } from '../../../../src/machines/parameters/relations.ts';
import { longestChallengeBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { Solo } from '../support/solo.ts';

/** What a change of parameters must keep, beyond what each set must keep by itself. */

describe('the notice of a change (PROTOCOL §3, §9)', () => {
  test.each([
    ['longer', MAINNET.noticeBlocks + 50_000n],
    ['as short as a set may have it', MAINNET.noticeBlocks - 1_000n],
  ])('is that of the parameters in force, though the next is %s', (_, noticeBlocks) => {
    const solo = new Solo(PARAMETERS);
    const current = { ...MAINNET, tee: { ...MAINNET.tee, noticeSeconds: 0n } };
    solo.context = { current, authority: '11'.repeat(20), pending: undefined };
    const next = { ...current, noticeBlocks };
    expect(checkRelations(next)).toEqual([]);
    const authority = actorId('account', '11'.repeat(20));
    expect(solo.send(authority, { type: 'propose', parameters: next })).toBeUndefined();
    expect(solo.context.pending?.enactableAt).toBe(solo.height + MAINNET.noticeBlocks);
  });
});

describe('windows shrink in two steps', () => {
  /** Half of the window, and an evidence age that is enough for it and no more. */
  const shorter = (evidenceAgeBlocks: bigint): Parameters => ({
    ...MAINNET,
    windowBlocks: MAINNET.windowBlocks / 2n,
    evidenceAgeBlocks,
  });
  const judged = (p: Parameters): bigint => p.windowBlocks + longestChallengeBlocks(p.dispute);

  test('the evidence age covers what was attested before, W + D of the old ones', () => {
    const hasty = shorter(judged(shorter(0n)));
    expect(checkRelations(hasty)).toEqual([]);
    expect(checkSuccession(MAINNET, hasty)).toMatchObject([
      { relation: 'evidence-covers-predecessor' },
    ]);
    const first = shorter(judged(MAINNET));
    expect(checkSuccession(MAINNET, first)).toEqual([]);
    expect(checkSuccession(first, hasty)).toEqual([]);
  });
});

describe('a lock (PROTOCOL §6.3)', () => {
  test('covers silence, where that costs more than any wrong answer', () => {
    const set = (lockBps: number): Parameters => ({
      ...MAINNET,
      dispute: { ...MAINNET.dispute, unsubstantiatedBps: 3_000, lockBps },
    });
    expect(checkRelations(set(3_000)).map(({ relation }) => relation)).toEqual([]);
    expect(checkRelations(set(2_999)).map(({ relation }) => relation)).toEqual([
      'lock-covers-slash',
    ]);
  });
});
