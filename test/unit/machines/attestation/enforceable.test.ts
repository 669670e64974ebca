import { expect, test } from 'vitest';
import { isEnforceable } from '../../../../src/machines/attestation/guards.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { LADDER, SHORT } from '../../../support/parameters.ts';

/**
 * PROTOCOL §6.1: the last panel of a pair could sit. It asks for three owners a seat, beside those
 * of the two defendants, when all have had a seat who were drawn for the panels before it.
 */
test.each([
  ['1, 3 and 7 seats', LADDER, 3 * 7 + 2 + (1 + 3)],
  ['one seat', SHORT, 3 * 1 + 2],
])('with panels of %s enough owners make an attestation enforceable', (_, parameters, least) => {
  const withOwners = (owners: number) => ({
    ...initialProfile,
    live: { ...initialProfile.live, owners },
    boundary: { ...initialProfile.boundary, owners: 1_000 },
    boundaryEpoch: 1n,
  });
  const height = 100n;
  expect(isEnforceable(withOwners(least), height, parameters)).toBe(true);
  expect(isEnforceable(withOwners(least - 1), height, parameters)).toBe(false);
  // Within the epoch of a change the set of its beginning counts.
  const changed = { ...withOwners(0), boundaryEpoch: height / parameters.epochBlocks };
  expect(isEnforceable(changed, height, parameters)).toBe(true);
});
