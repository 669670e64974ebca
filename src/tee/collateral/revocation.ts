import { equalBytes } from '../bytes.ts';
import { verifyP256 } from '../p256/engine.ts';
import { atStage, ok, reject, type Result, type Stage } from '../result.ts';
import type { Seconds } from '../time.ts';
import { isRevoked, parseCrl } from '../x509/crl.ts';
import { requireValidAt } from '../x509/purpose.ts';
import type { IngestContext } from './certificates.ts';
import { agreesOnCrl } from './second-reader.ts';
import type { CrlRecord, PckCaRecord, TrustAnchor } from './types.ts';

interface Issuer {
  readonly anchor: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** thisUpdate <= now < nextUpdate, when its successor is due (RFC 5280 §5.1.2.5). */
export const requireCurrentCrl = (
  crl: { readonly thisUpdate: Seconds; readonly nextUpdate: Seconds },
  now: Seconds,
  stage: Stage,
): Result<null> => {
  const details = {
    thisUpdate: String(crl.thisUpdate),
    nextUpdate: String(crl.nextUpdate),
    now: String(now),
  };
  if (now < crl.thisUpdate) return reject(stage, 'tee/crl-not-yet-valid', details);
  return now < crl.nextUpdate ? ok(null) : reject(stage, 'tee/crl-expired', details);
};

/** A list of exactly this authority: an empty, foreign, unsigned or expired one is refused. */
const ingestCrl = (
  der: Uint8Array,
  issuer: Issuer,
  stage: Stage,
  context: IngestContext,
): Result<CrlRecord> => {
  const parsed = atStage(parseCrl(der), stage);
  if (!parsed.ok) return parsed;
  const crl = parsed.value;
  if (!equalBytes(crl.issuer.raw, issuer.subject)) {
    return reject(stage, 'tee/crl-issuer', { issuer: crl.issuer.commonName });
  }
  if (!verifyP256(context.engine, issuer.publicKey, crl.tbs, crl.signature)) {
    return reject(stage, 'tee/crl-signature');
  }
  const current = requireCurrentCrl(crl, context.now, stage);
  if (!current.ok) return current;
  const agrees = atStage(agreesOnCrl(crl), stage);
  if (!agrees.ok) return agrees;
  return ok({
    anchor: issuer.anchor,
    sha256: context.engine.sha256(der),
    issuer: issuer.subject,
    issuerKey: issuer.publicKey,
    thisUpdate: crl.thisUpdate,
    nextUpdate: crl.nextUpdate,
    crlNumber: crl.crlNumber.slice(),
    revokedSerials: crl.revokedSerials,
  });
};

/** The root's list. A root that revokes itself is no anchor any more. */
export const ingestRootCrl = (
  der: Uint8Array,
  anchor: TrustAnchor,
  context: IngestContext,
): Result<CrlRecord> => {
  const valid = requireValidAt(anchor, context.now, 'root');
  if (!valid.ok) return valid;
  const issuer: Issuer = {
    anchor: anchor.sha256,
    subject: anchor.subject,
    publicKey: anchor.publicKey,
  };
  const crl = ingestCrl(der, issuer, 'root_crl', context);
  if (!crl.ok) return crl;
  return isRevoked(crl.value.revokedSerials, anchor.serial)
    ? reject('root', 'tee/certificate-revoked', { subject: 'root' })
    : crl;
};

/** The list of the PCK CA: the root's does not do in its place. */
export const ingestPckCrl = (
  der: Uint8Array,
  pckCa: PckCaRecord,
  context: IngestContext,
): Result<CrlRecord> => ingestCrl(der, pckCa, 'pck_crl', context);
