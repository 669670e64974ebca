import { FIELD_PRIME } from './field.ts';

/** The reference searches from the field's prime downwards, and not below this. */
export const LEAST_MODULUS = 32_769;

/**
 * Most moduli that are tried. Two of 128 honest indices collide in one of eight at most, so this
 * many fail for nobody; indices made to collide would otherwise take all 32,729.
 */
export const MAX_MODULUS_TRIES = 256;

/**
 * Largest modulus up to 65497 under which the indices (u32) stay distinct, or nothing within the
 * tries. It need not be prime: it only shortens indices, the field is the same for all.
 */
export const injectiveModulus = (indices: Uint32Array): number | undefined => {
  const seenAt = new Uint16Array(FIELD_PRIME);
  const isInjective = (modulus: number, attempt: number): boolean =>
    indices.every((index) => {
      const remainder = index % modulus;
      if (seenAt[remainder] === attempt) return false;
      seenAt[remainder] = attempt;
      return true;
    });
  for (let attempt = 1; attempt <= MAX_MODULUS_TRIES; attempt += 1) {
    const modulus = FIELD_PRIME + 1 - attempt;
    if (isInjective(modulus, attempt)) return modulus;
  }
  return undefined;
};
