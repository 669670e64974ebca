import { toHex } from '../../codec/index.ts';
import type { PckCaRecord } from '../../tee/collateral/types.ts';
import { ok, reject, type Result } from '../../tee/result.ts';

/** Slots that the TEE library names for records at hand, here for what is only looked for. */

/** `crlSlot` of the list of the authority with this key. */
export const crlSlotOf = (issuerKey: Uint8Array): string => `crl/${toHex(issuerKey)}`;

/** `tcbInfoSlot` of the document for this platform family. */
export const tcbInfoSlotOf = (tee: string, fmspc: Uint8Array, evaluationNumber: number): string =>
  `tcb/${tee}/${toHex(fmspc)}/${evaluationNumber}`;

/** `qeIdentitySlot` of the identity of the quoting enclave of this kind of TEE. */
export const qeIdentitySlotOf = (tee: 'SGX' | 'TDX', evaluationNumber: number): string =>
  `qe/${tee === 'SGX' ? 'QE' : 'TD_QE'}/${evaluationNumber}`;

/** One certificate per PCK CA: who holds the key is one authority, whatever its certificate. */
export const pckCaSlotOf = (publicKey: Uint8Array): string => `pck-ca/${toHex(publicKey)}`;

/** As for the library's own documents: only a certificate of a later date takes the place. */
export const requireNewerPckCa = (stored: PckCaRecord, offered: PckCaRecord): Result<null> =>
  offered.notBefore > stored.notBefore
    ? ok(null)
    : reject('collateral', 'tee/collateral-older', {
        stored: String(stored.notBefore),
        offered: String(offered.notBefore),
      });
