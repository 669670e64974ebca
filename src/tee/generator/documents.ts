import { ascii, toHex } from '../bytes.ts';
import type { ComponentStatus, SignedJson, TcbStatus } from '../collateral/types.ts';
import { formatIsoTime, type Seconds } from '../time.ts';
import { sign, type TestKey } from './keys.ts';

/** A JSON value, written in the order of its keys without spaces, as the vendor serves it. */
export type Writable = string | number | readonly Writable[] | { readonly [key: string]: Writable };

/** Texts here are ASCII without quotes, backslashes and control characters. */
export const writeJson = (value: Writable): string => {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'number') return String(value);
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  const members = Object.entries(value).map(([key, item]) => `"${key}":${writeJson(item)}`);
  return `{${members.join(',')}}`;
};

const isList = (value: object): value is readonly Writable[] => Array.isArray(value);

export interface LevelSpec {
  readonly sgx: readonly number[];
  readonly pceSvn: number;
  /** Left out for SGX. */
  readonly tdx?: readonly number[];
  readonly date: Seconds;
  readonly status: TcbStatus;
  readonly advisoryIds?: readonly string[];
}

export interface ComponentLevelSpec {
  readonly isvSvn: number;
  readonly date: Seconds;
  readonly status: ComponentStatus;
  readonly advisoryIds?: readonly string[];
}

export interface ModuleIdentitySpec {
  readonly id: string;
  readonly mrSigner: Uint8Array;
  readonly levels: readonly ComponentLevelSpec[];
}

interface DocumentDatesSpec {
  readonly issueDate: Seconds;
  readonly nextUpdate: Seconds;
  readonly evaluationNumber: number;
}

export interface TcbInfoSpec extends DocumentDatesSpec {
  readonly tee: 'SGX' | 'TDX';
  readonly fmspc: Uint8Array;
  readonly pceId: Uint8Array;
  readonly levels: readonly LevelSpec[];
  readonly moduleMrSigner: Uint8Array;
  readonly modules: readonly ModuleIdentitySpec[];
}

export interface QeIdentitySpec extends DocumentDatesSpec {
  readonly id: 'QE' | 'TD_QE';
  readonly mrSigner: Uint8Array;
  readonly isvProdId: number;
  readonly levels: readonly ComponentLevelSpec[];
}

const advisories = (ids: readonly string[] | undefined): { readonly [key: string]: Writable } =>
  ids === undefined || ids.length === 0 ? {} : { advisoryIDs: ids };

const componentLevel = (level: ComponentLevelSpec): Writable => ({
  tcb: { isvsvn: level.isvSvn },
  tcbDate: formatIsoTime(level.date),
  tcbStatus: level.status,
  ...advisories(level.advisoryIds),
});

const components = (svns: readonly number[]): Writable => svns.map((svn) => ({ svn }));

const level = (spec: LevelSpec): Writable => ({
  tcb: {
    sgxtcbcomponents: components(spec.sgx),
    pcesvn: spec.pceSvn,
    ...(spec.tdx === undefined ? {} : { tdxtcbcomponents: components(spec.tdx) }),
  },
  tcbDate: formatIsoTime(spec.date),
  tcbStatus: spec.status,
  ...advisories(spec.advisoryIds),
});

const ZERO_ATTRIBUTES = '0000000000000000';
const FULL_MASK = 'FFFFFFFFFFFFFFFF';

const upperHex = (bytes: Uint8Array): string => toHex(bytes).toUpperCase();

const moduleBody = (mrSigner: Uint8Array): { readonly [key: string]: Writable } => ({
  mrsigner: upperHex(mrSigner),
  attributes: ZERO_ATTRIBUTES,
  attributesMask: FULL_MASK,
});

const dates = (spec: DocumentDatesSpec): { readonly [key: string]: Writable } => ({
  issueDate: formatIsoTime(spec.issueDate),
  nextUpdate: formatIsoTime(spec.nextUpdate),
});

const modulePart = (spec: TcbInfoSpec): { readonly [key: string]: Writable } => {
  if (spec.tee === 'SGX') return {};
  const identities = spec.modules.map((module) => ({
    id: module.id,
    ...moduleBody(module.mrSigner),
    tcbLevels: module.levels.map(componentLevel),
  }));
  const listed = identities.length === 0 ? {} : { tdxModuleIdentities: identities };
  return { tdxModule: moduleBody(spec.moduleMrSigner), ...listed };
};

/** TCB information of version 3. */
export const tcbInfoJson = (spec: TcbInfoSpec): { readonly [key: string]: Writable } => ({
  id: spec.tee,
  version: 3,
  ...dates(spec),
  fmspc: upperHex(spec.fmspc),
  pceId: upperHex(spec.pceId),
  tcbType: 0,
  tcbEvaluationDataNumber: spec.evaluationNumber,
  ...modulePart(spec),
  tcbLevels: spec.levels.map(level),
});

/** The identity of a quoting enclave, version 2; the mask covers everything but DEBUG's padding. */
export const qeIdentityJson = (spec: QeIdentitySpec): { readonly [key: string]: Writable } => ({
  id: spec.id,
  version: 2,
  ...dates(spec),
  tcbEvaluationDataNumber: spec.evaluationNumber,
  miscselect: '00000000',
  miscselectMask: 'FFFFFFFF',
  attributes: '11000000000000000000000000000000',
  attributesMask: 'FBFFFFFFFFFFFFFF0000000000000000',
  mrsigner: upperHex(spec.mrSigner),
  isvprodid: spec.isvProdId,
  tcbLevels: spec.levels.map(componentLevel),
});

/** Signs the exact bytes of a document. */
export const signDocument = (
  document: Writable | string,
  key: TestKey,
  issuerChain: Uint8Array,
): SignedJson => {
  const body = ascii(typeof document === 'string' ? document : writeJson(document));
  return { body, signature: sign(key, body), issuerChain };
};
