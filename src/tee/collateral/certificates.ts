import { equalBytes } from '../bytes.ts';
import type { Engine } from '../p256/engine.ts';
import { readPemChain } from '../pem.ts';
import { atStage, ok, reject, type Result, type Stage } from '../result.ts';
import type { Seconds } from '../time.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { isRevoked } from '../x509/crl.ts';
import { hasVendorName } from '../x509/name.ts';
import {
  CommonName,
  requireAuthority,
  requireEndEntity,
  requireIssuedBy,
  requireValidAt,
} from '../x509/purpose.ts';
import { agreesOnCertificate } from './second-reader.ts';
import type { CrlRecord, PckCaKind, PckCaRecord, SignerRecord, TrustAnchor } from './types.ts';

/** What ingest needs beside the documents. */
export interface IngestContext {
  readonly engine: Engine;
  readonly now: Seconds;
}

const readTwice = (der: Uint8Array, stage: Stage): Result<Certificate> => {
  const certificate = atStage(parseCertificate(der), stage);
  if (!certificate.ok) return certificate;
  const agrees = agreesOnCertificate(certificate.value);
  return agrees.ok ? certificate : atStage(agrees, stage);
};

/**
 * The root to trust, from its DER: a self-signed authority of the vendor's name. Which root that is
 * remains the caller's decision; everything below is trusted because of it.
 */
export const ingestTrustAnchor = (bytes: Uint8Array, engine: Engine): Result<TrustAnchor> => {
  const der = bytes.slice();
  const parsed = readTwice(der, 'root');
  if (!parsed.ok) return parsed;
  const certificate = parsed.value;
  if (!hasVendorName(certificate.subject, CommonName.root)) {
    return reject('root', 'tee/certificate-subject', { subject: certificate.subject.commonName });
  }
  const authority = requireAuthority(certificate, 'root', undefined);
  if (!authority.ok) return authority;
  const self = { subject: certificate.subject.raw, publicKey: certificate.publicKey };
  const signed = requireIssuedBy(certificate, self, 'root', engine);
  if (!signed.ok) return signed;
  return ok({
    sha256: engine.sha256(der),
    der,
    subject: certificate.subject.raw,
    publicKey: certificate.publicKey,
    serial: certificate.serial,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  });
};

/** The certificates of a chain that ends in the pinned root, equal to it to the byte. */
export const readChainBelow = (
  pem: Uint8Array,
  count: number,
  anchor: TrustAnchor,
  stage: Stage,
): Result<readonly Uint8Array[]> => {
  const chain = atStage(readPemChain(pem, count), stage);
  if (!chain.ok) return chain;
  const root = chain.value[count - 1];
  return root !== undefined && equalBytes(root, anchor.der)
    ? chain
    : reject(stage, 'tee/root-untrusted');
};

/**
 * The certificate that issued collateral, from a chain of it and the root. The vendor's service
 * sends the root last, its own sample files have it first: with two certificates, of which one is
 * the pinned root, the order says nothing.
 */
const readIssuer = (pem: Uint8Array, anchor: TrustAnchor, stage: Stage): Result<Uint8Array> => {
  const chain = atStage(readPemChain(pem, 2), stage);
  if (!chain.ok) return chain;
  const below = chain.value.filter((der) => !equalBytes(der, anchor.der));
  const [issuer] = below;
  return issuer !== undefined && below.length === 1
    ? ok(issuer)
    : reject(stage, 'tee/root-untrusted');
};

/** Not on the root's list, valid now, signed by the root. */
const requireTrusted = (
  certificate: Certificate,
  anchor: TrustAnchor,
  rootCrl: CrlRecord,
  stage: Stage,
  context: IngestContext,
): Result<null> => {
  const issued = requireIssuedBy(certificate, anchor, stage, context.engine);
  if (!issued.ok) return issued;
  const valid = requireValidAt(certificate, context.now, stage);
  if (!valid.ok) return valid;
  return isRevoked(rootCrl.revokedSerials, certificate.serial)
    ? reject(stage, 'tee/certificate-revoked', { subject: certificate.subject.commonName })
    : ok(null);
};

const caKind = (certificate: Certificate): PckCaKind | undefined => {
  if (hasVendorName(certificate.subject, CommonName.platformCa)) return 'platform';
  return hasVendorName(certificate.subject, CommonName.processorCa) ? 'processor' : undefined;
};

/** A PCK CA as issued by the root, without regard to time and revocation. */
export const readPckCa = (
  der: Uint8Array,
  anchor: TrustAnchor,
  engine: Engine,
): Result<PckCaRecord> => {
  const parsed = atStage(parseCertificate(der), 'pck_ca');
  if (!parsed.ok) return parsed;
  const certificate = parsed.value;
  const ca = caKind(certificate);
  if (ca === undefined) {
    return reject('pck_ca', 'tee/certificate-subject', { subject: certificate.subject.commonName });
  }
  const authority = requireAuthority(certificate, 'pck_ca', 0);
  if (!authority.ok) return authority;
  const issued = requireIssuedBy(certificate, anchor, 'pck_ca', engine);
  if (!issued.ok) return issued;
  return ok({
    anchor: anchor.sha256,
    sha256: engine.sha256(der),
    der,
    ca,
    subject: certificate.subject.raw,
    publicKey: certificate.publicKey,
    serial: certificate.serial,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  });
};

/** The PCK CA from a chain of it and the root, checked at the context's time. */
export const ingestPckCa = (
  pem: Uint8Array,
  anchor: TrustAnchor,
  rootCrl: CrlRecord,
  context: IngestContext,
): Result<PckCaRecord> => {
  const der = readIssuer(pem, anchor, 'pck_ca');
  if (!der.ok) return der;
  const twice = readTwice(der.value, 'pck_ca');
  if (!twice.ok) return twice;
  const record = readPckCa(der.value, anchor, context.engine);
  if (!record.ok) return record;
  const valid = requireValidAt(record.value, context.now, 'pck_ca');
  if (!valid.ok) return valid;
  return isRevoked(rootCrl.revokedSerials, record.value.serial)
    ? reject('pck_ca', 'tee/certificate-revoked', { ca: record.value.ca })
    : record;
};

/** The TCB signing certificate, from a chain of it and the root: it signs documents only. */
export const ingestSigner = (
  pem: Uint8Array,
  anchor: TrustAnchor,
  rootCrl: CrlRecord,
  stage: Stage,
  context: IngestContext,
): Result<SignerRecord> => {
  const der = readIssuer(pem, anchor, stage);
  if (!der.ok) return der;
  const parsed = readTwice(der.value, stage);
  if (!parsed.ok) return parsed;
  const certificate = parsed.value;
  if (!certificate.subject.commonName.includes(CommonName.tcbSigningPhrase)) {
    return reject(stage, 'tee/certificate-subject', { subject: certificate.subject.commonName });
  }
  const purpose = requireEndEntity(certificate, stage);
  if (!purpose.ok) return purpose;
  const trusted = requireTrusted(certificate, anchor, rootCrl, stage, context);
  if (!trusted.ok) return trusted;
  return ok({
    sha256: context.engine.sha256(certificate.der),
    publicKey: certificate.publicKey,
    serial: certificate.serial,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  });
};
