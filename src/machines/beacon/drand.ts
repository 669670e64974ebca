import { bls12_381 } from '@noble/curves/bls12-381.js';
import { fromHex, MAX_U64, sha256, u64be } from '../../codec/index.ts';

/** Of drand's scheme `bls-unchained-g1-rfc9380`: the suite of RFC 9380 §8.8.1 with BLS's tag. */
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
/** Compressed points (the ZCash encoding that draft-irtf-cfrg-bls-signature, appendix A, uses). */
const SIGNATURE_TEXT = /^[0-9a-f]{96}$/;
const PUBLIC_KEY_TEXT = /^[0-9a-f]{192}$/;

const { G1, G2, shortSignatures } = bls12_381;
type Point = typeof G1.Point | typeof G2.Point;

/**
 * The point of a compressed encoding if it is the canonical one of a point other than infinity in
 * the subgroup of prime order, the only ones a signature or a key may be.
 */
const pointOf = <P extends Point>(curve: P, text: string): P['BASE'] | undefined => {
  try {
    const point = curve.fromBytes(fromHex(text));
    if (point.is0() || !point.isTorsionFree() || point.toHex(true) !== text) return undefined;
    return point;
  } catch {
    // The library says "not a point" by throwing; that is an answer here and not an error.
    return undefined;
  }
};

/**
 * Is `publicKey` (96 bytes, G2) one that a drand source may have? Genesis refuses any other.
 */
export const isDrandPublicKey = (publicKey: string): boolean =>
  PUBLIC_KEY_TEXT.test(publicKey) && pointOf(G2.Point, publicKey) !== undefined;

/**
 * Does `signature` (48 bytes, G1) sign the round under `publicKey` (96 bytes, G2)? The message is
 * `SHA-256(round u64)`; rounds are unchained. All hex is lower-case; anything else, points that are
 * not canonical or not in the subgroup included, is not a signature. Never throws.
 */
export const verifyDrand = (publicKey: string, round: bigint, signature: string): boolean => {
  if (!SIGNATURE_TEXT.test(signature) || !PUBLIC_KEY_TEXT.test(publicKey)) return false;
  if (round < 1n || round > MAX_U64) return false;
  const signaturePoint = pointOf(G1.Point, signature);
  const keyPoint = pointOf(G2.Point, publicKey);
  if (signaturePoint === undefined || keyPoint === undefined) return false;
  const message = shortSignatures.hash(sha256(u64be(round)), DST);
  return shortSignatures.verify(signaturePoint, message, keyPoint);
};
