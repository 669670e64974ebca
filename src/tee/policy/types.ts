import type { QuoteStatus } from '../verify/facts.ts';

/** Bytes that a measured field must equal, or `any`: deliberately not looked at. */
export type Expected = Uint8Array | 'any';

/**
 * The identity of a trust domain. Every part counts: MRTD alone is the firmware, not the workload,
 * so a field is skipped only by saying so.
 */
export interface TdMeasurement {
  readonly tee: 'TDX';
  readonly mrTd: Expected;
  readonly rtMr0: Expected;
  readonly rtMr1: Expected;
  readonly rtMr2: Expected;
  readonly rtMr3: Expected;
  readonly mrConfigId: Expected;
  readonly mrOwner: Expected;
  readonly mrOwnerConfig: Expected;
  readonly xfam: Expected;
  readonly tdAttributes: Expected;
}

/** The identity of an enclave: by its code, or by its signer with a product and a least version. */
export interface EnclaveMeasurement {
  readonly tee: 'SGX';
  readonly mrEnclave: Expected;
  readonly mrSigner: Expected;
  readonly isvProdId: number | 'any';
  readonly minIsvSvn: number;
  readonly configId: Expected;
}

export type Measurement = TdMeasurement | EnclaveMeasurement;

/** What a chain accepts of a verified quote. Plain data: a chain keeps it in its state. */
export interface TeePolicy {
  readonly tees: readonly ('SGX' | 'TDX')[];
  readonly statuses: readonly QuoteStatus[];
  readonly allowDebug: boolean;
  /** 8 bytes each, as TDATTRIBUTES: bits that may be set and bits that must be. */
  readonly tdAttributesAllowed: Uint8Array;
  readonly tdAttributesRequired: Uint8Array;
  /** MRSERVICETD values accepted beside zero, which means that no service TD is bound. */
  readonly serviceTds: readonly Uint8Array[];
  /** MRSEAM values of TDX modules accepted; empty for every module of the vendor. */
  readonly tdxModules: readonly Uint8Array[];
  readonly minEvaluationNumber: number;
  /** Seconds from the date of the matched TCB level; 0 for no limit. */
  readonly maxTcbAgeSeconds: number;
  readonly deniedAdvisories: readonly string[];
  /** Hashes of platforms, by PPID or by PCK serial number (`PlatformFacts`). */
  readonly deniedPlatforms: readonly Uint8Array[];
  /** Empty to allow all that are not denied. */
  readonly allowedPlatforms: readonly Uint8Array[];
  readonly allowSmt: boolean;
  readonly allowDynamicPlatform: boolean;
  readonly requireZeroQeReportDataTail: boolean;
  /** Accepted measurements; empty to accept any. */
  readonly measurements: readonly Measurement[];
}
