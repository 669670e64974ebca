import { describe, expect, test } from 'vitest';
import type { Call } from '../../../../src/machines/kit/index.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { enrolmentChecks } from '../../../../src/machines/provider/enrolment.ts';
import { initialProvider } from '../../../../src/machines/provider/record.ts';
import { SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';

// PROTOCOL §8: which profiles take enclave keys, and which blocks a quote may refer to.

const PROFILE = '55'.repeat(32);

const enrolment = (refHeight: bigint) =>
  ({
    type: 'enrolEnclaveKey',
    profileHash: PROFILE,
    publicKey: `02${'11'.repeat(32)}`,
    refHeight,
    quote: new Uint8Array(),
  }) as const;

interface World {
  readonly height?: bigint;
  readonly state?: string;
  readonly tee?: object;
  /** Height of every block that is kept, whatever its place. */
  readonly kept?: bigint;
}

const callIn = ({ height = 1_000n, state = 'active', tee = { type: 'none' }, kept }: World): Call =>
  ({
    ...CHAIN,
    self: `provider:${'b0'.repeat(20)}`,
    height,
    time: 1_800_000_000n,
    parameters: SHORT,
    read: {
      actor: () => ({
        state,
        context: {
          ...initialProfile,
          specification: { ...initialProfile.specification, tee },
        },
      }),
      entry: () =>
        kept === undefined ? undefined : { height: kept, time: 0n, blockId: '00'.repeat(32) },
    },
  }) as unknown as Call;

const [, fitsProfile, , refersToRecent] = enrolmentChecks;

describe('the block that an enrolment refers to', () => {
  const why = (refHeight: bigint, world: World) =>
    refersToRecent(initialProvider, enrolment(refHeight), callIn(world));

  test('is one of the 150 before this one, whatever else is kept', () => {
    expect(why(999n, { kept: 999n })).toBeUndefined();
    expect(why(850n, { kept: 850n })).toBeUndefined();
    for (const at of [849n, 1_000n, 1_001n]) {
      expect(why(at, { kept: at })?.code).toBe('reference-out-of-range');
    }
  });

  test('is kept, and not another in its place', () => {
    expect(why(900n, {})?.code).toBe('reference-out-of-range');
    expect(why(900n, { kept: 750n })?.code).toBe('reference-out-of-range');
  });

  test('is said to be from the 150th before to the last', () => {
    const details = (height: bigint) => why(height, { height })?.details;
    expect(details(1_000n)).toEqual({ refHeight: '1000', earliest: '850', latest: '999' });
    expect(details(151n)).toEqual({ refHeight: '151', earliest: '1', latest: '150' });
    expect(details(149n)).toEqual({ refHeight: '149', earliest: '0', latest: '148' });
  });
});

describe('the profile of an enclave key', () => {
  const serving = {
    ...initialProvider,
    served: [{ profileHash: PROFILE, leavesAt: 0n }],
  } as unknown as typeof initialProvider;
  const why = (world: World) => fitsProfile(serving, enrolment(999n), callIn(world))?.code;
  const taking = (enclaveKeySeconds: bigint) => ({ tee: { type: 'required', enclaveKeySeconds } });

  test('is active, and takes such keys, be it for a second', () => {
    expect(why(taking(1n))).toBeUndefined();
    expect(why(taking(0n))).toBe('enclave-keys-not-taken');
    expect(why({ ...taking(1n), state: 'retired' })).toBe('profile-not-active');
    expect(why({ tee: { type: 'none', enclaveKeySeconds: 1n } })).toBe('profile-without-tee');
  });
});
