import { utf8 } from '../bytes.ts';
import { hash, varying } from '../hash.ts';
import { addressOf, publicKeyOf } from '../secp256k1.ts';

/** A key of an account or a provider; all hex. */
export interface Keypair {
  /** 32 bytes. */
  readonly privateKey: string;
  /** Compressed, 33 bytes. */
  readonly publicKey: string;
  /** 20 bytes. */
  readonly address: string;
}

/** The public key and the address that belong to a private key. */
export function keypairOf(privateKey: string): Keypair {
  const publicKey = publicKeyOf(privateKey);
  return { privateKey, publicKey, address: addressOf(publicKey) };
}

/**
 * A development key, `H("aivm/dev-key/1", text)` with the text's UTF-8 preceded by its u32 length.
 * Insecure: whoever guesses the text owns the key. For tests and the `local` preset only.
 */
export const keypairFromSeed = (text: string): Keypair =>
  keypairOf(hash('aivm/dev-key/1', varying(utf8(text))));
