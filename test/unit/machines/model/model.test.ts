import { describe, expect, test } from 'vitest';
import { modelId } from '../../../../src/codec/index.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import { model } from '../../../../src/machines/model/machine.ts';
import { initialModel } from '../../../../src/machines/model/record.ts';
import { Solo } from '../support/solo.ts';

const weightHash = 'ab'.repeat(32);
const id = actorId('model', modelId({ weightHash, teeRequired: false }));
const owner = actorId('account', '11'.repeat(20));
const other = actorId('account', '22'.repeat(20));
const someProfile = actorId('profile', '33'.repeat(32));
const LUX = 1_000_000_000n;
const metadata = { name: 'm', version: 1n, architecture: 'bert', paramCount: 7n, license: 'MIT' };
const registration = { type: 'register', weightHash, teeRequired: false, ...metadata } as const;

const registered = (): Solo<'model'> => {
  const solo = new Solo(id);
  expect(solo.send(owner, registration, LUX)).toBeUndefined();
  return solo;
};

describe('register', () => {
  test('makes the sender the owner and keeps the deposit', () => {
    const { state, context } = registered();
    expect(state).toBe('active');
    expect(context).toEqual({
      owner: '11'.repeat(20),
      weightHash,
      teeRequired: false,
      ...metadata,
      registeredAt: 100n,
      profileCount: 0,
      depositNlux: LUX,
    });
  });

  test('is refused at the address of other weights, or of the same ones with a TEE', () => {
    const solo = new Solo(actorId('model', modelId({ weightHash, teeRequired: true })));
    expect(solo.send(owner, registration, LUX)).toBe('wrong-model-id');
    expect(solo.send(owner, { ...registration, teeRequired: true }, LUX)).toBeUndefined();
  });

  test('takes exactly the deposit', () => {
    const solo = new Solo(id);
    for (const value of [0n, LUX - 1n, LUX + 1n]) {
      expect(solo.send(owner, registration, value)).toBe('wrong-deposit');
    }
  });

  test('is not accepted twice', () => {
    expect(registered().send(other, registration, LUX)).toBe('not-accepted');
  });
});

describe('the owner', () => {
  test('alone updates, transfers and deprecates', () => {
    const solo = registered();
    const update = { type: 'update', ...metadata, name: 'n', version: 2n } as const;
    expect(solo.send(other, update)).toBe('not-owner');
    expect(solo.send(other, { type: 'transfer', owner: '22'.repeat(20) })).toBe('not-owner');
    expect(solo.send(other, { type: 'deprecate' })).toBe('not-owner');
    expect(solo.send(owner, update)).toBeUndefined();
    expect(solo.context).toMatchObject({ name: 'n', version: 2n, weightHash });
    expect(solo.send(owner, { type: 'transfer', owner: '22'.repeat(20) })).toBeUndefined();
    expect(solo.send(other, { type: 'deprecate' })).toBe('not-owner');
    expect(solo.send(owner, { type: 'accept' })).toBe('not-offered');
    expect(solo.send(other, { type: 'accept' })).toBeUndefined();
    expect(solo.send(other, { type: 'accept' })).toBe('not-offered');
    expect(solo.send(owner, { type: 'deprecate' })).toBe('not-owner');
    expect(solo.send(other, { type: 'deprecate' })).toBeUndefined();
    expect(solo.state).toBe('deprecated');
  });

  test('has no power over profiles: a deprecated model takes and counts them as before', () => {
    const solo = registered();
    solo.send(owner, { type: 'deprecate' });
    expect(solo.send(someProfile, { type: 'profileAdded' })).toBeUndefined();
    expect(solo.context.profileCount).toBe(1);
    expect(solo.send(owner, { type: 'remove' })).toBe('model-has-profiles');
    expect(solo.send(someProfile, { type: 'profileRemoved' })).toBeUndefined();
    expect(solo.context.profileCount).toBe(0);
  });

  test('removes a deprecated model without profiles and gets the deposit back', () => {
    const solo = registered();
    expect(solo.send(owner, { type: 'remove' })).toBe('not-accepted');
    solo.send(owner, { type: 'transfer', owner: '22'.repeat(20) });
    solo.send(other, { type: 'accept' });
    solo.send(other, { type: 'deprecate' });
    expect(solo.send(owner, { type: 'remove' })).toBe('not-owner');
    expect(solo.send(other, { type: 'remove' })).toBeUndefined();
    expect(solo.state).toBe('absent');
    expect(solo.context).toEqual(initialModel);
    expect(solo.sent).toEqual([
      { type: 'send', to: other, value: LUX, message: { type: 'credit', purpose: 'deposit' } },
    ]);
  });
});

test('an absent model has no profiles', () => {
  expect(new Solo(id).send(someProfile, { type: 'profileAdded' })).toBe('not-accepted');
});

test('every context fits its limit', () => {
  expect(model.context.maxBytes).toBeLessThanOrEqual(model.contextBytes);
});
