import { describe, expect, test } from 'vitest';
import { keypairFromSeed, sign } from '../../../../src/codec/index.ts';
import { isEnforceable } from '../../../../src/machines/attestation/guards.ts';
import { identityOf } from '../../../../src/machines/attestation/identity.ts';
import { attestation } from '../../../../src/machines/attestation/machine.ts';
import { actorId, type ActorId } from '../../../../src/machines/kit/index.ts';
import { initialModel } from '../../../../src/machines/model/record.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { initialProvider, NEVER } from '../../../../src/machines/provider/record.ts';
import { isKeyAt, isKeyForEvidence, keysInUse } from '../../../../src/machines/provider/keys.ts';
import { initialRequest } from '../../../../src/machines/request/record.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { Lone } from '../support/lone.ts';

// PROTOCOL §4: every condition of an attestation, in its order, at its very edge.

const KEY = keypairFromSeed('the provider');
const STRANGER = keypairFromSeed('a stranger');
const anybody = actorId('account', '77'.repeat(20));
const NOW = new Lone(attestation, actorId('attestation', '00'.repeat(32))).time;
const REQUEST = '9e'.repeat(32);
const claim = {
  type: 'attest' as const,
  provider: KEY.address,
  modelId: '3d'.repeat(32),
  profileHash: '9f'.repeat(32),
  payloadHash: 'ad'.repeat(32),
  outputHash: '0f'.repeat(32),
  evidenceRoot: 'ee'.repeat(32),
  requestId: '00'.repeat(32),
  timestamp: NOW,
  teeReport: new Uint8Array(),
  signature: '',
};
type Claim = typeof claim;

const ids = {
  model: actorId('model', claim.modelId),
  profile: actorId('profile', claim.profileHash),
  provider: actorId('provider', KEY.address),
  request: actorId('request', REQUEST),
};
const specification = { ...initialProfile.specification, modelId: claim.modelId };
const place = { profileHash: claim.profileHash, joinedAt: 0n, leavesAt: 0n, declinedAt: 0n };
const staked = {
  ...initialProvider,
  owner: '0e'.repeat(20),
  keys: [{ address: KEY.address, from: 0n, until: NEVER }],
  served: [place],
  freeNlux: SHORT.minimumStakeNlux,
};
const asked = {
  ...initialRequest,
  requester: '11'.repeat(20),
  provider: KEY.address,
  profileHash: claim.profileHash,
  payloadHash: claim.payloadHash,
  feeNlux: LUX,
  expiresAt: 101n,
};
/** A profile that so many owners serve. */
const servedBy = (owners: number) => ({
  ...initialProfile,
  specification,
  live: { ...initialProfile.live, owners },
});
const view = (state: string, context: unknown) => ({ state, balance: 0n, context }) as never;

/** Sends the claim, signed, after a change of the world; gives the code of the refusal. */
const attest = (
  change: Partial<Claim> = {},
  world: Partial<Record<keyof typeof ids, unknown>> = {},
  signer = KEY,
  at: ActorId<'attestation'> | undefined = undefined,
) => {
  const message = { ...claim, ...change };
  const { slot, attestationId } = identityOf(message, new Lone(attestation, anybody).network);
  const lone = new Lone(attestation, at ?? actorId('attestation', slot));
  const views = {
    model: view('active', initialModel),
    profile: view('active', { ...initialProfile, specification }),
    provider: view('active', staked),
    request: view('open', asked),
    ...world,
  };
  for (const [name, each] of Object.entries(views)) {
    if (each !== undefined) lone.views.set(ids[name as keyof typeof ids], each as never);
  }
  const refusal = lone.send(anybody, {
    ...message,
    signature: sign(attestationId, signer.privateKey),
  });
  return { refusal, lone };
};
const why = (...of: Parameters<typeof attest>) => attest(...of).refusal;
const asks = { requestId: REQUEST };

describe('an attestation is accepted', () => {
  test('of a staked provider that serves the profile of the model', () => {
    expect(why()).toBeUndefined();
    expect(why(asks)).toBeUndefined();
  });

  test('and writes down what the request declared and who asked', () => {
    const declared = view('open', { ...asked, declaredValueNlux: 7n * LUX });
    const { lone } = attest(asks, { request: declared });
    expect(lone.context).toMatchObject({
      requester: '11'.repeat(20),
      declaredValueNlux: 7n * LUX,
      height: 100n,
      windowEnd: 100n + SHORT.windowBlocks,
      tee: 'none',
      enforceable: false,
    });
    expect(lone.sent.map(({ message }) => message)).toMatchObject([
      { type: 'expose', valueNlux: 7n * LUX },
      { type: 'fulfil' },
    ]);
    expect(lone.events.map(([name]) => name)).toEqual(['attested']);
  });
});

describe('it is refused', () => {
  test('where a record is missing, or is not what it says', () => {
    expect(why({}, { model: undefined })).toBe('model-unknown');
    expect(why({}, { profile: undefined })).toBe('profile-unknown');
    const other = { ...specification, modelId: '44'.repeat(32) };
    const foreign = view('active', { ...initialProfile, specification: other });
    expect(why({}, { profile: foreign })).toBe('profile-of-other-model');
    const retired = view('retired', { ...initialProfile, specification });
    expect(why({}, { profile: retired })).toBe('profile-not-active');
    expect(why({}, { provider: undefined })).toBe('provider-unknown');
    expect(why({}, { provider: view('jailed', staked) })).toBe('provider-not-active');
  });

  test('of who does not serve the profile, or has given notice', () => {
    const serving = (served: readonly (typeof place)[]) =>
      why({}, { provider: view('active', { ...staked, served }) });
    expect(serving([])).toBe('not-served');
    expect(serving([{ ...place, profileHash: '44'.repeat(32) }])).toBe('not-served');
    expect(serving([{ ...place, leavesAt: 1n }])).toBe('not-served');
  });

  test('below the minimum stake, of which locked stake is a part', () => {
    const least = SHORT.minimumStakeNlux;
    const stakeOf = (freeNlux: bigint, lockedNlux: bigint) =>
      why({}, { provider: view('active', { ...staked, freeNlux, lockedNlux }) });
    expect(stakeOf(least - 1n, 0n)).toBe('stake-below-minimum');
    expect(stakeOf(least - 1n, 1n)).toBeUndefined();
  });

  test('beside its time: 600 s past and 30 s ahead are in time', () => {
    const at = (timestamp: bigint) => why({ timestamp });
    expect([at(NOW - 600n), at(NOW + 30n)]).toEqual([undefined, undefined]);
    expect(at(NOW - 601n)).toBe('timestamp-out-of-range');
    expect(at(NOW + 31n)).toBe('timestamp-out-of-range');
  });

  test('at any slot but its own, and by any key but the provider’s', () => {
    const elsewhere = actorId('attestation', '44'.repeat(32));
    expect(why({}, {}, KEY, elsewhere)).toBe('wrong-slot');
    expect(why({}, {}, STRANGER)).toBe('signature-of-other');
    const rotated = [{ address: KEY.address, from: 0n, until: 100n }];
    const provider = view('active', { ...staked, keys: rotated });
    expect(why({}, { provider })).toBe('signature-of-other');
  });

  test('with a report that nobody asked for, or without one that is', () => {
    expect(why({ teeReport: new Uint8Array(1) })).toBe('report-unexpected');
    const tee = { ...specification.tee, type: 'required' };
    const asking = { ...initialProfile, specification: { ...specification, tee } };
    expect(why({}, { profile: view('active', asking) })).toBe('report-missing');
  });
});

describe('for a request it is refused', () => {
  test('where there is none, or it is not open', () => {
    expect(why(asks, { request: undefined })).toBe('request-unknown');
    expect(why(asks, { request: view('fulfilled', asked) })).toBe('request-not-open');
  });

  test('from the height on at which it expires', () => {
    const expiring = (expiresAt: bigint) =>
      why(asks, { request: view('open', { ...asked, expiresAt }) });
    expect([expiring(100n), expiring(101n)]).toEqual(['request-expired', undefined]);
  });

  test('if it names another provider, profile or payload', () => {
    const naming = (change: Partial<typeof asked>) =>
      why(asks, { request: view('open', { ...asked, ...change }) });
    expect(naming({ provider: '44'.repeat(20) })).toBe('request-of-other');
    expect(naming({ profileHash: '44'.repeat(32) })).toBe('request-of-other');
    expect(naming({ payloadHash: '44'.repeat(32) })).toBe('request-of-other');
  });

  test('that asks for what can be enforced, where the last panel could not sit', () => {
    const strict = view('open', { ...asked, enforceable: true });
    expect(why(asks, { request: strict })).toBe('not-enforceable');
    const able = attest(asks, { request: strict, profile: view('active', servedBy(5)) });
    expect([able.refusal, able.lone.context.enforceable]).toEqual([undefined, true]);
  });
});

describe('a dispute', () => {
  const disputed = (height: bigint) => {
    const { lone } = attest();
    lone.height = height;
    return lone.send(actorId('challenge', 'c1'.repeat(32)), {
      type: 'dispute',
      challengeId: 'c1'.repeat(32),
    });
  };

  test('begins up to the last height of the window', () => {
    const windowEnd = 100n + SHORT.windowBlocks;
    expect(disputed(windowEnd - 1n)).toBeUndefined();
    expect(disputed(windowEnd)).toBe('attestation-final');
  });
});

describe('what can be enforced (PROTOCOL §6.1)', () => {
  const of = (owners: number, pairPanels: readonly number[]) => {
    const dispute = { ...SHORT.dispute, pairPanels };
    return isEnforceable(servedBy(owners), 100n, { ...SHORT, dispute });
  };

  test('needs three owners a seat of the last panel, two parties, and who sat before', () => {
    expect([of(3 + 2 - 1, [1]), of(3 + 2, [1])]).toEqual([false, true]);
    expect([of(1, []), of(2, [])]).toEqual([false, true]);
    expect([of(21 + 2 + 4 - 1, [1, 3, 7]), of(21 + 2 + 4, [1, 3, 7])]).toEqual([false, true]);
  });
});

describe('a key (I48)', () => {
  const keys = [
    { address: 'a', from: 10n, until: 20n },
    { address: 'b', from: 20n, until: NEVER },
  ];
  const age = SHORT.evidenceAgeBlocks;

  test('signs in its own heights, and no other key does', () => {
    const at = (height: bigint) =>
      ['a', 'b', 'c'].filter((each) => isKeyAt({ keys }, each, height));
    expect([9n, 10n, 19n, 20n, NEVER - 1n].map(at)).toEqual([[], ['a'], ['a'], ['b'], ['b']]);
  });

  test('counts as evidence for the evidence age after that, and is kept as long', () => {
    const counts = (height: bigint) => isKeyForEvidence({ keys }, 'a', height, SHORT);
    expect([9n, 10n, 20n + age - 1n, 20n + age].map(counts)).toEqual([false, true, true, false]);
    const kept = (height: bigint) =>
      keysInUse({ keys }, height, SHORT).map(({ address }) => address);
    expect([kept(20n + age - 1n), kept(20n + age)]).toEqual([['a', 'b'], ['b']]);
  });
});
