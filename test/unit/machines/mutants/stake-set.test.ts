import { describe, expect, test } from 'vitest';
import { membersOf, locate } from '../../../../src/machines/profile/set-read.ts';
import { populationOf } from '../../../../src/machines/profile/population.ts';
import { EMPTY_SET } from '../../../../src/machines/profile/record.ts';
import { setWeight } from '../../../../src/machines/profile/set-tree.ts';
import type { ProfileMeasurement } from '../../../../src/machines/tee/measurement.ts';
import { treeOf } from '../../../properties/selection/support.ts';
import { address, CREATOR, LUX, providerOf, registered } from '../profile/support.ts';
import { SPECIFICATION } from '../profile/support.ts';

// PROTOCOL §2, §6.1: the set of those who serve a profile, and what its creator appends.

const lines = [1, 2, 3, 4].map((number) => ({
  owner: address(number),
  provider: address(100 + number),
  weight: BigInt(10 * number),
}));

describe('a point of a stake set', () => {
  const { set, nodes } = treeOf(lines);
  const read = (id: bigint) => nodes.get(id);

  test('lies inside it: 0 is the first member, the total less one the last', () => {
    const [first, ...others] = membersOf(read, set);
    expect(set.weightNlux).toBe(100n);
    expect(locate(read, set, 0n).leaf).toEqual(first);
    expect(locate(read, set, 99n).leaf).toEqual(others.at(-1));
  });

  test.each([-1n, 100n, 1_000n])('%s is none', (point) => {
    expect(() => locate(read, set, point)).toThrow(/a point lies inside the set/);
  });
});

describe('a node that no older version can see', () => {
  const member = { owner: address(1), provider: address(2) };
  const setTo = (weightNlux: bigint, mutableFrom: bigint) => {
    const first = setWeight(EMPTY_SET, member, 5n, {
      read: () => undefined,
      next: 7n,
      mutableFrom: 7n,
    });
    expect(first.next).toBe(8n);
    const read = (id: bigint) => first.puts.get(id);
    return setWeight(first.set, member, weightNlux, { read, next: first.next, mutableFrom });
  };
  const leaf = { type: 'leaf', ...member, weightNlux: 6n };

  test('is overwritten, so no id is used up', () => {
    const { set, next, puts, retired } = setTo(6n, 7n);
    expect(set).toEqual({ root: 7n, weightNlux: 6n, owners: 1 });
    expect(next).toBe(8n);
    expect([...puts]).toEqual([[7n, leaf]]);
    expect(retired).toEqual([]);
  });

  test('and another is replaced by one with the next id', () => {
    const { set, next, puts, retired } = setTo(6n, 8n);
    expect(set.root).toBe(8n);
    expect(next).toBe(9n);
    expect([...puts]).toEqual([[8n, leaf]]);
    expect(retired).toEqual([7n]);
  });

  test('nobody enters an empty set with no weight, and with 1 nLUX anybody does', () => {
    const nodes = { read: () => undefined, next: 7n, mutableFrom: 7n };
    const none = setWeight(EMPTY_SET, member, 0n, nodes);
    expect(none).toEqual({ set: EMPTY_SET, next: 7n, puts: new Map(), retired: [] });
    expect(setWeight(EMPTY_SET, member, 1n, nodes).set.weightNlux).toBe(1n);
  });
});

describe('a draw', () => {
  test('reads, and pays for, each node once', () => {
    const { set, nodes } = treeOf(lines);
    const reads: bigint[] = [];
    const population = populationOf(set, (id) => {
      reads.push(id);
      return nodes.get(id);
    });
    for (const point of [0n, 99n, 50n, 0n]) population.memberAt(point);
    for (const { owner } of lines) population.intervalOf(owner);
    expect(reads.length).toBe(7);
    expect(new Set(reads).size).toBe(reads.length);
  });
});

test('a registration is told with creator, model and deposit', () => {
  expect(registered().effects.filter(({ type }) => type === 'emit')).toEqual([
    {
      type: 'emit',
      name: 'registered',
      fields: { creator: CREATOR, modelId: SPECIFICATION.modelId, depositNlux: String(LUX) },
    },
  ]);
});

test('a profile with members is not removed, however long it has been retired', () => {
  const solo = registered();
  solo.send(providerOf(1), { type: 'join', owner: address(2), weightNlux: 100n });
  solo.send(CREATOR, { type: 'retire' });
  solo.height = 1_000_000n;
  expect(solo.send(CREATOR, { type: 'remove' })).toBe('profile-has-members');
  expect(solo.state).toBe('retired');
});

describe('a measurement', () => {
  const measurement = (number: number): ProfileMeasurement => ({
    type: 'enclave',
    mrEnclave: number.toString(16).padStart(64, '0'),
    mrSigner: undefined,
    isvProdId: undefined,
    minIsvSvn: 0,
    configId: undefined,
  });
  const withTee = {
    ...SPECIFICATION,
    tee: {
      type: 'required',
      measurements: [measurement(1), measurement(2)],
      policy: undefined,
      enclaveKeySeconds: 0n,
    },
  } as const;
  const append = (number: number) =>
    ({ type: 'appendMeasurement', measurement: measurement(number) }) as const;

  test('that one of several equals is not appended again', () => {
    const solo = registered(withTee);
    expect(solo.send(CREATOR, append(1))).toBe('duplicate-measurement');
    expect(solo.send(CREATOR, append(2))).toBe('duplicate-measurement');
  });

  test('that is appended is told with how many there are', () => {
    const solo = registered(withTee);
    expect(solo.send(CREATOR, append(3))).toBeUndefined();
    expect(solo.effects).toEqual([
      { type: 'emit', name: 'measurementAppended', fields: { count: '3' } },
    ]);
  });
});
