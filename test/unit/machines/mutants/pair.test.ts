import { describe, expect, test } from 'vitest';
import { initialAttestation } from '../../../../src/machines/attestation/record.ts';
import { pairChecks } from '../../../../src/machines/challenge/open/pair.ts';
import { takeOverChecks } from '../../../../src/machines/challenge/open/take-over.ts';
import { MAX_NAMED_AT_FIRST } from '../../../../src/machines/challenge/record.ts';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import type { Call } from '../../../../src/machines/kit/index.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { initialProvider } from '../../../../src/machines/provider/record.ts';
import { challenge } from './support.ts';
import { TOKENS } from './tolerant.ts';

// PROTOCOL §6, pair: what two attestations must have in common, and what they may not.

const NAMES = { modelId: '44'.repeat(32), profileHash: '55'.repeat(32) };
const SLOTS = ['a1'.repeat(32), 'a2'.repeat(32)] as const;
const PROVIDERS = ['b1'.repeat(20), 'b2'.repeat(20)] as const;

const message = {
  type: 'open',
  ...NAMES,
  first: SLOTS[0],
  second: SLOTS[1],
  firstProvider: PROVIDERS[0],
  secondProvider: PROVIDERS[1],
  named: [],
} as const;

interface Claim {
  readonly state?: string;
  readonly provider?: string;
  readonly payloadHash?: string;
  readonly windowEnd?: bigint;
}

/** A chain at height 100 with these attestations; the first has the lower id. */
const chain = (claims: readonly Claim[], comparator: Comparator = { type: 'exact' }): Call => {
  const views = new Map<string, unknown>([
    [
      `profile:${NAMES.profileHash}`,
      {
        state: 'active',
        context: {
          ...initialProfile,
          specification: { ...initialProfile.specification, comparator },
        },
      },
    ],
    ...PROVIDERS.map(
      (provider) =>
        [`provider:${provider}`, { state: 'active', context: initialProvider }] as const,
    ),
    ...claims.map(
      ({ state = 'pending', ...change }, at) =>
        [
          `attestation:${SLOTS[at]}`,
          {
            state,
            context: {
              ...initialAttestation,
              ...NAMES,
              attestationId: `${at}0`.repeat(32),
              outputHash: `${at}f`.repeat(32),
              provider: PROVIDERS[at],
              windowEnd: 101n,
              ...change,
            },
          },
        ] as const,
    ),
  ]);
  return { height: 100n, read: { actor: (id: string) => views.get(id) } } as unknown as Call;
};

const [areNamed, arePending, isOneClaim] = pairChecks;
const why = (check: typeof areNamed, ...of: Parameters<typeof chain>) =>
  (check ?? expect.fail('no such check'))(challenge(), message, chain(...of));

describe('a pair', () => {
  test('is of two attestations that exist', () => {
    expect(why(areNamed, [{}])?.code).toBe('attestation-unknown');
    expect(why(areNamed, [])?.code).toBe('attestation-unknown');
    expect(why(areNamed, [{}, {}])).toBeUndefined();
  });

  test('waits for neither, and says of the first which does not wait', () => {
    expect(why(arePending, [{}, {}])).toBeUndefined();
    const both = why(arePending, [{ state: 'disputed' }, { state: 'faulty' }]);
    expect(both).toMatchObject({ code: 'attestation-not-pending', details: { slot: SLOTS[0] } });
    expect(why(arePending, [{}, { windowEnd: 100n }])?.code).toBe('attestation-final');
  });

  test('is of one payload', () => {
    expect(why(isOneClaim, [{}, {}])).toBeUndefined();
    expect(why(isOneClaim, [{}, { payloadHash: '99'.repeat(32) }])?.code).toBe('not-one-claim');
  });

  test('is of two providers where outputs are compared exactly, else of one too', () => {
    const twice = [{}, { provider: PROVIDERS[0] }];
    expect(why(isOneClaim, twice)?.code).toBe('same-provider');
    expect(why(isOneClaim, twice, TOKENS)).toBeUndefined();
  });
});

test('who takes a challenge over adds as many chunks as may be named at first', () => {
  const hasRoom = takeOverChecks[2] ?? expect.fail('no such check');
  const named = Array.from({ length: MAX_NAMED_AT_FIRST }, (_, at) => at);
  const adding = (...more: readonly number[]) =>
    hasRoom(
      challenge({ named: named.slice(1) }),
      { type: 'takeOver', announcement: '', salt: '', named: more },
      chain([]),
    )?.code;
  expect([adding(0), adding(1), adding(0, 500)]).toEqual([undefined, undefined, 'too-many-named']);
});
