import { describe, expect, test } from 'vitest';
import { decode, encode } from '../../../../src/codec/index.ts';
import { restoreFacts, storedFacts, storeFacts } from '../../../../src/machines/tee/facts.ts';
import {
  libraryMeasurement,
  profileMeasurement,
} from '../../../../src/machines/tee/measurement.ts';
import { libraryPolicy, policyRecordOf } from '../../../../src/machines/tee/policy.ts';
import { profilePolicyWithin } from '../../../../src/machines/tee/policy.ts';
import { measurementOf, type Measurement } from '../../../../src/tee/index.ts';
import { DEFAULT_POLICY } from '../../../../src/tee/policy/default.ts';
import { LOCAL, localWorld } from '../../../support/tee-market.ts';
import { factsOf } from './tee-support.ts';

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);

describe('measurements of a profile', () => {
  const sgx: Measurement = {
    tee: 'SGX',
    mrEnclave: bytes(32, 1),
    mrSigner: 'any',
    isvProdId: 7,
    minIsvSvn: 3,
    configId: 'any',
  };

  test('are those of the library: what is not looked at stays so', () => {
    const stored = profileMeasurement(sgx);
    expect(stored).toEqual({
      type: 'enclave',
      mrEnclave: '01'.repeat(32),
      mrSigner: undefined,
      isvProdId: 7,
      minIsvSvn: 3,
      configId: undefined,
    });
    expect(libraryMeasurement(stored)).toEqual(sgx);
    const anyProduct = { ...sgx, mrEnclave: 'any', isvProdId: 'any' } as const;
    expect(profileMeasurement(anyProduct)).toMatchObject({
      mrEnclave: undefined,
      isvProdId: undefined,
    });
    expect(libraryMeasurement(profileMeasurement(anyProduct))).toEqual(anyProduct);
  });

  test('are those of the library for trust domains, register by register', () => {
    const whole = measurementOf(factsOf(LOCAL, { patches: [[376, bytes(48, 9)]] }));
    const stored = profileMeasurement({ ...whole, mrTd: 'any' } as Measurement);
    expect(stored).toMatchObject({
      type: 'trustDomain',
      mrTd: undefined,
      rtMr0: '00'.repeat(48),
      rtMr1: '09'.repeat(48),
    });
    expect(libraryMeasurement(stored)).toEqual({ ...whole, mrTd: 'any' });
  });
});

describe('policies', () => {
  const full = {
    ...DEFAULT_POLICY,
    serviceTds: [bytes(48, 2)],
    tdxModules: [bytes(48, 3)],
    deniedAdvisories: ['INTEL-SA-00001'],
    deniedPlatforms: [bytes(32, 4)],
    allowedPlatforms: [bytes(32, 5)],
  };

  test('on the chain have hex where the library has bytes, and no measurements', () => {
    const { measurements: _, ...rest } = full;
    const record = policyRecordOf({ ...full, measurements: [measurementOf(factsOf(LOCAL))] });
    expect(record).toEqual({
      ...rest,
      tdAttributesAllowed: '000000d000000080',
      tdAttributesRequired: '0000001000000000',
      serviceTds: ['02'.repeat(48)],
      tdxModules: ['03'.repeat(48)],
      deniedPlatforms: ['04'.repeat(32)],
      allowedPlatforms: ['05'.repeat(32)],
    });
    expect(libraryPolicy(record)).toEqual(full);
    expect(libraryPolicy(record)).toBe(libraryPolicy(record));
  });

  test('of a profile deny what the chain denies, and more', () => {
    const chain = policyRecordOf({ ...full, allowedPlatforms: [], serviceTds: [] });
    const own = policyRecordOf({
      ...full,
      statuses: ['UpToDate'],
      deniedAdvisories: ['INTEL-SA-00002'],
      deniedPlatforms: [bytes(32, 6)],
    });
    expect(profilePolicyWithin(own, chain)).toEqual({
      ...full,
      statuses: ['UpToDate'],
      deniedAdvisories: ['INTEL-SA-00001', 'INTEL-SA-00002'],
      deniedPlatforms: [bytes(32, 4), bytes(32, 6)],
    });
  });
});

describe('what a verified quote says', () => {
  const behind = localWorld({
    platform: { components: [...Array.from({ length: 15 }, () => 5), 4] },
  });

  test.each([
    ['TDX', behind, {}],
    ['TDX 1.5', LOCAL, { version: 5, body: 'td15' }],
    ['SGX', localWorld({ tee: 'SGX' }), {}],
  ] as const)('comes back from bytes but for what falls short: %s', (_, world, options) => {
    const facts = factsOf(world, { ...options, reportData: bytes(64, 8) });
    const stored = storeFacts(facts);
    expect(stored.body).toEqual(facts.report.raw);
    const again = decode(storedFacts, encode(storedFacts, stored), storedFacts.maxBytes);
    if (!again.ok) throw new Error(again.failure.code);
    expect(restoreFacts(again.value)).toStrictEqual({
      ...facts,
      launch: { ...facts.launch, shortfall: [] },
      current: { ...facts.current, shortfall: [] },
    });
  });

  test('names the enclave of an SGX quote, and the registers of a trust domain', () => {
    const sgx = restoreFacts(storeFacts(factsOf(localWorld({ tee: 'SGX' }))));
    const tdx = restoreFacts(storeFacts(factsOf(LOCAL)));
    expect([sgx.report.kind, tdx.report.kind]).toEqual(['sgx', 'td10']);
    expect([sgx.report.raw.length, tdx.report.raw.length]).toEqual([384, 584]);
  });
});
