import { assert, fromHex, toHex } from '../../codec/index.ts';
import { isRevoked } from '../../tee/x509/crl.ts';
import type { QuoteFacts } from '../../tee/verify/facts.ts';
import { actorId, because, TRUST_STORE, type Call, type Reason } from '../kit/index.ts';
import { enclaveKeys, type EnclaveKey } from '../provider/enclave-keys.ts';
import { isKeyAt } from '../provider/keys.ts';
import { judgeFacts, judgeReport } from '../tee/report.ts';
import { restoreFacts } from '../tee/facts.ts';
import { crls, pckCas, slotKey } from '../trust-store/record.ts';
import { crlSlotOf, pckCaSlotOf } from '../trust-store/slots.ts';
import { identityOf, type Attest } from './identity.ts';
import type { TeeMark } from './record.ts';

/** Whose key signed: the provider's own, valid at this height, or one of its enclave keys. */
type Signer =
  | { readonly type: 'provider' }
  | { readonly type: 'enclave'; readonly key: EnclaveKey }
  | { readonly type: 'refused'; readonly reason: Reason };

const refusedSigner = (reason: Reason): Signer => ({ type: 'refused', reason });

const findSigner = (message: Attest, call: Call): Signer => {
  const { attestationId } = identityOf(message, call);
  const signer = call.verifier.recoverAddress(attestationId, message.signature);
  if (signer === undefined) return refusedSigner(because('signature-invalid'));
  const provider = actorId('provider', message.provider);
  const view = call.read.actor(provider);
  if (view !== undefined && isKeyAt(view.context, signer, call.height)) {
    return { type: 'provider' };
  }
  const key = call.read.entry(enclaveKeys, provider, signer);
  return key?.profileHash === message.profileHash
    ? { type: 'enclave', key }
    : refusedSigner(because('signature-of-other', { signer }));
};

const signers = new WeakMap<Call, Signer>();

/** Recovering a signature is dear, and two checks ask for it in one delivery. */
const signerOf = (message: Attest, call: Call): Signer => {
  const signer = signers.get(call) ?? findSigner(message, call);
  signers.set(call, signer);
  return signer;
};

/** PROTOCOL §4: a key of the provider that counts at this height, or an enclave key enrolled. */
export const signatureFault = (message: Attest, call: Call): Reason | undefined => {
  const signer = signerOf(message, call);
  return signer.type === 'refused' ? signer.reason : undefined;
};

/** The lists that are stored now may name a platform that was trusted when its key was enrolled. */
const revocation = ({ caKey, pckSerial }: EnclaveKey, { read }: Call): Reason | undefined => {
  const anchor = read.actor(TRUST_STORE)?.context.anchor;
  const authority = fromHex(caKey);
  const ca = read.entry(pckCas, TRUST_STORE, slotKey(pckCaSlotOf(authority)));
  const list = read.entry(crls, TRUST_STORE, slotKey(crlSlotOf(authority)));
  const root = anchor && read.entry(crls, TRUST_STORE, slotKey(crlSlotOf(anchor.publicKey)));
  if (ca === undefined || list === undefined || root === undefined) {
    return because('collateral-missing', { document: 'revocation lists' });
  }
  const isListed =
    isRevoked(list.revokedSerials, fromHex(pckSerial)) || isRevoked(root.revokedSerials, ca.serial);
  return isListed ? because('enclave-key-revoked', { pckSerial }) : undefined;
};

/** What stands behind an attestation beside stake. */
export type TeeEvidence =
  | { readonly ok: true; readonly mark: TeeMark; readonly facts: QuoteFacts | undefined }
  | { readonly ok: false; readonly reason: Reason };

const refused = (reason: Reason): TeeEvidence => ({ ok: false, reason });

const byEnclaveKey = (message: Attest, key: EnclaveKey, call: Call): TeeEvidence => {
  if (message.teeReport.length > 0) return refused(because('report-unexpected'));
  if (call.time > key.expiresAt) {
    return refused(because('enclave-key-expired', { expiredAt: key.expiresAt }));
  }
  const revoked = revocation(key, call);
  if (revoked !== undefined) return refused(revoked);
  const profile = call.read.actor(actorId('profile', message.profileHash));
  assert(profile !== undefined, 'an earlier check has found the profile');
  const facts = restoreFacts(key.facts);
  const reason = judgeFacts(facts, profile.context, call);
  return reason === undefined ? { ok: true, mark: 'enclaveKey', facts } : refused(reason);
};

const byReport = (message: Attest, call: Call): TeeEvidence => {
  if (message.teeReport.length === 0) return refused(because('report-missing'));
  const profile = call.read.actor(actorId('profile', message.profileHash));
  assert(profile !== undefined, 'an earlier check has found the profile');
  const { bindingDigest } = identityOf(message, call);
  const judged = judgeReport(message.teeReport, bindingDigest, profile.context, call);
  return judged.ok ? { ok: true, mark: 'report', facts: judged.report.facts } : judged;
};

/**
 * PROTOCOL §4: where the profile requires it, a report that holds, or an enclave key that still
 * does. A report that the profile does not ask for is refused rather than stored unverified.
 */
const findEvidence = (message: Attest, call: Call): TeeEvidence => {
  const profile = call.read.actor(actorId('profile', message.profileHash));
  if (profile?.context.specification.tee.type !== 'required') {
    return message.teeReport.length === 0
      ? { ok: true, mark: 'none', facts: undefined }
      : refused(because('report-unexpected'));
  }
  const signer = signerOf(message, call);
  return signer.type === 'enclave'
    ? byEnclaveKey(message, signer.key, call)
    : byReport(message, call);
};

const evidences = new WeakMap<Call, TeeEvidence>();

/** What the check found is what the step writes down. */
export const teeEvidence = (message: Attest, call: Call): TeeEvidence => {
  const evidence = evidences.get(call) ?? findEvidence(message, call);
  evidences.set(call, evidence);
  return evidence;
};

/** What an event tells of a TEE: status and date of its TCB, and the platform by its hash. */
export const teeFields = ({ status, tcbDate, platform, tee }: QuoteFacts) => ({
  teeKind: tee,
  tcbStatus: status,
  tcbDate,
  platform: toHex(platform.ppidHash),
});
