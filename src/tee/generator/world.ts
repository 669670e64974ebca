import { sha256 } from '@noble/hashes/sha2.js';
import { ascii, hex } from '../bytes.ts';
import type { RawCollateral } from '../collateral/types.ts';
import { parseIsoTime, type Seconds } from '../time.ts';
import { assert } from '../result.ts';
import { CommonName } from '../x509/purpose.ts';
import { type CertificateSpec, makeCertificate, makeCrl } from './certificate.ts';
import { pem } from './der.ts';
import {
  type LevelSpec,
  qeIdentityJson,
  type QeIdentitySpec,
  signDocument,
  tcbInfoJson,
  type TcbInfoSpec,
} from './documents.ts';
import { type TestKey, testKey } from './keys.ts';
import { DEFAULT_PLATFORM, type PlatformSpec, sgxExtension } from './platform.ts';
import { type BodyKind, makeQuote, type Patch, type QeSpec } from './quote.ts';

/**
 * To be shown wherever a generated root is trusted: keys of this hierarchy follow from a public
 * seed, so anyone can sign anything with them.
 */
export const TEST_ROOT_WARNING =
  'TEST ROOT TRUSTED: TEE reports are checked against a generated root whose keys are public. ' +
  'They prove nothing. Never use this outside a local network.';

const moment = (text: string): Seconds => {
  const seconds = parseIsoTime(text);
  assert(seconds !== undefined, 'a valid moment');
  return seconds;
};

/** Validity of everything generated, unless told otherwise. */
export const WORLD_START = moment('2024-01-01T00:00:00Z');
export const WORLD_END = moment('2049-12-31T00:00:00Z');

/** A hierarchy of test keys: all follow from the seed. */
export interface TestKeys {
  readonly root: TestKey;
  readonly pckCa: TestKey;
  readonly tcbSigner: TestKey;
  readonly pck: TestKey;
  readonly attestation: TestKey;
}

/** A complete, consistent set to verify quotes with, and to take apart in tests. */
export interface TestWorld {
  readonly keys: TestKeys;
  readonly specs: WorldSpecs;
  readonly rootDer: Uint8Array;
  readonly pckCaDer: Uint8Array;
  readonly pckDer: Uint8Array;
  readonly collateral: RawCollateral;
  readonly pckChain: Uint8Array;
  readonly qe: QeSpec;
}

export interface WorldSpecs {
  readonly root: CertificateSpec;
  readonly pckCa: CertificateSpec;
  readonly tcbSigner: CertificateSpec;
  readonly pck: CertificateSpec;
  readonly tcbInfo: TcbInfoSpec;
  readonly qeIdentity: QeIdentitySpec;
}

export interface WorldOptions {
  readonly tee?: 'SGX' | 'TDX';
  readonly platform?: Partial<PlatformSpec>;
  readonly tcbInfo?: Partial<TcbInfoSpec>;
  readonly qeIdentity?: Partial<QeIdentitySpec>;
  readonly pck?: Partial<CertificateSpec>;
  readonly pckCa?: Partial<CertificateSpec>;
  readonly tcbSigner?: Partial<CertificateSpec>;
  readonly qe?: Partial<QeSpec>;
  readonly rootRevoked?: readonly Uint8Array[];
  readonly pckRevoked?: readonly Uint8Array[];
  readonly crlWindow?: readonly [thisUpdate: Seconds, nextUpdate: Seconds];
}

const serial = (seed: string, label: string): Uint8Array => {
  const bytes = sha256(ascii(`aivm-test-serial/${seed}/${label}`)).slice(0, 20);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
};

const repeat = (svn: number): readonly number[] => Array.from({ length: 16 }, () => svn);

const tdxComponents = (module: number, seamldr: number): readonly number[] =>
  [module, 0, seamldr, ...repeat(0)].slice(0, 16);

/** An up-to-date level that the default platform reaches, and an outdated one below. */
const defaultLevels = (tdx: boolean): readonly LevelSpec[] => [
  {
    sgx: repeat(5),
    pceSvn: 13,
    date: moment('2025-05-14T00:00:00Z'),
    status: 'UpToDate',
    ...(tdx ? { tdx: tdxComponents(5, 4) } : {}),
  },
  {
    sgx: repeat(3),
    pceSvn: 11,
    date: moment('2024-03-13T00:00:00Z'),
    status: 'OutOfDate',
    advisoryIds: ['TEST-SA-00001'],
    ...(tdx ? { tdx: tdxComponents(3, 3) } : {}),
  },
];

const QE_MRSIGNER = hex('dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5');
const DATES = {
  issueDate: WORLD_START,
  nextUpdate: WORLD_END,
  evaluationNumber: 20,
} as const;

const documentSpecs = (
  options: WorldOptions,
  platform: PlatformSpec,
): Pick<WorldSpecs, 'tcbInfo' | 'qeIdentity'> => {
  const tee = options.tee ?? 'TDX';
  const date = moment('2025-05-14T00:00:00Z');
  const zero = new Uint8Array(48);
  return {
    tcbInfo: {
      ...DATES,
      tee,
      fmspc: platform.fmspc,
      pceId: platform.pceId,
      levels: defaultLevels(tee === 'TDX'),
      moduleMrSigner: zero,
      modules: [
        { id: 'TDX_01', mrSigner: zero, levels: [{ isvSvn: 5, date, status: 'UpToDate' }] },
      ],
      ...options.tcbInfo,
    },
    qeIdentity: {
      ...DATES,
      id: tee === 'TDX' ? 'TD_QE' : 'QE',
      mrSigner: QE_MRSIGNER,
      isvProdId: tee === 'TDX' ? 2 : 1,
      levels: [{ isvSvn: 8, date, status: 'UpToDate' }],
      ...options.qeIdentity,
    },
  };
};

const certificateSpecs = (
  seed: string,
  keys: TestKeys,
  options: WorldOptions,
  platform: PlatformSpec,
): Omit<WorldSpecs, 'tcbInfo' | 'qeIdentity'> => {
  const window = { notBefore: WORLD_START, notAfter: WORLD_END } as const;
  const below = (label: string, commonName: string, publicKey: Uint8Array): CertificateSpec => ({
    ...window,
    commonName,
    issuerName: CommonName.root,
    serial: serial(seed, label),
    publicKey,
    issuerKey: keys.root,
  });
  const platformCa = platform.instanceId !== undefined;
  const caName = platformCa ? CommonName.platformCa : CommonName.processorCa;
  return {
    root: { ...below('root', CommonName.root, keys.root.publicKey), pathLength: 1 },
    pckCa: { ...below('pck-ca', caName, keys.pckCa.publicKey), pathLength: 0, ...options.pckCa },
    tcbSigner: {
      ...below('tcb-signer', 'Intel SGX TCB Signing', keys.tcbSigner.publicKey),
      ...options.tcbSigner,
    },
    pck: {
      ...below('pck', 'Intel SGX PCK Certificate', keys.pck.publicKey),
      issuerName: caName,
      issuerKey: keys.pckCa,
      sgxExtension: sgxExtension(platform),
      ...options.pck,
    },
  };
};

const testKeys = (seed: string): TestKeys => ({
  root: testKey(seed, 'root'),
  pckCa: testKey(seed, 'pck-ca'),
  tcbSigner: testKey(seed, 'tcb-signer'),
  pck: testKey(seed, 'pck'),
  attestation: testKey(seed, 'attestation'),
});

/** Everything from a seed and what is to be different: the same bytes on every machine. */
export const createTestWorld = (seed: string, options: WorldOptions = {}): TestWorld => {
  const keys = testKeys(seed);
  const platform: PlatformSpec = { ...DEFAULT_PLATFORM, ...options.platform };
  const certificates = certificateSpecs(seed, keys, options, platform);
  const documents = documentSpecs(options, platform);
  const rootDer = makeCertificate(certificates.root);
  const pckCaDer = makeCertificate(certificates.pckCa);
  const pckDer = makeCertificate(certificates.pck);
  const signerChain = pem(makeCertificate(certificates.tcbSigner), rootDer);
  const [thisUpdate, nextUpdate] = options.crlWindow ?? [WORLD_START, WORLD_END];
  const list = (issuerName: string, issuerKey: TestKey, revoked: readonly Uint8Array[] = []) =>
    makeCrl({ issuerName, issuerKey, thisUpdate, nextUpdate, revoked });
  return {
    keys,
    specs: { ...certificates, ...documents },
    rootDer,
    pckCaDer,
    pckDer,
    pckChain: pem(pckDer, pckCaDer, rootDer),
    collateral: {
      pckCrlIssuerChain: pem(pckCaDer, rootDer),
      rootCrl: list(CommonName.root, keys.root, options.rootRevoked),
      pckCrl: list(certificates.pckCa.commonName, keys.pckCa, options.pckRevoked),
      tcbInfo: signDocument(tcbInfoJson(documents.tcbInfo), keys.tcbSigner, signerChain),
      qeIdentity: signDocument(qeIdentityJson(documents.qeIdentity), keys.tcbSigner, signerChain),
    },
    qe: {
      mrSigner: documents.qeIdentity.mrSigner,
      isvProdId: documents.qeIdentity.isvProdId,
      isvSvn: 8,
      authData: new Uint8Array(32),
      ...options.qe,
    },
  };
};

export interface WorldQuoteOptions {
  readonly version?: 3 | 4 | 5;
  readonly body?: BodyKind;
  /** 64 bytes, or fewer with zeros after. */
  readonly reportData?: Uint8Array;
  /** Written after the defaults of the body. */
  readonly patches?: readonly Patch[];
  readonly certificationType?: number;
}

const REPORT_DATA_AT: Readonly<Record<BodyKind, number>> = {
  sgx: 320,
  td10: 520,
  td15: 520,
  td15ex: 520,
};

/** TEE_TCB_SVN of a module of version 0 that reaches the default level. */
const TEE_TCB_SVN = hex('05000400000000000000000000000000');
const SEPT_VE_DISABLE = hex('0000001000000000');
const SGX_ATTRIBUTES = hex('0500000000000000');

const defaultPatches = (body: BodyKind): readonly Patch[] => {
  if (body === 'sgx') return [[48, SGX_ATTRIBUTES]];
  const td: readonly Patch[] = [
    [0, TEE_TCB_SVN],
    [120, SEPT_VE_DISABLE],
  ];
  return body === 'td10' ? td : [...td, [584, TEE_TCB_SVN]];
};

/** A quote of this world's platform; by default TDX version 4, or SGX version 3 in an SGX world. */
export const makeWorldQuote = (world: TestWorld, options: WorldQuoteOptions = {}): Uint8Array => {
  const sgx = world.specs.tcbInfo.tee === 'SGX';
  const body = options.body ?? (sgx ? 'sgx' : 'td10');
  const reportData: Patch = [REPORT_DATA_AT[body], options.reportData ?? new Uint8Array(64)];
  return makeQuote({
    version: options.version ?? (sgx ? 3 : 4),
    body,
    patches: [...defaultPatches(body), reportData, ...(options.patches ?? [])],
    attestationKey: world.keys.attestation,
    pckKey: world.keys.pck,
    qe: world.qe,
    pckChain: world.pckChain,
    certificationType: options.certificationType ?? 5,
  });
};
