import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes, toHex } from './bytes.ts';
import { type Secp256k1, canonical, privateKeyBytes } from './keys/signature.ts';

/** The reference implementation, in plain TypeScript: works anywhere, about 40 times slower. */
export const nobleSecp256k1: Secp256k1 = canonical({
  name: 'noble',
  recover(digest, rs, recoveryId) {
    try {
      const recovered = concatBytes(Uint8Array.of(recoveryId), rs);
      return secp256k1.recoverPublicKey(recovered, digest, { prehash: false });
    } catch {
      // r is not the x of a point, or the key would be the point at infinity (SEC 1 v2 §4.1.6).
      return undefined;
    }
  },
  sign(digest, privateKey) {
    const options = { prehash: false, lowS: true, format: 'recovered' } as const;
    const signature = secp256k1.sign(digest, privateKey, options);
    return { rs: signature.subarray(1), recoveryId: signature[0] as number };
  },
});

/** Compressed public key (66 hex digits) of a private key (64 hex digits). */
export const publicKeyOf = (privateKey: string): string =>
  toHex(secp256k1.getPublicKey(privateKeyBytes(privateKey), true));
