import { expect, test } from 'vitest';
import { retiredNodes } from '../../../../src/machines/profile/record.ts';
import { address, CREATOR, providerOf, registered } from '../profile/support.ts';

// PROTOCOL §6.1: old versions of a stake set are freed bit by bit, by whoever changes it.

const MEMBERS = 8;

/** All members have left: what the set held waits, and is due. */
const emptied = () => {
  const solo = registered();
  for (let number = 1; number <= MEMBERS; number++) {
    const owner = address(number);
    solo.send(providerOf(number), { type: 'join', owner, weightNlux: 10n });
  }
  solo.height = 10_000n;
  for (let number = 1; number <= MEMBERS; number++) {
    solo.send(providerOf(number), { type: 'leave', owner: address(number) });
  }
  expect(solo.count(retiredNodes)).toBe(2 * MEMBERS - 1);
  solo.height = 500_000n;
  return solo;
};

test('a change that retires nothing frees two old nodes, the oldest first', () => {
  const solo = emptied();
  solo.send(CREATOR, { type: 'retire' });
  const before = solo.context.retiredHead;
  const owner = address(1);
  solo.send(providerOf(1), { type: 'setWeight', owner, weightNlux: 10n });
  expect(solo.context.retiredHead).toBe(before + 2n);
  expect(solo.count(retiredNodes)).toBe(2 * MEMBERS - 3);
});

test('a change that retires a node frees three', () => {
  const solo = emptied();
  const owner = address(1);
  solo.send(providerOf(1), { type: 'join', owner, weightNlux: 10n });
  solo.height += solo.parameters.epochBlocks;
  const before = solo.context.retiredHead;
  solo.send(providerOf(1), { type: 'setWeight', owner, weightNlux: 20n });
  expect(solo.context.retiredHead).toBe(before + 3n);
  expect(solo.count(retiredNodes)).toBe(2 * MEMBERS - 3 - 2);
});

test('a weight that stays as it is changes and frees nothing', () => {
  const solo = emptied();
  const owner = address(1);
  solo.send(providerOf(1), { type: 'join', owner, weightNlux: 10n });
  solo.height += solo.parameters.epochBlocks;
  const before = solo.context;
  solo.send(providerOf(1), { type: 'setWeight', owner, weightNlux: 10n });
  expect(solo.effects).toEqual([]);
  expect(solo.context).toBe(before);
});
