import { expect, test } from 'vitest';
import { parameters } from '../../../../src/machines/parameters/machine.ts';
import { profile } from '../../../../src/machines/profile/machine.ts';

// A block that one node takes and another refuses splits the chain: limits are consensus.
test.each([
  { kind: 'parameters', kept: parameters.contextBytes, bytes: 32_768 },
  { kind: 'profile', kept: profile.contextBytes, bytes: 20_480 },
])('what $kind may keep is $bytes bytes on every node', ({ kept, bytes }) => {
  expect(kept).toBe(bytes);
});
