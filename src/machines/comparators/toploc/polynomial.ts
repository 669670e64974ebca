import { proofBytes } from '../limits.ts';
import { evaluate, FIELD_PRIME, interpolate } from './field.ts';
import { injectiveModulus, LEAST_MODULUS } from './modulus.ts';
import type { Pairs } from './pairs.ts';

/** What a TOPLOC proof says: the bf16 bits of an activation are the value at its index. */
export interface Polynomial {
  readonly modulus: number;
  /** In GF(65497), ascending. */
  readonly coefficients: Uint16Array;
}

/** The polynomial through the pairs; nothing where no modulus keeps their indices apart. */
export const polynomialThrough = ({ indices, values }: Pairs): Polynomial | undefined => {
  const modulus = injectiveModulus(indices);
  if (modulus === undefined) return undefined;
  const xs = Uint16Array.from(indices, (index) => index % modulus);
  return { modulus, coefficients: interpolate(xs, values) };
};

/** bf16 bits that the proof claims for the activation at this index (`mod m` as in the pins). */
export const claimedValue = ({ modulus, coefficients }: Polynomial, index: number): number =>
  evaluate(coefficients, index % modulus);

/** Modulus, then the coefficients ascending, u16 big-endian. */
export const encodeProof = ({ modulus, coefficients }: Polynomial): Uint8Array => {
  const bytes = new Uint8Array(proofBytes(coefficients.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, modulus);
  coefficients.forEach((coefficient, at) => view.setUint16(2 + 2 * at, coefficient));
  return bytes;
};

/**
 * The polynomial of a proof, or nothing where it has a modulus that the search does not give (0
 * above all) or a coefficient outside of the field (PROTOCOL §7, pins).
 */
export const decodeProof = (proof: Uint8Array): Polynomial | undefined => {
  const view = new DataView(proof.buffer, proof.byteOffset, proof.byteLength);
  const modulus = view.getUint16(0);
  if (modulus < LEAST_MODULUS || modulus > FIELD_PRIME) return undefined;
  const coefficients = new Uint16Array((proof.length - 2) >>> 1);
  for (let at = 0; at < coefficients.length; at += 1) {
    const coefficient = view.getUint16(2 + 2 * at);
    if (coefficient >= FIELD_PRIME) return undefined;
    coefficients[at] = coefficient;
  }
  return { modulus, coefficients };
};
