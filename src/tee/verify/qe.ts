import { concat, equalBytes, latin1 } from '../bytes.ts';
import type { ComponentLevel, QeIdentityRecord } from '../collateral/types.ts';
import { type Engine, isPointOnCurve, verifyP256 } from '../p256/engine.ts';
import type { Quote, SgxReport } from '../quote/types.ts';
import { ok, reject, type Result } from '../result.ts';
import type { VerifyCache } from './cache.ts';

/** SEC 1 §2.3.3: a quote carries the coordinates only, an uncompressed point is 04 ‖ x ‖ y. */
const UNCOMPRESSED = Uint8Array.of(4);

/**
 * The quoting enclave's report is signed by the PCK key, and its REPORTDATA starts with
 * SHA-256(attestation key ‖ authentication data).
 */
const checkBinding = (quote: Quote, pckKey: Uint8Array, engine: Engine): Result<null> => {
  const { qeReport, qeReportSignature, attestationKey, qeAuthData } = quote.auth;
  if (!verifyP256(engine, pckKey, qeReport.raw, qeReportSignature)) {
    return reject('qe', 'tee/qe-report-signature');
  }
  const digest = engine.sha256(concat(attestationKey, qeAuthData));
  return equalBytes(digest, qeReport.reportData.subarray(0, 32))
    ? ok(null)
    : reject('qe', 'tee/qe-report-data');
};

/** The binding, from the cache when the same bytes were verified before. */
export const verifyQeBinding = (
  quote: Quote,
  pckKey: Uint8Array,
  engine: Engine,
  cache: VerifyCache | undefined,
): Result<null> => {
  if (cache === undefined) return checkBinding(quote, pckKey, engine);
  const { qeReport, qeReportSignature, attestationKey, qeAuthData } = quote.auth;
  // All parts but the last have a fixed length, so the concatenation is unambiguous.
  const parts = [pckKey, qeReport.raw, qeReportSignature, attestationKey, qeAuthData];
  const key = latin1(engine.sha256(concat(...parts)));
  if (cache.bindings.get(key) === true) return ok(null);
  const binding = checkBinding(quote, pckKey, engine);
  if (binding.ok) cache.bindings.set(key, true);
  return binding;
};

const maskedEquals = (value: Uint8Array, mask: Uint8Array, expected: Uint8Array): boolean =>
  value.length === expected.length &&
  value.every((byte, index) => (byte & (mask[index] ?? 0)) === expected[index]);

/** The quoting enclave is the vendor's; DEBUG is among the attributes that the mask covers. */
export const requireQeIdentity = (report: SgxReport, identity: QeIdentityRecord): Result<null> => {
  const mismatch = (field: string) => reject('qe', 'tee/qe-identity-mismatch', { field });
  if (!maskedEquals(report.miscSelect, identity.miscSelectMask, identity.miscSelect)) {
    return mismatch('MISCSELECT');
  }
  if (!maskedEquals(report.attributes, identity.attributesMask, identity.attributes)) {
    return mismatch('ATTRIBUTES');
  }
  if (!equalBytes(report.mrSigner, identity.mrSigner)) return mismatch('MRSIGNER');
  return report.isvProdId === identity.isvProdId ? ok(null) : mismatch('ISVPRODID');
};

/** The first level, from the highest down, that the security version reaches. */
export const matchComponentLevel = (
  levels: readonly ComponentLevel[],
  isvSvn: number,
): ComponentLevel | undefined => levels.find((level) => level.isvSvn <= isvSvn);

/** The quote itself: signed by the attestation key, which is a point of the curve. */
export const verifyQuoteSignature = (quote: Quote, engine: Engine): Result<null> => {
  const key = concat(UNCOMPRESSED, quote.auth.attestationKey);
  if (!isPointOnCurve(key)) return reject('quote', 'tee/attestation-key-invalid');
  return verifyP256(engine, key, quote.signed, quote.auth.signature)
    ? ok(null)
    : reject('quote', 'tee/quote-signature');
};
