import { describe, expect, test } from 'vitest';
import { guards } from '../../../../src/machines/provider/guards.ts';
import { MAX_UNBONDING_LOTS } from '../../../../src/machines/provider/record.ts';
import { SHORT } from '../../../support/parameters.ts';
import { FIRST, OWNER, registered, STAKE, STRANGER } from '../provider/support.ts';

// PROTOCOL §3 and §5: stake leaves at its owner's word, in lots, and not while a challenge is open.

const UNSTAKE = (amountNlux: bigint) => ({ type: 'unstake', amountNlux }) as const;
/** All of it, what leaves less than the minimum, and what leaves enough. */
const PARTS = [5n * STAKE, 4n * STAKE + 1n, 1n] as const;

describe('unstaking', () => {
  test.each(PARTS)('is refused to all but the owner (%i nLUX)', (amountNlux) => {
    const desk = registered();
    expect(desk.send(STRANGER, UNSTAKE(amountNlux))).toBe('not-owner');
    expect(desk.send(OWNER, UNSTAKE(amountNlux))).toBeUndefined();
  });

  test.each(PARTS.map((part) => part - 16n))('needs room for a lot (%i nLUX)', (amountNlux) => {
    const desk = registered();
    for (let at = 0; at < MAX_UNBONDING_LOTS; at += 1) {
      desk.height += 1n;
      desk.unstake(1n);
    }
    const rest = amountNlux > 0n ? amountNlux : 1n;
    desk.height += 1n;
    expect(desk.send(OWNER, UNSTAKE(rest))).toBe('too-many-lots');
    desk.height -= 1n;
    expect(desk.send(OWNER, UNSTAKE(rest))).toBeUndefined();
  });

  test('takes nothing that is locked', () => {
    const desk = registered();
    desk.lock(FIRST, STAKE);
    expect(desk.send(OWNER, UNSTAKE(5n * STAKE))).toBe('stake-not-free');
    expect(desk.send(OWNER, UNSTAKE(4n * STAKE + 1n))).toBe('stake-not-free');
  });

  test('waits with the last lot for open challenges, whatever they lock', () => {
    const desk = registered();
    desk.unstake(5n * STAKE);
    desk.lock(FIRST, 1n);
    expect(desk.context.lockedNlux).toBe(0n);
    desk.height += SHORT.unbondingBlocks;
    expect(desk.send(STRANGER, { type: 'withdraw' })).toBe('challenge-open');
    desk.do(FIRST, { type: 'unlock', amountNlux: 0n });
    desk.do(STRANGER, { type: 'withdraw' });
    expect(desk.state).toBe('exited');
  });
});

test('nothing is staked by a message without value, and nobody joins the draws by one', () => {
  const desk = registered(STAKE);
  const call = desk.call(OWNER, 0n);
  const why = (name: 'reachesMinimum' | 'mayStake') =>
    guards[name].why(desk.context, { message: { type: 'stake' }, call } as never)?.code;
  expect([why('reachesMinimum'), why('mayStake')]).toEqual(['value-missing', 'value-missing']);
});

test('an enclave key is enrolled, dropped and forgotten at the word of the owner', () => {
  const desk = registered();
  const call = desk.call(STRANGER);
  const why = (name: 'mayEnrol' | 'mayDrop' | 'mayForget') =>
    guards[name].why(desk.context, { message: {}, call } as never)?.code;
  expect((['mayEnrol', 'mayDrop', 'mayForget'] as const).map(why)).toEqual([
    'not-owner',
    'not-owner',
    'not-owner',
  ]);
});

test('of an enclave key that nobody knows there is nothing to drop or to forget', () => {
  const desk = registered();
  const call = desk.call(OWNER);
  const message = { type: 'dropEnclaveKey', key: 'ee'.repeat(20) };
  const why = (name: 'mayDrop' | 'mayForget') =>
    guards[name].why(desk.context, { message, call } as never)?.code;
  expect([why('mayDrop'), why('mayForget')]).toEqual([
    'enclave-key-unknown',
    'enclave-key-unknown',
  ]);
});
