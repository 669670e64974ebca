import { compareBytes, concat } from '../bytes.ts';
import { type Element, readChildren, readOnly, Tag } from '../der/reader.ts';
import { serialNumber, time, unsignedBytes, unsignedNumber } from '../der/values.ts';
import { MAX_CRL_BYTES, MAX_CRL_ENTRIES, SERIAL_BYTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import type { Seconds } from '../time.ts';
import {
  parseAuthorityKeyId,
  parseExtensions,
  requireKnown,
  requirePresent,
} from './extensions.ts';
import { type Name, parseName } from './name.ts';
import { Oid } from './oids.ts';
import { malformed, readSigned, requireEcdsaWithSha256 } from './signed.ts';

/** A version 2 revocation list (RFC 5280 §5), complete and direct. */
export interface Crl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Seconds;
  readonly nextUpdate: Seconds;
  readonly crlNumber: Uint8Array;
  /** 20 octets an entry, in ascending order. */
  readonly revokedSerials: Uint8Array;
  readonly signature: Uint8Array;
}

/** A critical extension, such as certificateIssuer, would change what the entry means. */
const ENTRY_CRITICAL: readonly string[] = [];

const parseEntry = (element: Element): Result<Uint8Array> => {
  if (element.tag !== Tag.sequence) return malformed('an entry that is not a SEQUENCE');
  const fields = readChildren(element.content, 3);
  if (!fields.ok) return fields;
  const [serial, date, extensions] = fields.value;
  if (serial === undefined || date === undefined) return malformed('an entry that ends early');
  const revokedAt = time(date);
  if (!revokedAt.ok) return revokedAt;
  if (extensions !== undefined) {
    const parsed = parseExtensions(extensions.raw);
    if (!parsed.ok) return parsed;
    const known = requireKnown(parsed.value, ENTRY_CRITICAL);
    if (!known.ok) return known;
  }
  return serialNumber(serial);
};

const parseEntries = (element: Element): Result<Uint8Array> => {
  const entries = readChildren(element.content, MAX_CRL_ENTRIES);
  if (!entries.ok) return entries;
  // RFC 5280 §5.1.2.6: without revoked certificates the list is absent, not empty.
  if (entries.value.length === 0) return malformed('an empty list of entries');
  const serials: Uint8Array[] = [];
  for (const entry of entries.value) {
    const serial = parseEntry(entry);
    if (!serial.ok) return serial;
    serials.push(serial.value);
  }
  return ok(concat(...serials.toSorted(compareBytes)));
};

const parseCrlExtensions = (element: Element): Result<Uint8Array> => {
  const extensions = parseExtensions(element.content);
  if (!extensions.ok) return extensions;
  const known = requireKnown(extensions.value, []);
  if (!known.ok) return known;
  const present = requirePresent(extensions.value, [Oid.crlNumber, Oid.authorityKeyId]);
  if (!present.ok) return present;
  const none = new Uint8Array(0);
  const authority = parseAuthorityKeyId(extensions.value.get(Oid.authorityKeyId)?.value ?? none);
  if (!authority.ok) return authority;
  const number = readOnly(extensions.value.get(Oid.crlNumber)?.value ?? none, Tag.integer);
  return number.ok ? unsignedBytes(number.value, SERIAL_BYTES) : number;
};

const isTime = (element: Element | undefined): boolean =>
  element?.tag === Tag.utcTime || element?.tag === Tag.generalizedTime;

type Body = Omit<Crl, 'der' | 'tbs' | 'signature'>;

/** TBSCertList. nextUpdate is mandatory here: a list without end could never expire. */
const parseTbs = (tbs: Element): Result<Body> => {
  const fields = readChildren(tbs.content, 7);
  if (!fields.ok) return fields;
  const [version, algorithm, issuer, from, until, fifth, sixth, extra] = fields.value;
  if (version === undefined || algorithm === undefined || issuer === undefined) {
    return malformed('a revocation list that ends early');
  }
  if (from === undefined || until === undefined || !isTime(until)) {
    return malformed('a revocation list without next update');
  }
  const number = version.tag === Tag.integer ? unsignedNumber(version, 1) : malformed('no version');
  if (!number.ok || number.value !== 1) return malformed('a revocation list not of version 2');
  const parsedAlgorithm = requireEcdsaWithSha256(algorithm);
  if (!parsedAlgorithm.ok) return parsedAlgorithm;
  const parsedIssuer = parseName(issuer.raw);
  if (!parsedIssuer.ok) return parsedIssuer;
  const thisUpdate = time(from);
  if (!thisUpdate.ok) return thisUpdate;
  const nextUpdate = time(until);
  if (!nextUpdate.ok) return nextUpdate;
  const entries = fifth?.tag === Tag.sequence ? fifth : undefined;
  const extensions = entries === undefined ? fifth : sixth;
  const rest = entries === undefined ? sixth : extra;
  if (extensions === undefined || extensions.tag !== Tag.context0 || rest !== undefined) {
    return reject('collateral', 'tee/crl-extensions', { what: 'no extensions, or fields after' });
  }
  const revokedSerials = entries === undefined ? ok(new Uint8Array(0)) : parseEntries(entries);
  if (!revokedSerials.ok) return revokedSerials;
  const crlNumber = parseCrlExtensions(extensions);
  if (!crlNumber.ok) return crlNumber;
  return ok({
    issuer: parsedIssuer.value,
    thisUpdate: thisUpdate.value,
    nextUpdate: nextUpdate.value,
    crlNumber: crlNumber.value,
    revokedSerials: revokedSerials.value,
  });
};

/** A revocation list from exactly its DER bytes. Its signature is the caller's to check. */
export const parseCrl = (der: Uint8Array): Result<Crl> => {
  if (der.length > MAX_CRL_BYTES) {
    return reject('collateral', 'tee/document-too-large', { bytes: String(der.length) });
  }
  const signed = readSigned(der, 'a revocation list');
  if (!signed.ok) return signed;
  const { tbs, signature } = signed.value;
  const body = parseTbs(tbs);
  if (!body.ok) return body;
  return ok({ ...body.value, der, tbs: tbs.raw, signature });
};

/** Whether a serial number of 20 octets is in the ascending list: a binary search. */
export const isRevoked = (revokedSerials: Uint8Array, serial: Uint8Array): boolean => {
  let low = 0;
  let high = countRevoked(revokedSerials);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = middle * SERIAL_BYTES;
    const order = compareBytes(revokedSerials.subarray(at, at + SERIAL_BYTES), serial);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
};

/** Entries of a list of serial numbers: length by 20 without a division, at most 4,096 entries. */
export const countRevoked = (revokedSerials: Uint8Array): number => {
  let count = 0;
  for (let at = 0; at < revokedSerials.length; at += SERIAL_BYTES) count += 1;
  return count;
};
