import { type Element, readFields, Tag } from '../der/reader.ts';
import { oid, unsignedBytes, wholeBits } from '../der/values.ts';
import { ok, reject, type Result } from '../result.ts';
import { Oid } from './oids.ts';

export const malformed = (what: string) => reject('collateral', 'tee/der-malformed', { what });

/** AlgorithmIdentifier of ecdsa-with-SHA256: no parameters (RFC 5758 §3.2). */
export const requireEcdsaWithSha256 = (element: Element): Result<null> => {
  const fields = readFields(element.raw, 2);
  if (!fields.ok) return fields;
  const [id, parameters] = fields.value;
  const name = id === undefined ? malformed('an algorithm without identifier') : oid(id);
  if (!name.ok) return name;
  return name.value === Oid.ecdsaWithSha256 && parameters === undefined
    ? ok(null)
    : reject('collateral', 'tee/certificate-algorithm', { oid: name.value });
};

/** Ecdsa-Sig-Value (RFC 5480 appendix A) as r ‖ s of 32 octets each. */
const ecdsaSignature = (bits: Element): Result<Uint8Array> => {
  const body = wholeBits(bits);
  if (!body.ok) return body;
  const fields = readFields(body.value, 2);
  if (!fields.ok) return fields;
  const out = new Uint8Array(64);
  for (const [index, end] of [
    [0, 32],
    [1, 64],
  ] as const) {
    const part = fields.value[index];
    if (part === undefined || part.tag !== Tag.integer)
      return malformed('a signature without r and s');
    const value = unsignedBytes(part, 32);
    if (!value.ok) return value;
    out.set(value.value, end - value.value.length);
  }
  return ok(out);
};

/** What is signed, and r ‖ s of 32 octets each. */
export interface Signed {
  readonly tbs: Element;
  readonly signature: Uint8Array;
}

/**
 * The outer form of certificates and revocation lists (RFC 5280 §4.1, §5.1): what is signed, how,
 * and the signature. `what` names it in a rejection.
 */
export const readSigned = (der: Uint8Array, what: string): Result<Signed> => {
  const outer = readFields(der, 3);
  if (!outer.ok) return outer;
  const [tbs, algorithm, bits] = outer.value;
  if (tbs === undefined || algorithm === undefined || bits === undefined) {
    return malformed(`${what} that ends early`);
  }
  if (tbs.tag !== Tag.sequence) return malformed(`${what} without a body`);
  const outerAlgorithm = requireEcdsaWithSha256(algorithm);
  if (!outerAlgorithm.ok) return outerAlgorithm;
  const signature = ecdsaSignature(bits);
  return signature.ok ? ok({ tbs, signature: signature.value }) : signature;
};
