import { requireCurrentCrl } from '../collateral/revocation.ts';
import { readChainBelow, readPckCa } from '../collateral/certificates.ts';
import type { PckCaRecord, TrustedCollateral } from '../collateral/types.ts';
import { concat, equalBytes, latin1 } from '../bytes.ts';
import type { Engine } from '../p256/engine.ts';
import { atStage, ok, reject, type Result } from '../result.ts';
import type { Seconds } from '../time.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { isRevoked } from '../x509/crl.ts';
import { Oid } from '../x509/oids.ts';
import { CommonName, requireEndEntity, requireIssuedBy, requireValidAt } from '../x509/purpose.ts';
import { parseSgxExtension } from '../x509/sgx-extension.ts';
import type { PckChain, VerifyCache } from './cache.ts';

/**
 * The authority of the leaf: the stored one to the byte, or another certificate of the same name
 * and key that the root issued, since only that key's revocation list is at hand.
 */
const authorityOf = (
  der: Uint8Array,
  collateral: TrustedCollateral,
  engine: Engine,
): Result<PckCaRecord> => {
  if (equalBytes(der, collateral.pckCa.der)) return ok(collateral.pckCa);
  const other = readPckCa(der, collateral.anchor, engine);
  if (!other.ok) return other;
  const same =
    equalBytes(other.value.publicKey, collateral.pckCa.publicKey) &&
    equalBytes(other.value.subject, collateral.pckCa.subject);
  return same ? other : reject('pck', 'tee/pck-ca-mismatch', { ca: other.value.ca });
};

/** The chain of a quote: leaf, PCK CA, root, in this order; all facts are of this one leaf. */
const readChain = (
  pem: Uint8Array,
  collateral: TrustedCollateral,
  engine: Engine,
): Result<PckChain> => {
  const chain = readChainBelow(pem, 3, collateral.anchor, 'pck');
  if (!chain.ok) return chain;
  const [leafDer, caDer] = chain.value;
  const none = new Uint8Array(0);
  const parsed = atStage(parseCertificate(leafDer ?? none), 'pck');
  if (!parsed.ok) return parsed;
  const leaf = parsed.value;
  if (!leaf.subject.commonName.includes(CommonName.pckPhrase)) {
    return reject('pck', 'tee/certificate-subject', { subject: leaf.subject.commonName });
  }
  const purpose = requireEndEntity(leaf, 'pck');
  if (!purpose.ok) return purpose;
  const ca = authorityOf(caDer ?? none, collateral, engine);
  if (!ca.ok) return ca;
  const issued = requireIssuedBy(leaf, ca.value, 'pck', engine);
  if (!issued.ok) return issued;
  const extension = leaf.extensions.get(Oid.sgxExtensions);
  if (extension === undefined) {
    return reject('pck', 'tee/sgx-extension-malformed', { what: 'no SGX extension' });
  }
  const sgx = atStage(parseSgxExtension(extension.value), 'pck');
  if (!sgx.ok) return sgx;
  if ((ca.value.ca === 'platform') !== (sgx.value.platform !== undefined)) {
    return reject('pck', 'tee/sgx-extension-malformed', {
      what: `not the entries of a certificate of the ${ca.value.ca} CA`,
    });
  }
  const { publicKey, serial, notBefore, notAfter } = leaf;
  return ok({ publicKey, serial, notBefore, notAfter, sgx: sgx.value, ca: ca.value });
};

/** Validity and revocation of leaf and authority at `now`. */
const requireApplicable = (
  chain: PckChain,
  collateral: TrustedCollateral,
  now: Seconds,
): Result<null> => {
  const caValid = requireValidAt(chain.ca, now, 'pck_ca');
  if (!caValid.ok) return caValid;
  if (isRevoked(collateral.rootCrl.revokedSerials, chain.ca.serial)) {
    return reject('pck_ca', 'tee/certificate-revoked', { ca: chain.ca.ca });
  }
  const leafValid = requireValidAt(chain, now, 'pck');
  if (!leafValid.ok) return leafValid;
  const current = requireCurrentCrl(collateral.pckCrl, now, 'pck_crl');
  if (!current.ok) return current;
  return isRevoked(collateral.pckCrl.revokedSerials, chain.serial)
    ? reject('pck', 'tee/certificate-revoked', { subject: 'PCK certificate' })
    : ok(null);
};

/** The verified PCK chain of a quote, from the cache when these bytes were verified before. */
export const verifyPckChain = (
  pem: Uint8Array,
  collateral: TrustedCollateral,
  now: Seconds,
  engine: Engine,
  cache: VerifyCache | undefined,
): Result<PckChain> => {
  const { anchor, pckCa } = collateral;
  const key = cache && latin1(engine.sha256(concat(anchor.sha256, pckCa.sha256, pem)));
  const known = key === undefined ? undefined : cache?.chains.get(key);
  const chain = known === undefined ? readChain(pem, collateral, engine) : ok(known);
  if (!chain.ok) return chain;
  if (key !== undefined && known === undefined) cache?.chains.set(key, chain.value);
  const applicable = requireApplicable(chain.value, collateral, now);
  return applicable.ok ? chain : applicable;
};
