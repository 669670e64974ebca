import { describe, expect, test } from 'vitest';
import { longestChallengeBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { profile } from '../../../../src/machines/profile/machine.ts';
import { initialProfile, retiredNodes, setNodes } from '../../../../src/machines/profile/record.ts';
import type { ProfileMeasurement } from '../../../../src/machines/tee/measurement.ts';
import { MAX_MEASUREMENTS } from '../../../../src/machines/profile/record.ts';
import { setAtBoundary } from '../../../../src/machines/profile/set.ts';
import { address, CREATOR, idOf, LUX, MODEL, providerOf, registered } from './support.ts';
import { soloOf, SPECIFICATION, STRANGER } from './support.ts';
import { PARAMETER_PRESETS } from '../../../../src/genesis/presets/index.ts';
import { Solo } from '../support/solo.ts';

const measurement = (number: number): ProfileMeasurement => ({
  type: 'enclave',
  mrEnclave: number.toString(16).padStart(64, '0'),
  mrSigner: undefined,
  isvProdId: undefined,
  minIsvSvn: 0,
  configId: undefined,
});
/** By neither code nor signer: any enclave at all. */
const ANYTHING: ProfileMeasurement = { ...measurement(1), mrEnclave: undefined } as never;
const TERMS = { policy: undefined, enclaveKeySeconds: 0n };
const withTee = (...measurements: readonly ProfileMeasurement[]) =>
  ({ ...SPECIFICATION, tee: { type: 'required', measurements, ...TERMS } }) as const;
const register = (specification: typeof SPECIFICATION) =>
  ({ type: 'register', specification }) as const;

describe('register', () => {
  test('takes the deposit, tells the model, and keeps the specification', () => {
    const solo = registered();
    expect(solo.state).toBe('active');
    expect(solo.context).toMatchObject({
      specification: SPECIFICATION,
      creator: '11'.repeat(20),
      registeredAt: 100n,
      depositNlux: LUX,
    });
    expect(solo.sent).toEqual([
      { type: 'send', to: MODEL, value: 0n, message: { type: 'profileAdded' } },
    ]);
  });

  test('is refused at another address: every byte of the specification is in it', () => {
    const solo = soloOf(SPECIFICATION);
    const changed = { ...SPECIFICATION, rerunFeeNlux: SPECIFICATION.rerunFeeNlux + 1n };
    expect(solo.send(CREATOR, register(changed), LUX)).toBe('wrong-profile-hash');
  });

  test('needs a model, deprecated or not', () => {
    const absent = { state: 'absent', teeRequired: false };
    expect(new Solo(idOf(SPECIFICATION)).send(CREATOR, register(SPECIFICATION), LUX)).toBe(
      'model-unknown',
    );
    expect(soloOf(SPECIFICATION, absent).send(CREATOR, register(SPECIFICATION), LUX)).toBe(
      'model-unknown',
    );
    const deprecated = { state: 'deprecated', teeRequired: false };
    expect(
      soloOf(SPECIFICATION, deprecated).send(STRANGER, register(SPECIFICATION), LUX),
    ).toBeUndefined();
  });

  test('asks for a TEE where the model does', () => {
    const strict = { state: 'active', teeRequired: true };
    expect(soloOf(SPECIFICATION, strict).send(CREATOR, register(SPECIFICATION), LUX)).toBe(
      'profile-needs-tee',
    );
    const specification = withTee(measurement(1));
    expect(
      soloOf(specification, strict).send(CREATOR, register(specification), LUX),
    ).toBeUndefined();
  });

  test.each([
    [0n, 'rerun-fee-range'],
    [1n, undefined],
    [(8n * LUX) / 10n, undefined],
    [(8n * LUX) / 10n + 1n, 'rerun-fee-range'],
  ])('rerun fee %s nLUX: %s', (rerunFeeNlux, refusal) => {
    const specification = { ...SPECIFICATION, rerunFeeNlux };
    expect(soloOf(specification).send(CREATOR, register(specification), LUX)).toBe(refusal);
  });

  test('takes a sound comparator only', () => {
    const refusal = (hiTokens: number, minFail: number, drawnChunks = 8) => {
      const comparator = {
        type: 'tokens',
        chunkElements: 64,
        loTokens: 2,
        hiTokens,
        minFail,
      } as const;
      const specification = { ...SPECIFICATION, comparator };
      const solo = soloOf(specification);
      const { dispute } = solo.parameters;
      solo.parameters = { ...solo.parameters, dispute: { ...dispute, drawnChunks } };
      return solo.send(CREATOR, register(specification), LUX);
    };
    expect(refusal(4, 2)).toBeUndefined();
    expect(refusal(3, 2)).toBe('comparator-gap');
    expect(refusal(64, 2)).toBe('comparator-toothless');
    expect(refusal(4, 8)).toBeUndefined();
    expect(refusal(4, 8, 7)).toBe('comparator-min-fail');
  });

  test('takes tokens that someone chose only with their agreement', () => {
    const refusal = (decoding: 'none' | 'greedy' | 'sampled') => {
      const comparator = {
        type: 'logprobs',
        chunkElements: 64,
        topK: 8,
        loPpm: 1_000,
        hiPpm: 2_000,
        agreement: undefined,
        minFail: 2,
      } as const;
      const precision = { ...SPECIFICATION.precision, decoding };
      const specification = { ...SPECIFICATION, comparator, precision };
      return soloOf(specification).send(CREATOR, register(specification), LUX);
    };
    expect(refusal('none')).toBeUndefined();
    expect(refusal('greedy')).toBe('comparator-needs-agreement');
    expect(refusal('sampled')).toBe('comparator-needs-agreement');
  });

  test('takes exactly the deposit, and measurements that differ', () => {
    const solo = soloOf(SPECIFICATION);
    expect(solo.send(CREATOR, register(SPECIFICATION), LUX + 1n)).toBe('wrong-deposit');
    const twice = withTee(measurement(1), measurement(1));
    expect(soloOf(twice).send(CREATOR, register(twice), LUX)).toBe('duplicate-measurement');
    const any = withTee(measurement(1), ANYTHING);
    expect(soloOf(any).send(CREATOR, register(any), LUX)).toBe('tee-terms-malformed');
  });
});

describe('the policy of a profile', () => {
  const { policy, enclaveKeySeconds } = PARAMETER_PRESETS.mainnet.tee;
  const refusal = (change: Partial<typeof policy>, seconds = 0n) => {
    const specification = {
      ...SPECIFICATION,
      tee: {
        type: 'required',
        measurements: [measurement(1)],
        policy: { ...policy, ...change },
        enclaveKeySeconds: seconds,
      },
    } as const;
    return soloOf(specification).send(CREATOR, register(specification), LUX);
  };

  test.each([
    [{}, undefined],
    [{ statuses: ['UpToDate'] as const }, undefined],
    [{ allowSmt: false, maxTcbAgeSeconds: 1_000 }, undefined],
    [{ deniedPlatforms: ['ab'.repeat(32)] }, undefined],
    [{ statuses: ['UpToDate', 'OutOfDate'] as const }, 'tee-policy-laxer'],
    [{ allowDebug: true }, 'tee-policy-laxer'],
    [{ tdAttributesRequired: '0'.repeat(16) }, 'tee-policy-laxer'],
    [{ tdAttributesAllowed: 'f'.repeat(16) }, 'tee-policy-laxer'],
    [{ serviceTds: ['ab'.repeat(48)] }, 'tee-policy-laxer'],
    [{ tees: [] }, 'tee-terms-malformed'],
  ])('%o: %s', (change, expected) => {
    expect(refusal(change)).toBe(expected);
  });

  test('lets enclave keys live as long as the chain does, and no longer', () => {
    expect(refusal({}, enclaveKeySeconds)).toBeUndefined();
    expect(refusal({}, enclaveKeySeconds + 1n)).toBe('tee-policy-laxer');
  });
});

describe('the creator', () => {
  test('appends measurements to a profile with a TEE, each once, up to the limit', () => {
    const solo = registered(withTee(measurement(0)));
    const append = (byte: number, from = CREATOR) =>
      solo.send(from, { type: 'appendMeasurement', measurement: measurement(byte) });
    expect(append(1, STRANGER)).toBe('not-creator');
    expect(append(0)).toBe('duplicate-measurement');
    expect(solo.send(CREATOR, { type: 'appendMeasurement', measurement: ANYTHING })).toBe(
      'tee-terms-malformed',
    );
    for (let byte = 1; byte < MAX_MEASUREMENTS; byte++) expect(append(byte)).toBeUndefined();
    expect(solo.context.measurements).toHaveLength(MAX_MEASUREMENTS);
    expect(append(99)).toBe('too-many-measurements');
    expect(solo.context.specification.tee).toEqual({
      type: 'required',
      measurements: [measurement(0)],
      ...TERMS,
    });
  });

  test('appends none to a profile without', () => {
    const message = { type: 'appendMeasurement', measurement: measurement(1) } as const;
    expect(registered().send(CREATOR, message)).toBe('profile-without-tee');
  });

  test('alone retires it, once', () => {
    const solo = registered();
    expect(solo.send(STRANGER, { type: 'retire' })).toBe('not-creator');
    expect(solo.send(CREATOR, { type: 'retire' })).toBeUndefined();
    expect(solo.state).toBe('retired');
    expect(solo.context.retiredAt).toBe(100n);
    expect(solo.send(CREATOR, { type: 'retire' })).toBe('not-accepted');
  });
});

const joinAs = (solo: Solo<'profile'>, number: number, weightNlux: bigint) =>
  solo.send(providerOf(number), { type: 'join', owner: address(number + 1), weightNlux });

describe('members', () => {
  test('join an active profile only, and weigh in the set', () => {
    const solo = registered();
    expect(joinAs(solo, 1, 100n)).toBeUndefined();
    expect(joinAs(solo, 3, 0n)).toBeUndefined();
    expect(solo.context).toMatchObject({ members: 2, live: { weightNlux: 100n, owners: 1 } });
    solo.send(CREATOR, { type: 'retire' });
    expect(joinAs(solo, 5, 100n)).toBe('not-accepted');
  });

  test('change weight and leave in every state: verdicts rest on it', () => {
    const solo = registered();
    joinAs(solo, 1, 100n);
    solo.send(CREATOR, { type: 'retire' });
    const owner = address(2);
    const reweigh = (weightNlux: bigint) =>
      solo.send(providerOf(1), { type: 'setWeight', owner, weightNlux });
    expect(reweigh(40n)).toBeUndefined();
    expect(solo.context.live.weightNlux).toBe(40n);
    expect(reweigh(0n)).toBeUndefined();
    expect(solo.context).toMatchObject({ members: 1, live: { root: 0n, owners: 0 } });
    expect(reweigh(7n)).toBeUndefined();
    expect(solo.send(providerOf(1), { type: 'leave', owner })).toBeUndefined();
    expect(solo.context).toMatchObject({ members: 0, live: { root: 0n, weightNlux: 0n } });
  });

  test('what happens in an epoch changes nothing in the set of its beginning (I25)', () => {
    const solo = registered();
    solo.height = 3_600n;
    joinAs(solo, 1, 100n);
    const at = (height: bigint) =>
      setAtBoundary(solo.context, height, solo.parameters.epochBlocks).weightNlux;
    expect(at(3_600n)).toBe(0n);
    expect(at(7_199n)).toBe(0n);
    expect(at(7_200n)).toBe(100n);
    solo.height = 7_300n;
    joinAs(solo, 3, 50n);
    joinAs(solo, 5, 25n);
    expect(at(7_300n)).toBe(100n);
    expect(at(10_800n)).toBe(175n);
  });

  test('an unchanged weight writes nothing', () => {
    const solo = registered();
    joinAs(solo, 1, 100n);
    solo.send(providerOf(1), { type: 'setWeight', owner: address(2), weightNlux: 100n });
    expect(solo.effects).toEqual([]);
  });
});

describe('remove', () => {
  test('waits until nobody can ask for the profile, then leaves nothing behind', () => {
    const solo = registered();
    const { parameters } = solo;
    joinAs(solo, 1, 100n);
    solo.height = 10_000n;
    joinAs(solo, 3, 100n);
    solo.send(CREATOR, { type: 'retire' });
    expect(solo.send(STRANGER, { type: 'remove' })).toBe('profile-has-members');
    solo.height = 20_000n;
    for (const number of [1, 3]) {
      solo.send(providerOf(number), { type: 'leave', owner: address(number + 1) });
    }
    expect(solo.send(STRANGER, { type: 'remove' })).toBe('profile-in-use');
    const { windowBlocks, dispute, epochBlocks, evidenceAgeBlocks } = parameters;
    const judged = windowBlocks + longestChallengeBlocks(dispute);
    expect(evidenceAgeBlocks).toBeGreaterThanOrEqual(judged);
    solo.height = 20_000n + evidenceAgeBlocks + epochBlocks - 1n;
    expect(solo.send(STRANGER, { type: 'remove' })).toBe('profile-in-use');
    solo.height += 1n;
    expect(solo.send(STRANGER, { type: 'remove' })).toBeUndefined();
    expect(solo.state).toBe('absent');
    expect(solo.context).toEqual(initialProfile);
    expect(solo.entries.size).toBe(0);
    expect(solo.sent).toEqual([
      { type: 'send', to: MODEL, value: 0n, message: { type: 'profileRemoved' } },
      { type: 'send', to: CREATOR, value: LUX, message: { type: 'credit', purpose: 'deposit' } },
    ]);
  });

  test('a profile without members waits from its retirement on', () => {
    const solo = registered();
    expect(solo.send(CREATOR, { type: 'remove' })).toBe('not-accepted');
    solo.send(CREATOR, { type: 'retire' });
    solo.height += 97_649n;
    expect(solo.send(CREATOR, { type: 'remove' })).toBe('profile-in-use');
    solo.height += 1n;
    expect(solo.send(CREATOR, { type: 'remove' })).toBeUndefined();
  });

  test('a large rest of old nodes takes several messages of bounded work', () => {
    const solo = registered();
    const count = 80;
    for (let number = 1; number <= count; number++) joinAs(solo, number, 100n);
    solo.height = 10_000n;
    for (let number = 1; number <= count; number++) {
      solo.send(providerOf(number), { type: 'leave', owner: address(number + 1) });
    }
    expect(solo.count(retiredNodes)).toBe(2 * count - 1);
    solo.send(CREATOR, { type: 'retire' });
    solo.height = 200_000n;
    const rest: number[] = [];
    while (solo.state === 'retired') {
      expect(solo.send(CREATOR, { type: 'remove' })).toBeUndefined();
      rest.push(solo.count(setNodes));
    }
    expect(rest).toEqual([159 - 64, 159 - 128, 0]);
    expect(solo.entries.size).toBe(0);
  });
});

test('every context fits its limit', () => {
  expect(profile.context.maxBytes).toBeLessThanOrEqual(profile.contextBytes);
});
