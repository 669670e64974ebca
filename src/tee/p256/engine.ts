/**
 * Cryptography that the verifier needs. Two engines exist, noble and Node's OpenSSL; both stand
 * behind the checks of `verifyP256`, so that they accept the same set of signatures.
 */
export interface Engine {
  readonly name: string;
  readonly sha256: (message: Uint8Array) => Uint8Array;
  /**
   * ECDSA with SHA-256 (FIPS 186-5 §6.4.2), high S accepted. Called only with an uncompressed
   * 65-byte point of the curve and a signature of 64 bytes with 1 <= r, s < n.
   */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}

/** SEC 2 v2 §2.4.2, secp256r1. */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const scalar = (bytes: Uint8Array, from: number): bigint => {
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, 32);
  return (
    (view.getBigUint64(0) << 192n) |
    (view.getBigUint64(8) << 128n) |
    (view.getBigUint64(16) << 64n) |
    view.getBigUint64(24)
  );
};

const inRange = (value: bigint): boolean => value > 0n && value < N;

/** r and s of a 64-byte signature lie in [1, n-1] (FIPS 186-5 §6.4.2 step 1). */
const isSignatureInRange = (signature: Uint8Array): boolean =>
  signature.length === 64 && inRange(scalar(signature, 0)) && inRange(scalar(signature, 32));

/**
 * An uncompressed point on the curve (SEC 1 §3.2.2.1): 65 bytes, both coordinates below p, the
 * equation holds. The point at infinity has no such form; the cofactor is 1.
 */
export const isPointOnCurve = (publicKey: Uint8Array): boolean => {
  if (publicKey.length !== 65 || publicKey[0] !== 4) return false;
  const x = scalar(publicKey, 1);
  const y = scalar(publicKey, 33);
  if (x >= P || y >= P) return false;
  return (y * y - (x * x - 3n) * x - B) % P === 0n;
};

/** The one accept-set: range and curve are checked here, the equation by the engine. */
export const verifyP256 = (
  engine: Engine,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean =>
  isSignatureInRange(signature) &&
  isPointOnCurve(publicKey) &&
  engine.verify(publicKey, message, signature);
