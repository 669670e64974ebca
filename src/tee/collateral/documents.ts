import { verifyP256 } from '../p256/engine.ts';
import { atStage, ok, reject, type Result, type Stage } from '../result.ts';
import type { Seconds } from '../time.ts';
import { type IngestContext, ingestSigner } from './certificates.ts';
import { parseQeIdentity } from './identity.ts';
import { parseTcbInfo } from './tcb-info.ts';
import type {
  CrlRecord,
  QeIdentityRecord,
  SignedJson,
  SignerRecord,
  TcbInfoRecord,
  TrustAnchor,
} from './types.ts';

/** issueDate <= now <= nextUpdate, both inclusive, as the vendor library counts the last second. */
export const requireCurrentDocument = (
  document: { readonly issueDate: Seconds; readonly nextUpdate: Seconds },
  now: Seconds,
  stage: Stage,
): Result<null> => {
  const details = {
    issueDate: String(document.issueDate),
    nextUpdate: String(document.nextUpdate),
    now: String(now),
  };
  if (now < document.issueDate) return reject(stage, 'tee/document-not-yet-valid', details);
  return now <= document.nextUpdate ? ok(null) : reject(stage, 'tee/document-expired', details);
};

interface Signed {
  readonly anchor: Uint8Array;
  readonly sha256: Uint8Array;
  readonly signer: SignerRecord;
}

/** The signature is over the bytes as served; they are never written anew before it is checked. */
const requireSigned = (
  document: SignedJson,
  anchor: TrustAnchor,
  rootCrl: CrlRecord,
  stage: Stage,
  context: IngestContext,
): Result<Signed> => {
  if (document.signature.length !== 64) return reject(stage, 'tee/signature-format');
  const signer = ingestSigner(document.issuerChain, anchor, rootCrl, stage, context);
  if (!signer.ok) return signer;
  const { publicKey } = signer.value;
  if (!verifyP256(context.engine, publicKey, document.body, document.signature)) {
    return reject(stage, 'tee/document-signature');
  }
  const sha256 = context.engine.sha256(document.body);
  return ok({ anchor: anchor.sha256, sha256, signer: signer.value });
};

/** TCB information, signed by a TCB signing key of this root and current at the context's time. */
export const ingestTcbInfo = (
  document: SignedJson,
  anchor: TrustAnchor,
  rootCrl: CrlRecord,
  context: IngestContext,
): Result<TcbInfoRecord> => {
  const signed = requireSigned(document, anchor, rootCrl, 'tcb_info', context);
  if (!signed.ok) return signed;
  const body = atStage(parseTcbInfo(document.body), 'tcb_info');
  if (!body.ok) return body;
  const current = requireCurrentDocument(body.value, context.now, 'tcb_info');
  return current.ok ? ok({ ...signed.value, ...body.value }) : current;
};

/** The identity of a quoting enclave, checked exactly as TCB information is. */
export const ingestQeIdentity = (
  document: SignedJson,
  anchor: TrustAnchor,
  rootCrl: CrlRecord,
  context: IngestContext,
): Result<QeIdentityRecord> => {
  const signed = requireSigned(document, anchor, rootCrl, 'qe_identity', context);
  if (!signed.ok) return signed;
  const body = atStage(parseQeIdentity(document.body), 'qe_identity');
  if (!body.ok) return body;
  const current = requireCurrentDocument(body.value, context.now, 'qe_identity');
  return current.ok ? ok({ ...signed.value, ...body.value }) : current;
};
