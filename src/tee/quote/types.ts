/** A parsed quote: views of its bytes, every length checked, nothing verified yet. */
export interface Quote {
  /** The quote without padding: what a quote's id is the hash of. */
  readonly bytes: Uint8Array;
  readonly header: QuoteHeader;
  readonly body: SgxReport | TdReport;
  /** What the attestation key signs: header, body descriptor (v5) and body. */
  readonly signed: Uint8Array;
  readonly auth: AuthData;
}

export interface QuoteHeader {
  readonly version: 3 | 4 | 5;
  readonly tee: Tee;
  readonly qeSvn: number;
  readonly pceSvn: number;
  readonly userData: Uint8Array;
}

export type Tee = 'SGX' | 'TDX';

/** An enclave report body of 384 bytes. */
export interface SgxReport {
  readonly kind: 'sgx';
  readonly raw: Uint8Array;
  readonly cpuSvn: Uint8Array;
  readonly miscSelect: Uint8Array;
  readonly isvExtProdId: Uint8Array;
  readonly attributes: Uint8Array;
  readonly mrEnclave: Uint8Array;
  readonly mrSigner: Uint8Array;
  readonly configId: Uint8Array;
  readonly isvProdId: number;
  readonly isvSvn: number;
  readonly configSvn: number;
  readonly isvFamilyId: Uint8Array;
  readonly reportData: Uint8Array;
}

/** A TD report body of 584, 648 or 885 bytes. */
export interface TdReport {
  readonly kind: 'td10' | 'td15' | 'td15ex';
  readonly raw: Uint8Array;
  readonly teeTcbSvn: Uint8Array;
  readonly mrSeam: Uint8Array;
  readonly mrSignerSeam: Uint8Array;
  readonly seamAttributes: Uint8Array;
  readonly tdAttributes: Uint8Array;
  readonly xfam: Uint8Array;
  readonly mrTd: Uint8Array;
  readonly mrConfigId: Uint8Array;
  readonly mrOwner: Uint8Array;
  readonly mrOwnerConfig: Uint8Array;
  readonly rtMr0: Uint8Array;
  readonly rtMr1: Uint8Array;
  readonly rtMr2: Uint8Array;
  readonly rtMr3: Uint8Array;
  readonly reportData: Uint8Array;
  /** TD 1.5 and later. */
  readonly td15: Td15Part | undefined;
  /** The extended body only. */
  readonly td15ex: Td15ExPart | undefined;
}

export interface Td15Part {
  readonly teeTcbSvn2: Uint8Array;
  readonly mrServiceTd: Uint8Array;
}

export interface Td15ExPart {
  readonly vmId: number;
  readonly tdId: Uint8Array;
  readonly devInfo: Uint8Array;
  readonly initialServiceTdHash: Uint8Array;
  readonly initialServiceTdAttributes: Uint8Array;
  readonly initialCpuSvn: Uint8Array;
  readonly initialTeeTcbSvn: Uint8Array;
  readonly initialTeeFmspc: Uint8Array;
  readonly currentServiceTdHash: Uint8Array;
  readonly currentServiceTdAttributes: Uint8Array;
}

/** The ECDSA signature data: the quoting enclave's own report and its certification. */
export interface AuthData {
  readonly signature: Uint8Array;
  /** x ‖ y of 32 bytes each. */
  readonly attestationKey: Uint8Array;
  readonly qeReport: SgxReport;
  readonly qeReportSignature: Uint8Array;
  readonly qeAuthData: Uint8Array;
  /** PEM of leaf, intermediate and root. */
  readonly pckChain: Uint8Array;
}
