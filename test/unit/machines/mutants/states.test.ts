import { describe, expect, test } from 'vitest';
import { BURN, type Call } from '../../../../src/machines/kit/index.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { guards } from '../../../../src/machines/provider/guards.ts';
import { SHORT } from '../../../support/parameters.ts';
import { Desk, FIRST, LUX, MODEL_ID, OWNER, profileHash, proofBy } from '../provider/support.ts';
import { registered, SECOND, STAKE, STRANGER } from '../provider/support.ts';

// PROTOCOL §3: what may be done in each state of a provider, and where it leads.

const MISSED = { type: 'penalize', amountNlux: 1n, noShow: true, since: 0n } as const;

test('a provider is registered with the endpoint that it names', () => {
  const desk = new Desk();
  const endpoint = 'https://example.org';
  desk.do(OWNER, { type: 'register', proof: proofBy('first'), endpoint }, STAKE);
  expect(desk.context.endpoint).toBe(endpoint);
});

describe('one without the minimum', () => {
  test('takes back a part of its stake, or all', () => {
    const desk = registered(STAKE - 2n);
    desk.unstake(1n);
    expect(desk.state).toBe('inactive');
    desk.unstake(STAKE - 3n);
    expect(desk.state).toBe('unbonding');
  });

  test('is penalized for a seat it missed, and jailed for the second', () => {
    const desk = registered(STAKE - 2n);
    desk.do(FIRST, MISSED);
    expect([desk.state, desk.context.noShows, desk.got(BURN)]).toEqual(['inactive', 1, 1n]);
    desk.do(SECOND, MISSED);
    expect([desk.state, desk.context.noShows, desk.got(BURN)]).toEqual(['jailed', 2, 2n]);
    expect(desk.context.jailedUntil).toBe(desk.height + SHORT.unjailBlocks);
  });
});

test('a penalty that is for no missed seat leaves the count and its height alone', () => {
  const desk = registered();
  desk.do(FIRST, { ...MISSED, noShow: false });
  expect(desk.context).toMatchObject({ noShows: 0, lastNoShowAt: 0n });
  desk.do(FIRST, MISSED);
  desk.height += 1n;
  desk.do(SECOND, { ...MISSED, noShow: false });
  expect(desk.context).toMatchObject({ noShows: 1, lastNoShowAt: 100n });
});

test('a lock that is released with a debt on it lowers the weight by the debt', () => {
  const desk = registered(STAKE + LUX);
  desk.lock(FIRST, 10n);
  desk.context = { ...desk.context, debtNlux: 5n };
  desk.do(FIRST, { type: 'unlock', amountNlux: 10n });
  expect([desk.state, desk.context.weightNlux]).toEqual(['active', STAKE + LUX - 5n]);
});

test('while all of it unbonds nothing can be withdrawn before its time', () => {
  const desk = registered();
  desk.unstake(4n * STAKE);
  desk.height += 1n;
  desk.unstake(STAKE);
  expect(desk.state).toBe('unbonding');
  expect(desk.send(STRANGER, { type: 'withdraw' })).toBe('nothing-matured');
});

test('a profile that is not active is not served anew', () => {
  const desk = registered();
  const specification = { ...initialProfile.specification, modelId: MODEL_ID };
  const message = { type: 'serve', profileHash: profileHash(9), modelId: MODEL_ID };
  const why = (state: string) => {
    const actor = () => ({ state, context: { ...initialProfile, specification } });
    const call = { ...desk.call(OWNER), read: { actor } } as unknown as Call;
    return guards.mayServe.why(desk.context, { message, call } as never)?.code;
  };
  expect([why('active'), why('retired')]).toEqual([undefined, 'profile-not-active']);
});
