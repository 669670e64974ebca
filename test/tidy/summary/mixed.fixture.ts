// Run by summary.test.ts only: two tests that pass, two that fail, two that are skipped.
import { beforeAll, describe, expect, test } from 'vitest';

test('passes', () => expect(1).toBe(1));
test.each([1])('passes for %d', (value) => expect(value).toBe(1));
test('fails', () => expect(1).toBe(2));
test.fails('passes although it should fail', () => expect(1).toBe(1));
test.skipIf(true)('is skipped', () => expect(1).toBe(1));

describe('a suite whose hook fails', () => {
  beforeAll(() => {
    throw new Error('one error, and its test is skipped');
  });
  test('does not run', () => expect(1).toBe(1));
});
