import { describe, expect, test } from 'vitest';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { SHORT } from '../../../support/parameters.ts';
import { Desk, FIRST, IN_STATE, keyOfName, MODEL_ID, OWNER } from '../provider/support.ts';
import { profileHash, proofBy, registered, STAKE, STRANGER } from '../provider/support.ts';

// PROTOCOL §3: what only the owner of a provider may do, and in which states.

const served = profileHash(1);
const MESSAGES = [
  { type: 'stake' },
  { type: 'unstake', amountNlux: 1n },
  { type: 'setEndpoint', endpoint: 'https://b.example' },
  { type: 'serve', profileHash: served, modelId: MODEL_ID },
  { type: 'leave', profileHash: served },
  {
    type: 'rotateKey',
    key: keyOfName('second').address,
    proof: proofBy('second'),
    from: 101n,
  },
  { type: 'dropEnclaveKey', key: '44'.repeat(20) },
] as const;

const inState = (state: string): Desk => IN_STATE[state]?.() ?? expect.fail(`no state ${state}`);

describe('a stranger', () => {
  test.each(MESSAGES)('may not $type', (message) => {
    const value = message.type === 'stake' ? 1n : 0n;
    for (const state of ['inactive', 'active', 'jailed', 'unbonding']) {
      expect(['not-owner', 'not-accepted']).toContain(
        inState(state).send(STRANGER, message, value),
      );
    }
    expect(inState('active').send(STRANGER, message, value)).toBe('not-owner');
  });

  test('may not end a sentence', () => {
    const desk = inState('jailed');
    desk.height += SHORT.unjailBlocks;
    expect(desk.send(STRANGER, { type: 'unjail' })).toBe('not-owner');
    desk.unstake(5n * STAKE - 10n ** 9n * 3n);
    expect(desk.send(STRANGER, { type: 'unjail' })).toBe('not-owner');
  });
});

describe('the owner', () => {
  test('brings something when it stakes', () => {
    for (const state of ['inactive', 'active', 'jailed']) {
      expect(inState(state).send(OWNER, { type: 'stake' }, 0n)).toBe('value-missing');
    }
  });

  test('registers with a proof of its key, with any stake', () => {
    for (const value of [0n, STAKE]) {
      const forged = { type: 'register', proof: proofBy('second'), endpoint: '' } as const;
      expect(new Desk().send(OWNER, forged, value)).toBe('key-not-proven');
    }
    const desk = registered(0n);
    expect([desk.state, desk.events]).toEqual(['inactive', ['registered']]);
    expect(desk.context).toMatchObject({ registeredAt: 100n, freeNlux: 0n });
  });

  test('sets the endpoint in every state with stake', () => {
    for (const state of ['inactive', 'active', 'jailed', 'unbonding']) {
      const desk = inState(state);
      desk.do(OWNER, { type: 'setEndpoint', endpoint: 'https://b.example' });
      expect([desk.context.endpoint, desk.events]).toEqual(['https://b.example', ['endpointSet']]);
    }
  });

  test('unjails into what the stake allows', () => {
    const desk = inState('jailed');
    desk.unstake(5n * STAKE - 3n * 10n ** 9n);
    desk.height += SHORT.unjailBlocks;
    desk.do(OWNER, { type: 'unjail' });
    expect(desk.state).toBe('inactive');
  });

  test('unstakes all of it in every state, and is unbonding then', () => {
    for (const state of ['inactive', 'active', 'jailed']) {
      const desk = inState(state);
      desk.unstake(desk.context.freeNlux);
      expect([state, desk.state]).toEqual([state, 'unbonding']);
      expect(desk.context.weightNlux).toBe(0n);
    }
  });

  test('serves while it is active, and not otherwise', () => {
    const serve = { type: 'serve', profileHash: served, modelId: MODEL_ID } as const;
    for (const state of ['inactive', 'jailed', 'unbonding', 'exited', 'tombstoned']) {
      expect(inState(state).send(OWNER, serve)).toBe('not-accepted');
    }
  });
});

describe('challenges find every state (PROTOCOL §3)', () => {
  const lock = { type: 'lock', defendant: 0, amountNlux: 1n } as const;
  const exposing = { type: 'expose', valueNlux: 0n, windowEnd: 101n } as const;

  test.each(Object.keys(IN_STATE).filter((state) => state !== 'absent'))('%s', (state) => {
    const desk = inState(state);
    desk.do(FIRST, lock);
    const { lockedNlux } = desk.context;
    desk.do(FIRST, { type: 'unlock', amountNlux: lockedNlux });
    desk.do(FIRST, lock);
    desk.do(FIRST, {
      type: 'slash',
      defendant: 0,
      amountNlux: 1n,
      leastNlux: 0n,
      lockNlux: desk.context.lockedNlux,
      height: 100n,
      unsubstantiated: false,
    });
    desk.do(FIRST, { type: 'penalize', amountNlux: 1n, noShow: false, since: 0n });
    desk.do(FIRST, { type: 'declined', profileHash: served });
    desk.do(actorId('attestation', 'a7'.repeat(32)), exposing);
    expect([desk.state, desk.context.openChallenges]).toEqual([state, 0]);
    desk.do(FIRST, { type: 'tombstone', height: 100n });
    expect(desk.state).toBe('tombstoned');
  });

  test('active falls to inactive below the minimum, by slash, unlock and penalty alike', () => {
    const poor = () => registered(STAKE);
    const slashed = poor();
    slashed.lock(FIRST, 1n);
    slashed.do(FIRST, {
      type: 'slash',
      defendant: 0,
      amountNlux: 1n,
      leastNlux: 0n,
      lockNlux: 1n,
      height: 100n,
      unsubstantiated: false,
    });
    const penalized = poor();
    penalized.do(FIRST, { type: 'penalize', amountNlux: 1n, noShow: false, since: 0n });
    const owing = poor();
    owing.lock(FIRST, 1n);
    owing.context = { ...owing.context, debtNlux: 1n };
    owing.do(FIRST, { type: 'unlock', amountNlux: 1n });
    for (const desk of [slashed, penalized, owing]) {
      expect([desk.state, desk.context.weightNlux]).toEqual(['inactive', 0n]);
    }
  });
});
