import { describe, expect, test } from 'vitest';
import * as api from '../../../src/genesis/index.ts';
import { MAINNET_NOTICE_SECONDS } from '../../../src/genesis/presets/tee.ts';
import { checkTrust, sortDocuments } from '../../../src/genesis/trust.ts';
import { libraryPolicy } from '../../../src/machines/tee/policy.ts';
import { createTestWorld } from '../../../src/tee/generator/index.ts';
import { DEFAULT_POLICY, INTEL_SGX_ROOT_CA } from '../../../src/tee/index.ts';
import { toHex } from '../../../src/codec/index.ts';
import { TRUST_STORE } from '../../../src/machines/kit/index.ts';
import { FILE, parse } from './support.ts';

const { checkGenesis, formatGenesis, genesisHash, genesisEntries, genesisRecords } = api;
const { documentsOf, parseGenesis, presetGenesis, presetTee } = api;

const allocations = [{ address: '00000000000000000000000000000000000000aa', amountNlux: 7n }];
const world = createTestWorld('a network of its own');
const CUSTOM = { root: world.rootDer, documents: documentsOf(world.collateral) };

const failuresOf = (tee: (typeof CUSTOM)['documents'], root = world.rootDer) =>
  checkGenesis(presetGenesis('local', { tee: { root, documents: sortDocuments(tee) } })).map(
    ({ code, details }) => `${code} ${details['path']} ${details['cause']}`,
  );

describe('the root', () => {
  test('of mainnet and testnet is the vendor’s, without documents', () => {
    for (const name of ['mainnet', 'testnet'] as const) {
      expect(presetTee(name)).toEqual({ root: INTEL_SGX_ROOT_CA, documents: [] });
      expect(genesisEntries(presetGenesis(name, { allocations }))).toEqual([]);
    }
  });

  test('stands in the trust store from the beginning', () => {
    const local = presetGenesis('local');
    const record = genesisRecords(local).find(({ id }) => id === TRUST_STORE);
    expect(record?.state).toBe('open');
    expect(record?.context).toMatchObject({ anchor: { der: local.tee.root } });
  });

  test('is refused if it is none', () => {
    expect(failuresOf([], world.pckDer)).toEqual([
      'genesis/tee-root tee.root tee/certificate-subject',
    ]);
    expect(failuresOf([], new Uint8Array(3))).toEqual([
      'genesis/tee-root tee.root tee/der-malformed',
    ]);
  });
});

describe('the documents of genesis', () => {
  test('of local are all that SGX and TDX quotes of its platform need', () => {
    const names = genesisEntries(presetGenesis('local')).map(({ collection }) => collection.name);
    expect(names.toSorted()).toEqual([
      'crls',
      'crls',
      'pckCas',
      'qeIdentities',
      'qeIdentities',
      'tcbInfos',
      'tcbInfos',
    ]);
  });

  test('are checked at its time, in any order of the file', () => {
    expect(failuresOf(CUSTOM.documents)).toEqual([]);
    expect(failuresOf(CUSTOM.documents.toReversed())).toEqual([]);
    const early = { tee: CUSTOM, time: 1_000_000_000n };
    expect(checkTrust(early)).toMatchObject({ ok: false, failure: { index: 0 } });
  });

  test('are refused below another root, twice, or without the list of the root', () => {
    const foreign = documentsOf(createTestWorld('another').collateral);
    expect(failuresOf(foreign)[0]).toContain('genesis/tee-document tee.documents[0]');
    expect(failuresOf([...CUSTOM.documents, ...CUSTOM.documents])[0]).toContain(
      'tee/collateral-older',
    );
    const withoutList = CUSTOM.documents.filter(({ type }) => type !== 'rootCrl');
    expect(failuresOf(withoutList)[0]).toContain('revocation list of the root is missing');
  });

  test('have no order in the hash', () => {
    const hashOf = (documents: typeof CUSTOM.documents) =>
      genesisHash(
        presetGenesis('local', { tee: { ...CUSTOM, documents: sortDocuments(documents) } }),
      );
    expect(hashOf(CUSTOM.documents.toReversed())).toBe(hashOf(CUSTOM.documents));
    expect(hashOf(CUSTOM.documents)).not.toBe(genesisHash(presetGenesis('local')));
  });
});

describe('the file', () => {
  test('says root and documents again as it was told', () => {
    for (const tee of [
      presetTee('local'),
      { ...CUSTOM, documents: sortDocuments(CUSTOM.documents) },
    ]) {
      const made = presetGenesis('local', { tee });
      const read = parseGenesis(formatGenesis(made));
      expect(read).toEqual({ ok: true, value: made });
    }
  });

  test('may leave the section out, and replaces only what it names', () => {
    const plain = parse(FILE);
    const rooted = parse({ ...FILE, tee: { root: toHex(world.rootDer) } });
    if (!plain.ok || !rooted.ok) throw new Error('not a genesis');
    expect(rooted.value.tee).toEqual({ root: world.rootDer, documents: [] });
    expect(plain.value.tee).toEqual(presetTee('local'));
  });

  test('is told where it is wrong', () => {
    const codes = (tee: unknown) => {
      const result = parse({ ...FILE, tee });
      return result.ok ? [] : result.failure.map(({ code, details }) => [code, details['path']]);
    };
    expect(codes({ root: 'zz' })).toEqual([['genesis/wrong-field', 'tee.root']]);
    expect(codes({ roots: '' })).toEqual([['genesis/unknown-field', 'tee.roots']]);
    expect(codes({ documents: [{ type: 'rootCrl', crl: '3003' }] })).toEqual([
      ['genesis/tee-document', 'tee.documents[0]'],
    ]);
  });
});

describe('the rules', () => {
  test('of every preset are the default policy of the TEE library', () => {
    for (const name of ['mainnet', 'testnet', 'local'] as const) {
      expect(libraryPolicy(presetGenesis(name).parameters.tee.policy)).toEqual(DEFAULT_POLICY);
    }
  });

  test('of mainnet give seven days of notice, or are refused', () => {
    const made = presetGenesis('mainnet', { allocations });
    expect(made.parameters.tee.noticeSeconds).toBe(MAINNET_NOTICE_SECONDS);
    const { parameters } = made;
    const hasty = { ...parameters, tee: { ...parameters.tee, noticeSeconds: 604_799n } };
    expect(
      checkGenesis({ ...made, parameters: hasty }).map(({ details }) => details['path']),
    ).toEqual(['parameters.tee.noticeSeconds']);
  });

  test('are read from the file, field by field', () => {
    const policy = { statuses: ['UpToDate'], allowSmt: false, deniedPlatforms: ['ab'.repeat(32)] };
    const read = parse({ ...FILE, parameters: { preset: 'mainnet', tee: { policy } } });
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    expect(read.value.parameters.tee.policy).toMatchObject(policy);
    expect(read.value.parameters.tee.policy.tees).toEqual(['SGX', 'TDX']);
  });
});
