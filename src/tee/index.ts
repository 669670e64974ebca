/**
 * Intel SGX and TDX quotes, verified from collateral that the caller holds: pure, synchronous, and
 * usable alone. Loads in a browser; see `node.ts` for the faster engine under Node.
 */
export { MESSAGES, type RejectionCode } from './errors.ts';
export {
  type Failed,
  type Rejection,
  type Result,
  type Shortfall,
  type Stage,
  TeeAssertionError,
} from './result.ts';
export { INTEL_SGX_ROOT_CA } from './intel-root.ts';
export { MAX_QUOTE_BYTES } from './limits.ts';
export type { Seconds } from './time.ts';

export { parseQuote } from './quote/parse.ts';
export type {
  AuthData,
  Quote,
  QuoteHeader,
  SgxReport,
  Td15ExPart,
  Td15Part,
  TdReport,
  Tee,
} from './quote/types.ts';

export type { Engine } from './p256/engine.ts';
export { nobleEngine } from './p256/noble.ts';
export { chooseDefaultEngine, defaultEngine } from './p256/default.ts';

export { ingestPckCa, ingestTrustAnchor, type IngestContext } from './collateral/certificates.ts';
export { ingestPckCrl, ingestRootCrl } from './collateral/revocation.ts';
export { ingestQeIdentity, ingestTcbInfo } from './collateral/documents.ts';
export { ingestCollateral, ingestContext, type IngestOptions } from './collateral/ingest.ts';
export { collateralFromJson, parseCollateralFile, splitSignedResponse } from './collateral/file.ts';
export {
  crlSlot,
  qeIdentitySlot,
  requireNewerCrl,
  requireNewerQeIdentity,
  requireNewerTcbInfo,
  tcbInfoSlot,
} from './collateral/supersede.ts';
export type {
  ComponentLabel,
  ComponentLevel,
  ComponentStatus,
  CrlRecord,
  ModuleIdentity,
  PckCaKind,
  PckCaRecord,
  QeIdentityRecord,
  RawCollateral,
  SignedJson,
  SignerRecord,
  TcbInfoRecord,
  TcbLevel,
  TcbStatus,
  TrustAnchor,
  TrustedCollateral,
  VersionedModuleIdentity,
} from './collateral/types.ts';

export { verifyParsedQuote, verifyQuote, type VerifyOptions } from './verify/verify.ts';
export { createVerifyCache, DEFAULT_CACHE_ENTRIES, type VerifyCache } from './verify/cache.ts';
export { pckSerialHash, ppidHash } from './verify/platform-id.ts';
export type {
  CollateralIds,
  PlatformFacts,
  QeFacts,
  QuoteFacts,
  QuoteStatus,
  TcbEvaluation,
} from './verify/facts.ts';

export { applyPolicy, requireReportData } from './policy/apply.ts';
export { checkPolicy, MAX_POLICY_LIST, requireStricter } from './policy/check.ts';
export {
  DEFAULT_POLICY,
  TD_ATTRIBUTE_DEBUG,
  TD_ATTRIBUTE_SEPT_VE_DISABLE,
  TD_ATTRIBUTES_ALLOWED,
} from './policy/default.ts';
export { matchesMeasurement, measurementOf } from './policy/measurements.ts';
export type {
  EnclaveMeasurement,
  Expected,
  Measurement,
  TdMeasurement,
  TeePolicy,
} from './policy/types.ts';

export { runConformance } from './conformance/run.ts';
export {
  type ConformanceFiles,
  type ConformanceOptions,
  type ConformanceReport,
  type Disagreement,
  SYNTHETIC_KINDS,
  type SyntheticKind,
  type Tally,
} from './conformance/types.ts';
export { type Plain, plainFacts, plainRecord, plainRejection } from './plain.ts';
