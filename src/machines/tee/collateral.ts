import type { TrustedCollateral } from '../../tee/collateral/types.ts';
import type { Tee } from '../../tee/quote/types.ts';
import { toHex } from '../../codec/index.ts';
import { TRUST_STORE } from '../kit/address.ts';
import type { Call } from '../kit/call.ts';
import { because, type Reason } from '../kit/guard.ts';
import { crls, pckCas, qeIdentities, slotKey, tcbInfos } from '../trust-store/record.ts';
import { crlSlotOf, pckCaSlotOf, qeIdentitySlotOf, tcbInfoSlotOf } from '../trust-store/slots.ts';

interface Platform {
  readonly tee: Tee;
  readonly fmspc: Uint8Array;
  readonly caKey: Uint8Array;
}

type Found =
  | { readonly ok: true; readonly collateral: TrustedCollateral }
  | { readonly ok: false; readonly reason: Reason };

const missing = (document: string, slot: string): Found => ({
  ok: false,
  reason: because('collateral-missing', { document, slot }),
});

/**
 * What the trust store has for a platform, for the evaluation number that applies. Whether it is
 * valid now is judged with the quote. The rule of the message names the trust store.
 */
export const collateralFor = (
  { tee, fmspc, caKey }: Platform,
  { read, parameters }: Call,
): Found => {
  const store = read.actor(TRUST_STORE)?.context;
  if (store === undefined) return missing('root certificate', 'root');
  const { anchor } = store;
  const { evaluationNumber } = parameters.tee;
  const rootSlot = crlSlotOf(anchor.publicKey);
  const rootCrl = read.entry(crls, TRUST_STORE, slotKey(rootSlot));
  if (rootCrl === undefined) return missing('revocation list of the root', rootSlot);
  const caSlot = pckCaSlotOf(caKey);
  const pckCa = read.entry(pckCas, TRUST_STORE, slotKey(caSlot));
  if (pckCa === undefined) return missing('certificate of the PCK CA', caSlot);
  const crlSlot = crlSlotOf(caKey);
  const pckCrl = read.entry(crls, TRUST_STORE, slotKey(crlSlot));
  if (pckCrl === undefined) return missing('revocation list of the PCK CA', crlSlot);
  const tcbSlot = tcbInfoSlotOf(tee, fmspc, evaluationNumber);
  const tcbInfo = read.entry(tcbInfos, TRUST_STORE, slotKey(tcbSlot));
  if (tcbInfo === undefined) return missing(`TCB information of ${toHex(fmspc)}`, tcbSlot);
  const qeSlot = qeIdentitySlotOf(tee, evaluationNumber);
  const qeIdentity = read.entry(qeIdentities, TRUST_STORE, slotKey(qeSlot));
  if (qeIdentity === undefined) return missing('quoting enclave identity', qeSlot);
  return { ok: true, collateral: { anchor, rootCrl, pckCa, pckCrl, tcbInfo, qeIdentity } };
};
