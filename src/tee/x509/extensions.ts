import { type Element, readChildren, readFields, readOnly, Tag } from '../der/reader.ts';
import { boolean, namedBits, octets, oid, unsignedNumber } from '../der/values.ts';
import { MAX_EXTENSIONS } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import { Oid } from './oids.ts';

export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export type Extensions = ReadonlyMap<string, Extension>;

const bad = (what: string) => reject('collateral', 'tee/certificate-extensions', { what });

const parseExtension = (element: Element): Result<readonly [string, Extension]> => {
  if (element.tag !== Tag.sequence) return bad('an extension that is not a SEQUENCE');
  const fields = readChildren(element.content, 3);
  if (!fields.ok) return fields;
  const [id, second, third] = fields.value;
  if (id === undefined || second === undefined) return bad('an extension without a value');
  const key = oid(id);
  if (!key.ok) return key;
  if (third === undefined) {
    const value = octets(second);
    return value.ok ? ok([key.value, { critical: false, value: value.value }] as const) : value;
  }
  const critical = boolean(second);
  if (!critical.ok) return critical;
  // X.690 §11.5: a DEFAULT value is not encoded.
  if (!critical.value) return bad('an extension that spells out the default of critical');
  const value = octets(third);
  return value.ok ? ok([key.value, { critical: true, value: value.value }] as const) : value;
};

/** Extensions ::= SEQUENCE OF Extension; each at most once (RFC 5280 §4.2). */
export const parseExtensions = (bytes: Uint8Array): Result<Extensions> => {
  const list = readFields(bytes, MAX_EXTENSIONS);
  if (!list.ok) return list;
  const extensions = new Map<string, Extension>();
  for (const element of list.value) {
    const extension = parseExtension(element);
    if (!extension.ok) return extension;
    const [id, value] = extension.value;
    if (extensions.has(id)) return bad(`the extension ${id} twice`);
    extensions.set(id, value);
  }
  return extensions.size === 0 ? bad('an empty list of extensions') : ok(extensions);
};

/** Refuses critical extensions that the reader does not process (RFC 5280 §4.2). */
export const requireKnown = (extensions: Extensions, known: readonly string[]): Result<null> => {
  for (const [id, extension] of extensions) {
    if (extension.critical && !known.includes(id))
      return bad(`the unknown critical extension ${id}`);
  }
  return ok(null);
};

/** Refuses when one of `ids` is missing. */
export const requirePresent = (extensions: Extensions, ids: readonly string[]): Result<null> => {
  const missing = ids.find((id) => !extensions.has(id));
  return missing === undefined ? ok(null) : bad(`the extension ${missing} is missing`);
};

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

/** BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLen INTEGER OPTIONAL }. */
export const parseBasicConstraints = (value: Uint8Array): Result<BasicConstraints> => {
  const fields = readFields(value, 2);
  if (!fields.ok) return fields;
  const [first, second] = fields.value;
  if (first === undefined) return ok({ ca: false, pathLength: undefined });
  const ca = boolean(first);
  if (!ca.ok) return ca;
  if (!ca.value) return bad('basic constraints that spell out the default');
  if (second === undefined) return ok({ ca: true, pathLength: undefined });
  const pathLength = unsignedNumber(second, 1);
  return pathLength.ok ? ok({ ca: true, pathLength: pathLength.value }) : pathLength;
};

/** Bits of the first octet of KeyUsage (RFC 5280 §4.2.1.3). */
export const KeyUsage = { digitalSignature: 0x80, keyCertSign: 0x04, crlSign: 0x02 } as const;

export const parseKeyUsage = (value: Uint8Array): Result<number> => {
  const element = readOnly(value, Tag.bitString);
  return element.ok ? namedBits(element.value) : element;
};

/** AuthorityKeyIdentifier with its key id, [0] IMPLICIT OCTET STRING (RFC 5280 §4.2.1.1). */
export const parseAuthorityKeyId = (value: Uint8Array): Result<Uint8Array> => {
  const fields = readFields(value, 3);
  if (!fields.ok) return fields;
  const keyId = fields.value[0];
  if (keyId === undefined || keyId.tag !== 0x80 || keyId.content.length === 0) {
    return bad('an authority key identifier without a key id');
  }
  return ok(keyId.content);
};

export const parseSubjectKeyId = (value: Uint8Array): Result<Uint8Array> => {
  const element = readOnly(value, Tag.octetString);
  return element.ok ? octets(element.value) : element;
};

/** The extensions that every certificate of this hierarchy has. */
export const REQUIRED_EXTENSIONS = [
  Oid.authorityKeyId,
  Oid.crlDistributionPoints,
  Oid.subjectKeyId,
  Oid.keyUsage,
  Oid.basicConstraints,
] as const;
