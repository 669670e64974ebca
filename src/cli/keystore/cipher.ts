import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { fromHex, toHex } from '../../codec/bytes.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { keystoreFail } from './errors.ts';
import type { Encryption } from './file.ts';

/**
 * scrypt (RFC 7914) with 128 MiB: the first choice of OWASP's Password Storage Cheat Sheet where
 * Argon2id is not at hand, N = 2^17, r = 8, p = 1. About a third of a second.
 */
export const SCRYPT = { N: 131_072, r: 8, p: 1 } as const;
const SALT_BYTES = 32;

/** AES-256-GCM (NIST SP 800-38D): a 96-bit nonce, used once with its key, and the full tag. */
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Derivation {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
}

/** scrypt itself takes 128·N·r bytes; the rest is for its p blocks. */
const memoryFor = ({ N, r, p }: Derivation): number => 128 * r * (N + p + 2);

/** One passphrase has one form, whatever the keyboard makes of an accent. */
const passphraseBytes = (passphrase: string): Buffer => Buffer.from(passphrase.normalize('NFKC'));

const deriveKey = (passphrase: string, derivation: Derivation): Promise<Buffer> => {
  const { salt, N, r, p } = derivation;
  const options = { N, r, p, maxmem: memoryFor(derivation) };
  return new Promise((resolve, reject) => {
    scrypt(passphraseBytes(passphrase), fromHex(salt), KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
};

/** Encrypts a private key (hex); the address is bound to it as associated data. */
export const encryptKey = async (
  privateKey: string,
  address: string,
  passphrase: string,
): Promise<Encryption> => {
  const derivation = { ...SCRYPT, salt: toHex(randomBytes(SALT_BYTES)) };
  const nonce = randomBytes(NONCE_BYTES);
  const key = await deriveKey(passphrase, derivation);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(fromHex(address));
  const ciphertext = Buffer.concat([cipher.update(fromHex(privateKey)), cipher.final()]);
  key.fill(0);
  return {
    kdf: { name: 'scrypt', ...derivation },
    cipher: {
      name: CIPHER,
      associatedData: 'address',
      nonce: toHex(nonce),
      tag: toHex(cipher.getAuthTag()),
      ciphertext: toHex(ciphertext),
    },
  };
};

/**
 * The private key (hex) of a file that is whole. The tag fails for another passphrase, and for a
 * file that someone changed on purpose, checksum included: the two cannot be told apart.
 */
export const decryptKey = async (
  { kdf, cipher }: Encryption,
  address: string,
  passphrase: string,
): Promise<Result<string>> => {
  const key = await deriveKey(passphrase, kdf);
  const decipher = createDecipheriv(CIPHER, key, fromHex(cipher.nonce), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(fromHex(address));
  decipher.setAuthTag(fromHex(cipher.tag));
  try {
    const head = decipher.update(fromHex(cipher.ciphertext));
    return ok(toHex(Buffer.concat([head, decipher.final()])));
  } catch {
    return keystoreFail('keystore/wrong-passphrase');
  } finally {
    key.fill(0);
  }
};
