import { equalBytes } from '../bytes.ts';
import { type Engine, verifyP256 } from '../p256/engine.ts';
import { ok, reject, type Result, type Stage } from '../result.ts';
import type { Seconds } from '../time.ts';
import type { Certificate } from './certificate.ts';
import { KeyUsage } from './extensions.ts';

/** Common names of the hierarchy (PCK certificate specification 1.5 §1.3). */
export const CommonName = {
  root: 'Intel SGX Root CA',
  platformCa: 'Intel SGX PCK Platform CA',
  processorCa: 'Intel SGX PCK Processor CA',
  /** Contained in the subject, as the vendor checks it. */
  pckPhrase: 'SGX PCK Certificate',
  tcbSigningPhrase: 'SGX TCB Signing',
} as const;

const purpose = (stage: Stage, what: string) => reject(stage, 'tee/certificate-purpose', { what });

/** A certificate that signs certificates and revocation lists (RFC 5280 §4.2.1.3 and §4.2.1.9). */
export const requireAuthority = (
  certificate: Certificate,
  stage: Stage,
  maxPathLength: number | undefined,
): Result<null> => {
  const { ca, pathLength } = certificate.basicConstraints;
  if (!ca) return purpose(stage, 'not a certificate authority');
  if (maxPathLength !== undefined && pathLength !== maxPathLength) {
    return purpose(stage, `a path length other than ${String(maxPathLength)}`);
  }
  const needed = KeyUsage.keyCertSign | KeyUsage.crlSign;
  return (certificate.keyUsage & needed) === needed
    ? ok(null)
    : purpose(stage, 'a key that may not sign certificates and revocation lists');
};

/** A certificate that signs data and never certificates. */
export const requireEndEntity = (certificate: Certificate, stage: Stage): Result<null> => {
  if (certificate.basicConstraints.ca) return purpose(stage, 'a certificate authority');
  const { keyUsage } = certificate;
  if ((keyUsage & KeyUsage.digitalSignature) === 0) return purpose(stage, 'a key not for signing');
  return (keyUsage & (KeyUsage.keyCertSign | KeyUsage.crlSign)) === 0
    ? ok(null)
    : purpose(stage, 'a key that may sign certificates');
};

/**
 * Issued by this authority: the name is the same to the byte, and the signature verifies. The
 * signature is always checked; key identifiers only help to find an issuer and decide nothing.
 */
export const requireIssuedBy = (
  certificate: Certificate,
  issuer: { readonly subject: Uint8Array; readonly publicKey: Uint8Array },
  stage: Stage,
  engine: Engine,
): Result<null> => {
  if (!equalBytes(certificate.issuer.raw, issuer.subject)) {
    return reject(stage, 'tee/certificate-issuer', { issuer: certificate.issuer.commonName });
  }
  return verifyP256(engine, issuer.publicKey, certificate.tbs, certificate.signature)
    ? ok(null)
    : reject(stage, 'tee/certificate-signature', { subject: certificate.subject.commonName });
};

/** notBefore <= now <= notAfter, both inclusive (RFC 5280 §4.1.2.5). */
export const requireValidAt = (
  window: { readonly notBefore: Seconds; readonly notAfter: Seconds },
  now: Seconds,
  stage: Stage,
): Result<null> => {
  const details = {
    notBefore: String(window.notBefore),
    notAfter: String(window.notAfter),
    now: String(now),
  };
  if (now < window.notBefore) return reject(stage, 'tee/certificate-not-yet-valid', details);
  return now <= window.notAfter ? ok(null) : reject(stage, 'tee/certificate-expired', details);
};
