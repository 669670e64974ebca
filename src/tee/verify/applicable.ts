import { equalBytes } from '../bytes.ts';
import { requireCurrentDocument } from '../collateral/documents.ts';
import { requireCurrentCrl } from '../collateral/revocation.ts';
import type { SignerRecord, TrustedCollateral } from '../collateral/types.ts';
import { ok, reject, type Result, type Stage } from '../result.ts';
import type { Seconds } from '../time.ts';
import { isRevoked } from '../x509/crl.ts';
import { requireValidAt } from '../x509/purpose.ts';

const mixed = (part: string) => reject('collateral', 'tee/collateral-mixed', { part });

/** All parts come from this root, and each list from the authority it is used for. */
const requireOneHierarchy = (collateral: TrustedCollateral): Result<null> => {
  const { anchor, rootCrl, pckCa, pckCrl, tcbInfo, qeIdentity } = collateral;
  const parts = { rootCrl, pckCa, pckCrl, tcbInfo, qeIdentity };
  for (const [part, record] of Object.entries(parts)) {
    if (!equalBytes(record.anchor, anchor.sha256)) return mixed(part);
  }
  if (!equalBytes(rootCrl.issuerKey, anchor.publicKey)) return mixed('rootCrl');
  if (!equalBytes(rootCrl.issuer, anchor.subject)) return mixed('rootCrl');
  if (!equalBytes(pckCrl.issuerKey, pckCa.publicKey)) return mixed('pckCrl');
  return equalBytes(pckCrl.issuer, pckCa.subject) ? ok(null) : mixed('pckCrl');
};

const requireSigner = (
  signer: SignerRecord,
  collateral: TrustedCollateral,
  now: Seconds,
  stage: Stage,
): Result<null> => {
  const valid = requireValidAt(signer, now, stage);
  if (!valid.ok) return valid;
  return isRevoked(collateral.rootCrl.revokedSerials, signer.serial)
    ? reject(stage, 'tee/certificate-revoked', { subject: 'TCB signing certificate' })
    : ok(null);
};

/**
 * Stored collateral applies at `now`: all of one hierarchy, nothing expired, no signer revoked by
 * the list that is stored now, which may be newer than the document.
 */
export const requireApplicableCollateral = (
  collateral: TrustedCollateral,
  now: Seconds,
): Result<null> => {
  const { anchor, rootCrl, tcbInfo, qeIdentity } = collateral;
  const hierarchy = requireOneHierarchy(collateral);
  if (!hierarchy.ok) return hierarchy;
  const root = requireValidAt(anchor, now, 'root');
  if (!root.ok) return root;
  const list = requireCurrentCrl(rootCrl, now, 'root_crl');
  if (!list.ok) return list;
  if (isRevoked(rootCrl.revokedSerials, anchor.serial)) {
    return reject('root', 'tee/certificate-revoked', { subject: 'root' });
  }
  const tcbSigner = requireSigner(tcbInfo.signer, collateral, now, 'tcb_info');
  if (!tcbSigner.ok) return tcbSigner;
  const qeSigner = requireSigner(qeIdentity.signer, collateral, now, 'qe_identity');
  if (!qeSigner.ok) return qeSigner;
  const tcb = requireCurrentDocument(tcbInfo, now, 'tcb_info');
  return tcb.ok ? requireCurrentDocument(qeIdentity, now, 'qe_identity') : tcb;
};
