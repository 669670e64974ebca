import { equalBytes, toHex } from '../bytes.ts';
import { ok, reject, type Result } from '../result.ts';
import type { CrlRecord, QeIdentityRecord, TcbInfoRecord } from './types.ts';

/**
 * What may replace what in a trust store (PROTOCOL §8). Each slot has a key; within a slot only a
 * strictly newer document replaces the stored one, so that nobody can turn the clock back with old
 * but still valid collateral.
 */

const older = (stored: number, offered: number) =>
  reject('collateral', 'tee/collateral-older', {
    stored: String(stored),
    offered: String(offered),
  });

/** One list per authority, root or PCK CA. */
export const crlSlot = (crl: CrlRecord): string => `crl/${toHex(crl.issuerKey)}`;

/** One document per TEE, platform family and evaluation number. */
export const tcbInfoSlot = (tcbInfo: TcbInfoRecord): string =>
  `tcb/${tcbInfo.tee}/${toHex(tcbInfo.fmspc)}/${String(tcbInfo.evaluationNumber)}`;

/** One identity per quoting enclave and evaluation number. */
export const qeIdentitySlot = (identity: QeIdentityRecord): string =>
  `qe/${identity.id}/${String(identity.evaluationNumber)}`;

/**
 * Revocation moves forward: a later thisUpdate, and a number that does not fall. The vendor's lists
 * all carry the number 1, so the number alone orders nothing.
 */
export const requireNewerCrl = (stored: CrlRecord, offered: CrlRecord): Result<null> => {
  const same =
    equalBytes(stored.issuerKey, offered.issuerKey) && equalBytes(stored.anchor, offered.anchor);
  if (!same) return reject('collateral', 'tee/collateral-mixed', { part: 'crl' });
  const falls = unsignedBefore(offered.crlNumber, stored.crlNumber);
  return offered.thisUpdate > stored.thisUpdate && !falls
    ? ok(null)
    : older(stored.thisUpdate, offered.thisUpdate);
};

/** Big-endian numbers without leading zeros. */
const unsignedBefore = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length !== b.length ? a.length < b.length : toHex(a) < toHex(b);

export const requireNewerTcbInfo = (
  stored: TcbInfoRecord,
  offered: TcbInfoRecord,
): Result<null> => {
  if (tcbInfoSlot(stored) !== tcbInfoSlot(offered)) {
    return reject('collateral', 'tee/collateral-mixed', { part: 'tcbInfo' });
  }
  return offered.issueDate > stored.issueDate
    ? ok(null)
    : older(stored.issueDate, offered.issueDate);
};

export const requireNewerQeIdentity = (
  stored: QeIdentityRecord,
  offered: QeIdentityRecord,
): Result<null> => {
  if (qeIdentitySlot(stored) !== qeIdentitySlot(offered)) {
    return reject('collateral', 'tee/collateral-mixed', { part: 'qeIdentity' });
  }
  return offered.issueDate > stored.issueDate
    ? ok(null)
    : older(stored.issueDate, offered.issueDate);
};
