import { failWith } from '../../codec/failure.ts';

/** Failures of the keystore: files with private keys, encrypted with a passphrase. */
export const keystoreErrors = {
  'keystore/bad-name':
    'A name is 1 to 40 characters of a-z, 0-9, "-" and "_", begins with a letter or digit, and ' +
    'is not an address.',
  'keystore/name-taken': 'A key of this name exists and is not overwritten: choose another name.',
  'keystore/unknown-name': 'No key has this name: aivm keys list shows those there are.',
  'keystore/wide-mode': 'Others may read your keys: run details.todo, then try again.',
  'keystore/not-a-directory': 'The keystore is not a directory: name another with --keystore.',
  'keystore/unreadable': 'The keystore cannot be read: see details.path and details.cause.',
  'keystore/unwritable': 'The keystore cannot be written: see details.path and details.cause.',
  'keystore/damaged':
    'The key file is damaged, details.cause: restore it from a copy, or import the key again.',
  'keystore/unsupported-version':
    'The key file was written by a newer version of aivm: use that version, or export it there.',
  'keystore/wrong-passphrase':
    'The passphrase does not open this key: check spelling and keyboard layout.',
  'keystore/bad-private-key':
    'A private key is 64 hex digits, above 0 and below the order of secp256k1.',
} as const;

export type KeystoreErrorCode = keyof typeof keystoreErrors;

/** Builds a failed result of this catalogue. */
export const keystoreFail = failWith<KeystoreErrorCode>(keystoreErrors);
