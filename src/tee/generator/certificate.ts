import { sha256 } from '@noble/hashes/sha2.js';
import { ascii } from '../bytes.ts';
import { Tag } from '../der/reader.ts';
import type { Seconds } from '../time.ts';
import { Oid } from '../x509/oids.ts';
import {
  bitString,
  boolean,
  element,
  integer,
  integerBytes,
  octetString,
  oid,
  printableString,
  sequence,
  time,
  utf8String,
} from './der.ts';
import { signDer, type TestKey } from './keys.ts';

/** What a test certificate says. Every field can be set wrong, which is what tests are for. */
export interface CertificateSpec {
  readonly commonName: string;
  readonly issuerName: string;
  readonly serial: Uint8Array;
  readonly notBefore: Seconds;
  readonly notAfter: Seconds;
  readonly publicKey: Uint8Array;
  readonly issuerKey: TestKey;
  /** Path length of an authority; undefined for an end entity. */
  readonly pathLength?: number;
  /** The value of the SGX extension of a PCK certificate. */
  readonly sgxExtension?: Uint8Array;
  /** Extensions to leave out, by identifier. */
  readonly omit?: readonly string[];
  /** Encoded extensions to add. */
  readonly extra?: readonly Uint8Array[];
}

export const algorithm = (): Uint8Array => sequence(oid(Oid.ecdsaWithSha256));

/** The names of this hierarchy differ in the common name only. */
export const name = (commonName: string): Uint8Array => {
  const attribute = (id: string, value: Uint8Array) => element(Tag.set, sequence(oid(id), value));
  return sequence(
    attribute(Oid.commonName, utf8String(commonName)),
    attribute(Oid.organization, utf8String('Intel Corporation')),
    attribute(Oid.locality, utf8String('Santa Clara')),
    attribute(Oid.state, utf8String('CA')),
    attribute(Oid.country, printableString('US')),
  );
};

export const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));

/** RFC 5280 §4.2.1.2 method (1) hashes with SHA-1; any unique value serves. */
export const keyId = (publicKey: Uint8Array): Uint8Array => sha256(publicKey).subarray(0, 20);

const CRL_URI = 'https://example.invalid/crl.der';

const extensions = (spec: CertificateSpec): readonly Uint8Array[] => {
  const authority = spec.pathLength !== undefined;
  const constraints = authority ? sequence(boolean(true), integer(spec.pathLength)) : sequence();
  // keyCertSign and cRLSign, or digitalSignature and nonRepudiation (RFC 5280 §4.2.1.3).
  const usage = authority ? bitString(Uint8Array.of(0x06), 1) : bitString(Uint8Array.of(0xc0), 6);
  const uri = element(0x86, ascii(CRL_URI));
  const point = sequence(element(0xa0, element(0xa0, uri)));
  const all: readonly (readonly [string, boolean, Uint8Array])[] = [
    [Oid.authorityKeyId, false, sequence(element(0x80, keyId(spec.issuerKey.publicKey)))],
    [Oid.crlDistributionPoints, false, sequence(point)],
    [Oid.subjectKeyId, false, octetString(keyId(spec.publicKey))],
    [Oid.keyUsage, true, usage],
    [Oid.basicConstraints, true, constraints],
  ];
  const kept = all
    .filter(([id]) => spec.omit?.includes(id) !== true)
    .map(([id, critical, value]) => extension(id, critical, value));
  const sgx = spec.sgxExtension;
  const added = sgx === undefined ? [] : [extension(Oid.sgxExtensions, false, sgx)];
  return [...kept, ...added, ...(spec.extra ?? [])];
};

const publicKeyInfo = (publicKey: Uint8Array): Uint8Array =>
  sequence(sequence(oid(Oid.ecPublicKey), oid(Oid.prime256v1)), bitString(publicKey));

/** A signed structure: body, algorithm, signature. Certificates and lists have the same shape. */
export const signed = (body: Uint8Array, key: TestKey): Uint8Array =>
  sequence(body, algorithm(), bitString(signDer(key, body)));

/** A certificate in DER. */
export const makeCertificate = (spec: CertificateSpec): Uint8Array =>
  signed(
    sequence(
      element(Tag.context0, integer(2)),
      integerBytes(spec.serial),
      algorithm(),
      name(spec.issuerName),
      sequence(time(spec.notBefore), time(spec.notAfter)),
      name(spec.commonName),
      publicKeyInfo(spec.publicKey),
      element(Tag.context3, sequence(...extensions(spec))),
    ),
    spec.issuerKey,
  );

/** What a test revocation list says. */
export interface CrlSpec {
  readonly issuerName: string;
  readonly issuerKey: TestKey;
  readonly thisUpdate: Seconds;
  readonly nextUpdate: Seconds;
  readonly crlNumber?: number;
  readonly revoked: readonly Uint8Array[];
}

const KEY_COMPROMISE = 1;

/** A revocation list in DER, every entry with the reason keyCompromise. */
export const makeCrl = (spec: CrlSpec): Uint8Array => {
  const reason = sequence(
    extension(Oid.reasonCode, false, element(Tag.enumerated, Uint8Array.of(KEY_COMPROMISE))),
  );
  const entries = spec.revoked.map((serial) =>
    sequence(integerBytes(serial), time(spec.thisUpdate), reason),
  );
  const authority = sequence(element(0x80, keyId(spec.issuerKey.publicKey)));
  const list = sequence(
    extension(Oid.crlNumber, false, integer(spec.crlNumber ?? 1)),
    extension(Oid.authorityKeyId, false, authority),
  );
  return signed(
    sequence(
      integer(1),
      algorithm(),
      name(spec.issuerName),
      time(spec.thisUpdate),
      time(spec.nextUpdate),
      entries.length === 0 ? new Uint8Array(0) : sequence(...entries),
      element(Tag.context0, list),
    ),
    spec.issuerKey,
  );
};
