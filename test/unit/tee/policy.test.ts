import { describe, expect, it } from 'vitest';
import { hex } from '../../../src/tee/bytes.ts';
import {
  applyPolicy,
  checkPolicy,
  DEFAULT_POLICY,
  type EnclaveMeasurement,
  measurementOf,
  type QuoteFacts,
  requireStricter,
  TD_ATTRIBUTE_DEBUG,
  TD_ATTRIBUTE_SEPT_VE_DISABLE,
  TD_ATTRIBUTES_ALLOWED,
  type TeePolicy,
} from '../../../src/tee/index.ts';
import type { LevelSpec, Patch } from '../../../src/tee/generator/index.ts';
import { must, refusal } from './vectors.ts';
import { judgeWorld, NOW } from './world.ts';
import { DATE, repeat } from './change.ts';

const facts = (patches: readonly Patch[] = [], body: 'td10' | 'td15' | 'td15ex' = 'td10') =>
  must(judgeWorld({}, { version: body === 'td10' ? 4 : 5, body, patches }));

const code = (of: QuoteFacts, change: Partial<TeePolicy> = {}, now = NOW): string => {
  const verdict = applyPolicy(of, { ...DEFAULT_POLICY, ...change }, now);
  return verdict.ok ? 'accepted' : verdict.failure.code;
};

const bit = (index: number): Uint8Array => {
  const field = TD_ATTRIBUTE_SEPT_VE_DISABLE.slice();
  field[index >>> 3] = (field[index >>> 3] ?? 0) | (1 << (index & 7));
  return field;
};

describe('TD attributes', () => {
  it('names the bits as the TDX module ABI numbers them', () => {
    const set = (field: Uint8Array) =>
      Array.from({ length: 64 }, (_, i) => i).filter(
        (i) => ((field[i >>> 3] ?? 0) & (1 << (i & 7))) !== 0,
      );
    expect(set(TD_ATTRIBUTE_DEBUG)).toEqual([0]);
    expect(set(TD_ATTRIBUTE_SEPT_VE_DISABLE)).toEqual([28]);
    expect(set(TD_ATTRIBUTES_ALLOWED)).toEqual([28, 30, 31, 63]);
  });

  it('allows PKS, KL and PERFMON, refuses debug and each reserved bit', () => {
    for (let index = 0; index < 64; index += 1) {
      const found = code(facts([[120, bit(index)]]));
      const expected = [28, 30, 31, 63].includes(index)
        ? 'accepted'
        : index === 0
          ? 'tee/policy-debug'
          : 'tee/policy-attributes';
      expect(found, `bit ${String(index)}`).toBe(expected);
    }
  });

  it('demands SEPT_VE_DISABLE', () => {
    expect(code(facts([[120, new Uint8Array(8)]]))).toBe('tee/policy-sept-ve');
  });

  it('lets a chain name new bits in its mask', () => {
    const tdAttributesAllowed = hex('000000d800000080');
    expect(code(facts([[120, bit(27)]]), { tdAttributesAllowed })).toBe('accepted');
  });

  it('accepts debug only where a policy says so', () => {
    expect(code(facts([[120, bit(0)]]), { allowDebug: true })).toBe('accepted');
    const sgx = must(judgeWorld({ tee: 'SGX' }, { patches: [[48, hex('07')]] }));
    expect(sgx.debug).toBe(true);
    expect(code(sgx)).toBe('tee/policy-debug');
  });
});

describe('service TDs', () => {
  const bound = new Uint8Array(48).fill(9);

  it.each([
    ['MRSERVICETD', 'td15', 600],
    ['MRSERVICETD, extended body', 'td15ex', 600],
    ['hash at launch', 'td15ex', 729],
    ['hash now', 'td15ex', 829],
  ] as const)('refuses a bound service TD by its %s unless listed', (_what, body, offset) => {
    const found = facts([[offset, bound]], body);
    expect(code(found)).toBe('tee/policy-service-td');
    expect(code(found, { serviceTds: [bound] })).toBe('accepted');
    expect(code(found, { serviceTds: [new Uint8Array(48).fill(8)] })).toBe('tee/policy-service-td');
  });
});

describe('statuses and levels', () => {
  const withStatus = (status: LevelSpec['status'], advisoryIds: readonly string[] = []) =>
    must(
      judgeWorld({
        tcbInfo: {
          levels: [{ sgx: repeat(5), pceSvn: 13, tdx: repeat(0), date: DATE, status, advisoryIds }],
        },
      }),
    );

  it('accepts UpToDate and SWHardeningNeeded by default, others when named', () => {
    const accepted = ['UpToDate', 'SWHardeningNeeded'];
    for (const status of [
      'UpToDate',
      'SWHardeningNeeded',
      'ConfigurationNeeded',
      'ConfigurationAndSWHardeningNeeded',
      'OutOfDate',
      'OutOfDateConfigurationNeeded',
    ] as const) {
      const found = withStatus(status);
      expect(code(found)).toBe(accepted.includes(status) ? 'accepted' : 'tee/policy-status');
      expect(code(found, { statuses: [status] })).toBe('accepted');
    }
  });

  it('says which component falls short, and by how much, when it refuses a status', () => {
    const platform = { components: [4, ...repeat(5).slice(1)] };
    const found = must(judgeWorld({ platform }));
    const rejection = refusal(applyPolicy(found, DEFAULT_POLICY, NOW));
    expect(rejection).toMatchObject({
      code: 'tee/policy-status',
      shortfall: [{ part: 'sgx', index: 0, have: 4, need: 5 }],
    });
  });

  it('judges the module that runs now as well as the one at launch', () => {
    const old = hex('03000300000000000000000000000000');
    const rolledBack = must(judgeWorld({}, { version: 5, body: 'td15', patches: [[584, old]] }));
    expect(rolledBack.status).toBe('UpToDate');
    expect(rolledBack.current.status).toBe('OutOfDate');
    expect(code(rolledBack)).toBe('tee/policy-current-status');
    const updated = must(judgeWorld({}, { version: 5, body: 'td15', patches: [[0, old]] }));
    expect(updated.status).toBe('TDRelaunchAdvised');
    expect(code(updated)).toBe('tee/policy-status');
    const statuses = ['UpToDate', 'TDRelaunchAdvised'] as const;
    expect(code(updated, { statuses })).toBe('accepted');
  });

  it('denies advisories and old levels where a policy asks for it', () => {
    const found = withStatus('SWHardeningNeeded', ['INTEL-SA-00615']);
    expect(code(found, { deniedAdvisories: ['INTEL-SA-00615'] })).toBe('tee/policy-advisory');
    expect(code(found, { deniedAdvisories: ['INTEL-SA-00616'] })).toBe('accepted');
    const age = NOW - DATE;
    expect(code(found, { maxTcbAgeSeconds: age })).toBe('accepted');
    expect(code(found, { maxTcbAgeSeconds: age - 1 })).toBe('tee/policy-tcb-age');
  });
});

describe('other rules', () => {
  it('accepts only the kinds of TEE, modules and configurations that are named', () => {
    const found = facts();
    expect(code(found, { tees: ['SGX'] })).toBe('tee/policy-tee');
    expect(code(found, { tdxModules: [new Uint8Array(48)] })).toBe('accepted');
    expect(code(found, { tdxModules: [new Uint8Array(48).fill(1)] })).toBe('tee/policy-module');
    expect(code(found, { allowSmt: false, allowDynamicPlatform: false })).toBe('accepted');
    const smt = must(judgeWorld({ platform: { smtEnabled: true } }));
    expect(code(smt, { allowSmt: false })).toBe('tee/policy-platform-configuration');
    const processor = must(judgeWorld({ platform: { instanceId: undefined } }));
    expect(processor.platform).toMatchObject({ ca: 'processor', smtEnabled: undefined });
    expect(code(processor)).toBe('accepted');
    expect(code(processor, { allowSmt: false })).toBe('tee/policy-platform-configuration');
  });

  it('believes facts from their verification to the end of their collateral', () => {
    const found = facts();
    expect(code(found, {}, NOW - 1)).toBe('tee/policy-facts-stale');
    expect(code(found, {}, found.validThrough)).toBe('accepted');
    expect(code(found, {}, found.validThrough + 1)).toBe('tee/policy-facts-stale');
  });

  it('matches enclaves by code or by signer, product and least version', () => {
    const patches = [
      [64, new Uint8Array(32).fill(1)],
      [128, new Uint8Array(32).fill(2)],
      [256, Uint8Array.of(3, 0, 4, 0)],
    ] as const;
    const found = must(judgeWorld({ tee: 'SGX' }, { patches }));
    const exact = measurementOf(found);
    expect(code(found, { measurements: [exact] })).toBe('accepted');
    const signer: EnclaveMeasurement = {
      tee: 'SGX',
      mrEnclave: 'any',
      mrSigner: new Uint8Array(32).fill(2),
      isvProdId: 3,
      minIsvSvn: 4,
      configId: 'any',
    };
    expect(code(found, { measurements: [signer] })).toBe('accepted');
    for (const wrong of [
      { isvProdId: 4 },
      { minIsvSvn: 5 },
      { mrSigner: new Uint8Array(32) },
      { mrEnclave: new Uint8Array(32) },
      { configId: new Uint8Array(64).fill(1) },
    ]) {
      expect(code(found, { measurements: [{ ...signer, ...wrong }] })).toBe(
        'tee/policy-measurements',
      );
    }
  });
});

describe('policies themselves', () => {
  it('are refused when malformed', () => {
    const bad: readonly Partial<TeePolicy>[] = [
      { tees: [] },
      { tdAttributesAllowed: new Uint8Array(7) },
      { serviceTds: [new Uint8Array(32)] },
      { deniedPlatforms: [new Uint8Array(31)] },
      { minEvaluationNumber: -1 },
      { maxTcbAgeSeconds: 0.5 },
      { measurements: [{ ...measurementOf(facts()), mrTd: 'any' } as never] },
    ];
    expect(checkPolicy(DEFAULT_POLICY).ok).toBe(true);
    for (const change of bad) {
      expect(refusal(checkPolicy({ ...DEFAULT_POLICY, ...change })).code).toBe(
        'tee/policy-invalid',
      );
    }
  });

  it('refine one another in one direction only', () => {
    const measured = measurementOf(facts());
    const stricter: readonly Partial<TeePolicy>[] = [
      { tees: ['TDX'] },
      { statuses: ['UpToDate'] },
      { tdAttributesAllowed: TD_ATTRIBUTE_SEPT_VE_DISABLE },
      { tdAttributesRequired: hex('0000005000000000') },
      { tdxModules: [new Uint8Array(48)] },
      { minEvaluationNumber: 1 },
      { maxTcbAgeSeconds: 1 },
      { deniedAdvisories: ['INTEL-SA-00615'] },
      { deniedPlatforms: [new Uint8Array(32)] },
      { allowedPlatforms: [new Uint8Array(32)] },
      { allowSmt: false },
      { allowDynamicPlatform: false },
      { measurements: [measured] },
    ];
    expect(requireStricter(DEFAULT_POLICY, DEFAULT_POLICY).ok).toBe(true);
    for (const change of stricter) {
      const inner = { ...DEFAULT_POLICY, ...change };
      expect(requireStricter(inner, DEFAULT_POLICY).ok, Object.keys(change).join()).toBe(true);
      expect(refusal(requireStricter(DEFAULT_POLICY, inner)).details).toEqual({
        field: Object.keys(change)[0],
      });
    }
    for (const looser of [
      { allowDebug: true },
      { serviceTds: [new Uint8Array(48)] },
      { requireZeroQeReportDataTail: false },
    ]) {
      expect(requireStricter({ ...DEFAULT_POLICY, ...looser }, DEFAULT_POLICY).ok).toBe(false);
    }
  });
});
