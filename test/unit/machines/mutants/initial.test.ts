import { expect, test } from 'vitest';
import { initialParameters } from '../../../../src/machines/parameters/initial.ts';

/** Every value below the object that is none itself, with its path. */
const leavesOf = (value: unknown, path: string): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`))
    : [[path, value]];

test('before genesis every number is 0, and nothing is allowed, listed or required', () => {
  const leaves = leavesOf(initialParameters.current, 'current');
  expect(leaves.length).toBeGreaterThan(50);
  const other = leaves.filter(([, value]) => !/^(?:0+|false)$/.test(String(value)));
  expect(other).toEqual([]);
  const { tdAttributesAllowed, tdAttributesRequired } = initialParameters.current.tee.policy;
  expect([tdAttributesAllowed, tdAttributesRequired]).toEqual(['0'.repeat(16), '0'.repeat(16)]);
});

test('before genesis nobody may propose, and nothing is proposed', () => {
  expect(initialParameters).toMatchObject({ authority: undefined, pending: undefined });
});
