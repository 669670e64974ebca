import type { PckCaKind, TcbStatus } from '../collateral/types.ts';
import type { Quote } from '../quote/types.ts';
import type { Shortfall } from '../result.ts';
import type { Seconds } from '../time.ts';

/** The status of a quote: the platform's, or that a relaunch of the trust domain would cure it. */
export type QuoteStatus =
  | Exclude<TcbStatus, 'Revoked'>
  | 'TDRelaunchAdvised'
  | 'TDRelaunchAdvisedConfigurationNeeded';

/** One evaluation of a TCB: platform, quoting enclave and, for TDX, the module. */
export interface TcbEvaluation {
  readonly status: Exclude<TcbStatus, 'Revoked'>;
  /** The oldest of the matched levels. */
  readonly tcbDate: Seconds;
  /** Sorted by code unit, each once. */
  readonly advisoryIds: readonly string[];
  /** What keeps it below the nearest level that is not out of date; empty when nothing does. */
  readonly shortfall: readonly Shortfall[];
}

export interface PlatformFacts {
  readonly fmspc: Uint8Array;
  readonly pceId: Uint8Array;
  readonly pceSvn: number;
  readonly components: Uint8Array;
  readonly cpuSvn: Uint8Array;
  readonly ca: PckCaKind;
  /** SHA-256 with the tags `aivm/tee-ppid/1` and `aivm/tee-pck-serial/1`: for platform lists. */
  readonly ppidHash: Uint8Array;
  readonly pckSerialHash: Uint8Array;
  readonly sgxType: number;
  /** Platform CA only; undefined of the Processor CA. */
  readonly dynamicPlatform: boolean | undefined;
  readonly cachedKeys: boolean | undefined;
  readonly smtEnabled: boolean | undefined;
}

export interface QeFacts {
  readonly isvSvn: number;
  readonly mrEnclave: Uint8Array;
  readonly evaluationNumber: number;
  /** The specification reserves the second half of the report data; verifiers ignore it. */
  readonly reportDataTailIsZero: boolean;
}

/** SHA-256 of each document that the verdict rests on. */
export interface CollateralIds {
  readonly root: Uint8Array;
  readonly rootCrl: Uint8Array;
  readonly pckCa: Uint8Array;
  readonly pckCrl: Uint8Array;
  readonly tcbInfo: Uint8Array;
  readonly qeIdentity: Uint8Array;
}

/** Everything a verified quote says. Whether that is good enough is the policy's matter. */
export interface QuoteFacts {
  /**
   * SHA-256 of the quote without padding. It names bytes: who relays a quote can change line ends
   * of its certificates or s to n - s, so it is no key to detect a repeated quote by.
   */
  readonly quoteId: Uint8Array;
  /** SHA-256 of what the attestation key signed, header and body: nobody else can change it. */
  readonly signedId: Uint8Array;
  readonly quoteVersion: 3 | 4 | 5;
  readonly tee: 'SGX' | 'TDX';
  readonly status: QuoteStatus;
  readonly advisoryIds: readonly string[];
  readonly tcbDate: Seconds;
  /** At launch; for SGX and TD 1.0 there is no other. */
  readonly launch: TcbEvaluation;
  /** With the TDX module that runs now (TD 1.5 and later); otherwise the same as at launch. */
  readonly current: TcbEvaluation;
  /** The lower of those of the TCB information and the quoting enclave's identity. */
  readonly evaluationNumber: number;
  readonly platform: PlatformFacts;
  readonly qe: QeFacts;
  /** Measurements, attributes and report data, as views of a copy of the quote. */
  readonly report: Quote['body'];
  readonly reportData: Uint8Array;
  readonly debug: boolean;
  readonly collateral: CollateralIds;
  /** The time of verification and the last second at which all collateral used is still valid. */
  readonly verifiedAt: Seconds;
  readonly validThrough: Seconds;
}
