import { toHex } from '../bytes.ts';
import { type Element, readChildren, readFields, Tag } from '../der/reader.ts';
import { oid, serialNumber, time, unsignedNumber, wholeBits } from '../der/values.ts';
import { MAX_CERTIFICATE_BYTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import type { Seconds } from '../time.ts';
import {
  type BasicConstraints,
  type Extensions,
  parseAuthorityKeyId,
  parseBasicConstraints,
  parseExtensions,
  parseKeyUsage,
  parseSubjectKeyId,
  REQUIRED_EXTENSIONS,
  requireKnown,
  requirePresent,
} from './extensions.ts';
import { type Name, parseName } from './name.ts';
import { Oid } from './oids.ts';
import { malformed, readSigned, requireEcdsaWithSha256 } from './signed.ts';

/** An X.509 v3 certificate with a P-256 key, signed with ECDSA and SHA-256. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  /** 20 octets, padded on the left. */
  readonly serial: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Seconds;
  readonly notAfter: Seconds;
  /** 65 octets, uncompressed. */
  readonly publicKey: Uint8Array;
  readonly extensions: Extensions;
  readonly basicConstraints: BasicConstraints;
  readonly keyUsage: number;
  readonly subjectKeyId: Uint8Array;
  /** r and s, 32 octets each. */
  readonly signature: Uint8Array;
}

/** SubjectPublicKeyInfo with the named curve P-256 and an uncompressed point (RFC 5480 §2). */
const parsePublicKey = (element: Element): Result<Uint8Array> => {
  const fields = readFields(element.raw, 2);
  if (!fields.ok) return fields;
  const [algorithm, key] = fields.value;
  if (algorithm === undefined || key === undefined) return malformed('a key without algorithm');
  const parts = readFields(algorithm.raw, 2);
  if (!parts.ok) return parts;
  const [type, curve] = parts.value;
  const typeId = type === undefined ? malformed('a key algorithm') : oid(type);
  if (!typeId.ok) return typeId;
  const isP256 =
    curve !== undefined && curve.tag === Tag.oid && toHex(curve.content) === Oid.prime256v1;
  if (typeId.value !== Oid.ecPublicKey || !isP256) {
    return reject('collateral', 'tee/certificate-algorithm', { oid: typeId.value });
  }
  const point = wholeBits(key);
  if (!point.ok) return point;
  return point.value.length === 65 && point.value[0] === 4
    ? ok(point.value)
    : reject('collateral', 'tee/certificate-algorithm', { what: 'not an uncompressed point' });
};

const parseValidity = (
  element: Element,
): Result<{ readonly notBefore: Seconds; readonly notAfter: Seconds }> => {
  const fields = readFields(element.raw, 2);
  if (!fields.ok) return fields;
  const [from, until] = fields.value;
  if (from === undefined || until === undefined) return malformed('a validity');
  const notBefore = time(from);
  if (!notBefore.ok) return notBefore;
  const notAfter = time(until);
  if (!notAfter.ok) return notAfter;
  return ok({ notBefore: notBefore.value, notAfter: notAfter.value });
};

type ExtensionFacts = Pick<
  Certificate,
  'extensions' | 'basicConstraints' | 'keyUsage' | 'subjectKeyId'
>;

const KNOWN_CRITICAL = [Oid.basicConstraints, Oid.keyUsage] as const;
const NONE = new Uint8Array(0);

const parseCertificateExtensions = (element: Element): Result<ExtensionFacts> => {
  const extensions = parseExtensions(element.content);
  if (!extensions.ok) return extensions;
  const known = requireKnown(extensions.value, KNOWN_CRITICAL);
  if (!known.ok) return known;
  const present = requirePresent(extensions.value, REQUIRED_EXTENSIONS);
  if (!present.ok) return present;
  const valueOf = (id: string) => extensions.value.get(id)?.value ?? NONE;
  const basicConstraints = parseBasicConstraints(valueOf(Oid.basicConstraints));
  if (!basicConstraints.ok) return basicConstraints;
  const keyUsage = parseKeyUsage(valueOf(Oid.keyUsage));
  if (!keyUsage.ok) return keyUsage;
  const authority = parseAuthorityKeyId(valueOf(Oid.authorityKeyId));
  if (!authority.ok) return authority;
  const subjectKeyId = parseSubjectKeyId(valueOf(Oid.subjectKeyId));
  if (!subjectKeyId.ok) return subjectKeyId;
  return ok({
    extensions: extensions.value,
    basicConstraints: basicConstraints.value,
    keyUsage: keyUsage.value,
    subjectKeyId: subjectKeyId.value,
  });
};

/** The fields of TBSCertificate in order; unique identifiers are not accepted. */
const parseTbs = (tbs: Element): Result<Omit<Certificate, 'der' | 'tbs' | 'signature'>> => {
  const fields = readChildren(tbs.content, 8);
  if (!fields.ok) return fields;
  const [version, serial, algorithm, issuer, validity, subject, key, extensions] = fields.value;
  if (version === undefined || serial === undefined || algorithm === undefined) {
    return malformed('a certificate that ends early');
  }
  if (issuer === undefined || validity === undefined || subject === undefined) {
    return malformed('a certificate that ends early');
  }
  if (key === undefined || extensions === undefined || extensions.tag !== Tag.context3) {
    return malformed('a certificate without extensions');
  }
  const versionNumber = readFields(version.raw, 1, Tag.context0);
  if (!versionNumber.ok) return versionNumber;
  const v3 = versionNumber.value[0];
  const number = v3 === undefined ? malformed('no version') : unsignedNumber(v3, 1);
  if (!number.ok || number.value !== 2) return malformed('a certificate that is not version 3');
  const parsedAlgorithm = requireEcdsaWithSha256(algorithm);
  if (!parsedAlgorithm.ok) return parsedAlgorithm;
  const parsedSerial = serialNumber(serial);
  if (!parsedSerial.ok) return parsedSerial;
  const parsedIssuer = parseName(issuer.raw);
  if (!parsedIssuer.ok) return parsedIssuer;
  const parsedSubject = parseName(subject.raw);
  if (!parsedSubject.ok) return parsedSubject;
  const window = parseValidity(validity);
  if (!window.ok) return window;
  const publicKey = parsePublicKey(key);
  if (!publicKey.ok) return publicKey;
  const facts = parseCertificateExtensions(extensions);
  if (!facts.ok) return facts;
  return ok({
    ...facts.value,
    ...window.value,
    serial: parsedSerial.value,
    issuer: parsedIssuer.value,
    subject: parsedSubject.value,
    publicKey: publicKey.value,
  });
};

/** A certificate from exactly its DER bytes (RFC 5280 §4.1). */
export const parseCertificate = (der: Uint8Array): Result<Certificate> => {
  if (der.length > MAX_CERTIFICATE_BYTES) return malformed('a certificate larger than the limit');
  const signed = readSigned(der, 'a certificate');
  if (!signed.ok) return signed;
  const { tbs, signature } = signed.value;
  const body = parseTbs(tbs);
  if (!body.ok) return body;
  return ok({ ...body.value, der, tbs: tbs.raw, signature });
};
