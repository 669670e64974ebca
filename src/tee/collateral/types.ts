import type { Tee } from '../quote/types.ts';
import type { Seconds } from '../time.ts';

/**
 * Records of checked collateral. All of them are plain data: byte strings, texts, integers and
 * lists, so that a chain can store them as canonical bytes. A record says what was signed; whether
 * it applies at a time (validity, revocation) is checked again at every use.
 */

/** The pinned root certificate. */
export interface TrustAnchor {
  /** SHA-256 of the DER: what every other record names as its anchor. */
  readonly sha256: Uint8Array;
  readonly der: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly serial: Uint8Array;
  readonly notBefore: Seconds;
  readonly notAfter: Seconds;
}

/** The Platform or Processor CA, which issues PCK certificates. */
export interface PckCaRecord {
  readonly anchor: Uint8Array;
  readonly sha256: Uint8Array;
  readonly der: Uint8Array;
  readonly ca: PckCaKind;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly serial: Uint8Array;
  readonly notBefore: Seconds;
  readonly notAfter: Seconds;
}

export type PckCaKind = 'platform' | 'processor';

/** A revocation list of the root or of a PCK CA. */
export interface CrlRecord {
  readonly anchor: Uint8Array;
  readonly sha256: Uint8Array;
  /** DER of the issuer's name and its key: entries are scoped to them. */
  readonly issuer: Uint8Array;
  readonly issuerKey: Uint8Array;
  readonly thisUpdate: Seconds;
  readonly nextUpdate: Seconds;
  readonly crlNumber: Uint8Array;
  /** 20 octets an entry, ascending. */
  readonly revokedSerials: Uint8Array;
}

/** The certificate whose key signed a document. */
export interface SignerRecord {
  readonly sha256: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly serial: Uint8Array;
  readonly notBefore: Seconds;
  readonly notAfter: Seconds;
}

/** PCS API v4, tcbStatus of TCB levels. */
export const TCB_STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const;
export type TcbStatus = (typeof TCB_STATUSES)[number];

/** tcbStatus of quoting enclaves and TDX modules. */
export const COMPONENT_STATUSES = ['UpToDate', 'OutOfDate', 'Revoked'] as const;
export type ComponentStatus = (typeof COMPONENT_STATUSES)[number];

export interface TcbLevel {
  /** 16 component SVNs. */
  readonly sgx: Uint8Array;
  readonly pceSvn: number;
  /** 16 component SVNs, or empty in TCB information for SGX. */
  readonly tdx: Uint8Array;
  readonly date: Seconds;
  readonly status: TcbStatus;
  readonly advisoryIds: readonly string[];
}

/** A level of a quoting enclave or TDX module: matched by one security version. */
export interface ComponentLevel {
  readonly isvSvn: number;
  readonly date: Seconds;
  readonly status: ComponentStatus;
  readonly advisoryIds: readonly string[];
}

export interface ModuleIdentity {
  readonly mrSigner: Uint8Array;
  readonly attributes: Uint8Array;
}

export interface VersionedModuleIdentity extends ModuleIdentity {
  /** In capitals, as `TDX_01`. */
  readonly id: string;
  readonly levels: readonly ComponentLevel[];
}

/** The vendor's words for a component. */
export interface ComponentLabel {
  readonly category: string;
  readonly type: string;
}

interface SignedDocument {
  readonly anchor: Uint8Array;
  /** SHA-256 of the signed bytes. */
  readonly sha256: Uint8Array;
  readonly signer: SignerRecord;
  readonly version: number;
  readonly issueDate: Seconds;
  readonly nextUpdate: Seconds;
  readonly evaluationNumber: number;
}

export interface TcbInfoRecord extends SignedDocument {
  readonly tee: Tee;
  readonly fmspc: Uint8Array;
  readonly pceId: Uint8Array;
  /** The module of version 0; TDX only. */
  readonly module: ModuleIdentity | undefined;
  readonly moduleIdentities: readonly VersionedModuleIdentity[];
  /** From the highest level to the lowest: the first that matches counts. */
  readonly levels: readonly TcbLevel[];
  /** 16 labels each, of the highest level; empty ones where the document has none. */
  readonly sgxLabels: readonly ComponentLabel[];
  readonly tdxLabels: readonly ComponentLabel[];
}

export interface QeIdentityRecord extends SignedDocument {
  readonly id: 'QE' | 'TD_QE';
  readonly miscSelect: Uint8Array;
  readonly miscSelectMask: Uint8Array;
  readonly attributes: Uint8Array;
  readonly attributesMask: Uint8Array;
  readonly mrSigner: Uint8Array;
  readonly isvProdId: number;
  /** From the highest security version to the lowest. */
  readonly levels: readonly ComponentLevel[];
}

/** Everything that one quote needs, of one root. */
export interface TrustedCollateral {
  readonly anchor: TrustAnchor;
  readonly rootCrl: CrlRecord;
  readonly pckCa: PckCaRecord;
  readonly pckCrl: CrlRecord;
  readonly tcbInfo: TcbInfoRecord;
  readonly qeIdentity: QeIdentityRecord;
}

/** A signed document as served: the bytes of the JSON object and the signature over them. */
export interface SignedJson {
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  /** PEM: TCB signing certificate, root. */
  readonly issuerChain: Uint8Array;
}

/** Collateral as the vendor's service hands it out. */
export interface RawCollateral {
  /** PEM: PCK CA, root. */
  readonly pckCrlIssuerChain: Uint8Array;
  readonly rootCrl: Uint8Array;
  readonly pckCrl: Uint8Array;
  readonly tcbInfo: SignedJson;
  readonly qeIdentity: SignedJson;
}
