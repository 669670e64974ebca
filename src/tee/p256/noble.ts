import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Engine } from './engine.ts';

/** The reference engine, in JavaScript only: it runs everywhere, a browser included. */
export const nobleEngine: Engine = {
  name: 'noble',
  sha256: (message) => sha256(message),
  verify: (publicKey, message, signature) =>
    p256.verify(signature, sha256(message), publicKey, { lowS: false, prehash: false }),
};
