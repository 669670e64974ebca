import { describe, expect, test } from 'vitest';
import type { NamedShape, Shape } from '../../../../src/codec/index.ts';
import { storedFacts } from '../../../../src/machines/tee/facts.ts';
import { measurement } from '../../../../src/machines/tee/measurement.ts';
import { chainPolicy, profilePolicy } from '../../../../src/machines/tee/policy.ts';
import * as stored from '../../../../src/machines/trust-store/stored.ts';

/** A shape in words: `hex 32`, `text ≤384`, `[u32] ≤256`. */
const told = (shape: Shape): unknown => {
  switch (shape.kind) {
    case 'hex':
      return `hex ${shape.bytes}`;
    case 'uint':
      return `u${shape.bits}`;
    case 'blob':
    case 'text':
      return `${shape.kind} ≤${shape.maxBytes}`;
    case 'enum':
      return shape.literals.join(' ');
    case 'list':
      return { ['≤' + shape.maxItems]: told(shape.item) };
    case 'rows':
      return { ['≤' + shape.maxRows]: fields(shape.fields) };
    case 'optional':
    case 'embedded':
      return { [shape.kind]: told(shape.item) };
    case 'record':
      return fields(shape.fields);
    case 'variants':
      return shape.variants.map((each) => [each.tag, each.name, fields(each.fields)]);
    default:
      return shape.kind;
  }
};
const fields = (named: readonly NamedShape[]): unknown =>
  Object.fromEntries(named.map(({ name, shape }) => [name, told(shape)]));

const STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
].join(' ');
const QUOTE_STATUSES = `${STATUSES} TDRelaunchAdvised TDRelaunchAdvisedConfigurationNeeded`;
const HASH = 'hex 32';
const POINT = 'hex 65';
const SERIAL = 'hex 20';
const VALIDITY = { notBefore: 'u64', notAfter: 'u64' };
const ADVISORIES = { embedded: { '≤256': 'text ≤384' } };
const MODULE = { mrSigner: 'hex 48', attributes: 'hex 8' };
const LABELS = { '≤16': { category: 'text ≤384', type: 'text ≤384' } };
const COMPONENT_LEVELS = {
  '≤256': {
    isvSvn: 'u32',
    date: 'u64',
    status: 'UpToDate OutOfDate Revoked',
    advisoryIds: ADVISORIES,
  },
};
const SIGNED = {
  anchor: HASH,
  sha256: HASH,
  signer: { sha256: HASH, publicKey: POINT, serial: SERIAL, ...VALIDITY },
  version: 'u32',
  issueDate: 'u64',
  nextUpdate: 'u64',
  evaluationNumber: 'u32',
};

/** Bytes on the chain are consensus: a node that lays them out otherwise leaves the others. */
describe('bytes on the chain are laid out as the vendor’s formats have them', () => {
  test('measurements: registers of 48 bytes, hashes of 32, attributes of 8', () => {
    const optional = (text: string) => ({ optional: text });
    const [hash, register, attributes] = [HASH, 'hex 48', 'hex 8'].map(optional);
    expect(told(measurement.shape)).toEqual([
      [
        1,
        'enclave',
        {
          mrEnclave: hash,
          mrSigner: hash,
          isvProdId: optional('u16'),
          minIsvSvn: 'u16',
          configId: optional('hex 64'),
        },
      ],
      [
        2,
        'trustDomain',
        {
          mrTd: register,
          rtMr0: register,
          rtMr1: register,
          rtMr2: register,
          rtMr3: register,
          mrConfigId: register,
          mrOwner: register,
          mrOwnerConfig: register,
          xfam: attributes,
          tdAttributes: attributes,
        },
      ],
    ]);
  });

  test.each([
    ['the chain', chainPolicy, 128],
    ['a profile', profilePolicy, 16],
  ] as const)('the policy of %s, with lists of its own length', (_, schema, platforms) => {
    expect(told(schema.shape)).toEqual({
      tees: { '≤2': 'SGX TDX' },
      statuses: { '≤8': QUOTE_STATUSES },
      allowDebug: 'bool',
      tdAttributesAllowed: 'hex 8',
      tdAttributesRequired: 'hex 8',
      serviceTds: { '≤8': 'hex 48' },
      tdxModules: { '≤8': 'hex 48' },
      minEvaluationNumber: 'u32',
      maxTcbAgeSeconds: 'u32',
      deniedAdvisories: { '≤32': 'text ≤32' },
      deniedPlatforms: { [`≤${platforms}`]: HASH },
      allowedPlatforms: { [`≤${platforms}`]: HASH },
      allowSmt: 'bool',
      allowDynamicPlatform: 'bool',
      requireZeroQeReportDataTail: 'bool',
    });
  });

  test('what a verified quote says', () => {
    const evaluation = { status: STATUSES, tcbDate: 'u64', advisoryIds: ADVISORIES };
    const maybe = { optional: 'bool' };
    const { platform, qe, ...rest } = told(storedFacts.shape) as Readonly<Record<string, unknown>>;
    expect(platform).toEqual({
      fmspc: 'hex 6',
      pceId: 'hex 2',
      pceSvn: 'u32',
      components: 'hex 16',
      cpuSvn: 'hex 16',
      ca: 'platform processor',
      ppidHash: HASH,
      pckSerialHash: HASH,
      sgxType: 'u32',
      dynamicPlatform: maybe,
      cachedKeys: maybe,
      smtEnabled: maybe,
    });
    expect(qe).toEqual({
      isvSvn: 'u32',
      mrEnclave: HASH,
      evaluationNumber: 'u32',
      reportDataTailIsZero: 'bool',
    });
    const documents = ['root', 'rootCrl', 'pckCa', 'pckCrl', 'tcbInfo', 'qeIdentity'];
    expect(rest).toEqual({
      quoteId: HASH,
      signedId: HASH,
      quoteVersion: 'u8',
      tee: 'SGX TDX',
      status: QUOTE_STATUSES,
      launch: evaluation,
      current: evaluation,
      evaluationNumber: 'u32',
      body: 'blob ≤885',
      debug: 'bool',
      collateral: Object.fromEntries(documents.map((name) => [name, HASH])),
      verifiedAt: 'u64',
      validThrough: 'u64',
    });
  });

  test('certificates and revocation lists', () => {
    const named = { subject: 'blob ≤4096', publicKey: POINT, serial: SERIAL, ...VALIDITY };
    const certificate = { sha256: HASH, der: 'blob ≤4096', ...named };
    expect(told(stored.anchorRecord.shape)).toEqual(certificate);
    expect(told(stored.pckCaRecord.shape)).toEqual({
      ...certificate,
      anchor: HASH,
      ca: 'platform processor',
    });
    expect(told(stored.crlRecord.shape)).toEqual({
      anchor: HASH,
      sha256: HASH,
      issuer: 'blob ≤4096',
      issuerKey: POINT,
      thisUpdate: 'u64',
      nextUpdate: 'u64',
      crlNumber: 'blob ≤20',
      revokedSerials: 'blob ≤81920',
    });
  });

  test('TCB information: sixteen components, and as many labels', () => {
    expect(told(stored.tcbInfoRecord.shape)).toEqual({
      ...SIGNED,
      tee: 'SGX TDX',
      fmspc: 'hex 6',
      pceId: 'hex 2',
      module: { optional: MODULE },
      moduleIdentities: {
        '≤256': { id: 'text ≤384', ...MODULE, levels: { embedded: COMPONENT_LEVELS } },
      },
      levels: {
        '≤256': {
          sgx: 'blob ≤16',
          pceSvn: 'u16',
          tdx: 'blob ≤16',
          date: 'u64',
          status: `${STATUSES} Revoked`,
          advisoryIds: ADVISORIES,
        },
      },
      sgxLabels: LABELS,
      tdxLabels: LABELS,
    });
  });

  test('the identity of a quoting enclave', () => {
    expect(told(stored.qeIdentityRecord.shape)).toEqual({
      ...SIGNED,
      id: 'QE TD_QE',
      miscSelect: 'hex 4',
      miscSelectMask: 'hex 4',
      attributes: 'hex 16',
      attributesMask: 'hex 16',
      mrSigner: HASH,
      isvProdId: 'u16',
      levels: COMPONENT_LEVELS,
    });
  });
});
