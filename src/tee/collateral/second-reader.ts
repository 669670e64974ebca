import 'reflect-metadata';
import { X509Certificate, X509Crl } from '@peculiar/x509';
import { equalBytes, fromHex } from '../bytes.ts';
import { SERIAL_BYTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import type { Certificate } from '../x509/certificate.ts';
import { type Crl, isRevoked } from '../x509/crl.ts';

/**
 * A second opinion at ingest: what an independent parser reads must be what ours reads. It is the
 * laxer of the two (it accepts trailing bytes and indefinite lengths), so it runs only on what ours
 * has accepted, reads only, and never verifies: its own verification is asynchronous and defaults
 * to the present time.
 */

const POINT_BYTES = 65;

const disagree = (what: string) => reject('collateral', 'tee/second-reader-disagrees', { what });

/** The other parser's serial number, in 20 octets as ours. */
const paddedSerial = (text: string): Uint8Array | undefined => {
  const bytes = fromHex((text.length & 1) === 0 ? text : `0${text}`);
  if (bytes === undefined) return undefined;
  const first = bytes.findIndex((byte) => byte !== 0);
  const value = first < 0 ? new Uint8Array(0) : bytes.subarray(first);
  if (value.length > SERIAL_BYTES) return undefined;
  const padded = new Uint8Array(SERIAL_BYTES);
  padded.set(value, SERIAL_BYTES - value.length);
  return padded;
};

const sameSerial = (text: string, serial: Uint8Array): boolean => {
  const other = paddedSerial(text);
  return other !== undefined && equalBytes(other, serial);
};

/** The other parser's dates have milliseconds. */
const sameTime = (date: { getTime: () => number } | undefined, seconds: number): boolean =>
  date?.getTime() === seconds * 1_000;

/** Serial number, validity, key and both names of a certificate. */
export const agreesOnCertificate = (ours: Certificate): Result<null> => {
  try {
    const theirs = new X509Certificate(ours.der.slice().buffer);
    const key = new Uint8Array(theirs.publicKey.rawData);
    if (!sameSerial(theirs.serialNumber, ours.serial)) return disagree('serial number');
    if (!sameTime(theirs.notBefore, ours.notBefore)) return disagree('not before');
    if (!sameTime(theirs.notAfter, ours.notAfter)) return disagree('not after');
    if (!equalBytes(key.subarray(-POINT_BYTES), ours.publicKey)) return disagree('public key');
    const subject = new Uint8Array(theirs.subjectName.toArrayBuffer());
    if (!equalBytes(subject, ours.subject.raw)) return disagree('subject');
    const issuer = new Uint8Array(theirs.issuerName.toArrayBuffer());
    return equalBytes(issuer, ours.issuer.raw) ? ok(null) : disagree('issuer');
  } catch {
    return disagree('the second reader refuses the certificate');
  }
};

/** Dates, issuer and every entry of a revocation list. */
export const agreesOnCrl = (ours: Crl): Result<null> => {
  try {
    const theirs = new X509Crl(ours.der.slice().buffer);
    if (!sameTime(theirs.thisUpdate, ours.thisUpdate)) return disagree('this update');
    if (!sameTime(theirs.nextUpdate, ours.nextUpdate)) return disagree('next update');
    const issuer = new Uint8Array(theirs.issuerName.toArrayBuffer());
    if (!equalBytes(issuer, ours.issuer.raw)) return disagree('issuer');
    const { entries } = theirs;
    if (entries.length * SERIAL_BYTES !== ours.revokedSerials.length) return disagree('entries');
    const listed = entries.every((entry) => {
      const serial = paddedSerial(entry.serialNumber);
      return serial !== undefined && isRevoked(ours.revokedSerials, serial);
    });
    return listed ? ok(null) : disagree('a revoked serial number');
  } catch {
    return disagree('the second reader refuses the list');
  }
};
