import { describe, expect, test } from 'vitest';
import type { EmitEffect } from '../../../../src/machines/kit/index.ts';
import { retentionBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { NODES_SWEPT } from '../../../../src/machines/profile/limits.ts';
import { criticalBit, setKey } from '../../../../src/machines/profile/set-key.ts';
import { nodeOf } from '../../../../src/machines/profile/set-read.ts';
import type { Solo } from '../support/solo.ts';
import { address, CREATOR, LUX, providerOf, registered } from '../profile/support.ts';

// PROTOCOL §2: a profile is kept as long as a challenge may ask for it, and no longer.

const join = (solo: Solo<'profile'>, number: number) =>
  solo.send(providerOf(number), { type: 'join', owner: address(number), weightNlux: 10n });
const leave = (solo: Solo<'profile'>, number: number) =>
  solo.send(providerOf(number), { type: 'leave', owner: address(number) });
const remove = (solo: Solo<'profile'>) => solo.send(CREATOR, { type: 'remove' });
const told = ({ effects }: Solo<'profile'>): readonly EmitEffect[] =>
  effects.filter((effect) => effect.type === 'emit');

describe('a retired profile is in use', () => {
  test('from the last change of its set on, not from one before', () => {
    const solo = registered();
    [1, 2].forEach((number) => join(solo, number));
    solo.height = 10_000n;
    solo.send(CREATOR, { type: 'retire' });
    solo.height = 20_000n;
    leave(solo, 1);
    solo.height = 30_000n;
    leave(solo, 2);
    solo.height = 30_000n + retentionBlocks(solo.parameters) - 1n;
    expect(remove(solo)).toBe('profile-in-use');
    solo.height += 1n;
    expect(remove(solo)).toBeUndefined();
    expect(solo.state).toBe('absent');
  });

  test('from its retirement on, where its set changed before', () => {
    const solo = registered();
    join(solo, 1);
    solo.height = 10_000n;
    leave(solo, 1);
    solo.height = 50_000n;
    solo.send(CREATOR, { type: 'retire' });
    solo.height = 50_000n + retentionBlocks(solo.parameters) - 1n;
    expect(remove(solo)).toBe('profile-in-use');
    solo.height += 1n;
    expect(remove(solo)).toBeUndefined();
  });

  test('and an empty queue is not read for it: each read is paid for', () => {
    const solo = registered();
    solo.send(CREATOR, { type: 'retire' });
    const asked: string[] = [];
    const get = solo.entries.get.bind(solo.entries);
    solo.entries.get = (key) => {
      asked.push(key);
      return get(key);
    };
    expect(remove(solo)).toBe('profile-in-use');
    expect(asked).toEqual([]);
  });
});

/** A retired profile with so many nodes left, all of them due. */
const withNodes = (members: number, further: number): Solo<'profile'> => {
  const solo = registered();
  for (let number = 1; number <= members; number++) join(solo, number);
  solo.height = 10_000n;
  for (let number = 1; number <= members; number++) leave(solo, number);
  for (let number = 1; number <= further; number++) {
    join(solo, number);
    solo.height += solo.parameters.epochBlocks;
    leave(solo, number);
  }
  solo.send(CREATOR, { type: 'retire' });
  const { retiredHead, retiredTail } = solo.context;
  expect(retiredTail - retiredHead).toBe(BigInt(2 * members - 1 + further));
  solo.height = 500_000n;
  return solo;
};

describe('what is left of its set', () => {
  test('goes with it, if one message can delete it', () => {
    expect(NODES_SWEPT).toBe(64);
    const solo = withNodes(32, 1);
    expect(remove(solo)).toBeUndefined();
    expect(solo.state).toBe('absent');
    expect(told(solo)).toMatchObject([{ name: 'removed', fields: { depositNlux: String(LUX) } }]);
  });

  test('takes another message otherwise, and how much is left is told', () => {
    const solo = withNodes(65, 0);
    const left = ['65', '1'];
    for (const nodesLeft of left) {
      expect(remove(solo)).toBeUndefined();
      expect(solo.state).toBe('retired');
      expect(told(solo)).toMatchObject([{ name: 'swept', fields: { nodesLeft } }]);
    }
    expect(remove(solo)).toBeUndefined();
    expect(solo.state).toBe('absent');
  });
});

test('a retirement is told', () => {
  const solo = registered();
  solo.send(CREATOR, { type: 'retire' });
  expect(told(solo)).toMatchObject([{ name: 'retired', fields: {} }]);
});

describe('nodes and keys that cannot be', () => {
  const keyOf = () => setKey({ owner: address(1), provider: address(2) });

  test('a key is two addresses', () => {
    expect(keyOf()).toBe(address(1) + address(2));
    expect(() => setKey({ owner: address(1), provider: '' })).toThrow(/two addresses/);
  });

  test('equal keys differ in no bit', () => {
    expect(() => criticalBit(keyOf(), keyOf())).toThrow(/no critical bit/);
  });

  test('a node that a set refers to is there', () => {
    expect(() => nodeOf(() => undefined, 7n)).toThrow(/node 7 of a stake set is missing/);
  });
});
