import { createRequire } from 'node:module';
import type * as Bindings from 'secp256k1';
import type * as Wasm from 'tiny-secp256k1';
import { type Secp256k1, canonical } from './keys/signature.ts';
import { nobleSecp256k1 } from './secp256k1-noble.ts';

const require = createRequire(import.meta.url);
const NOT_RECOVERABLE = 'Public key could not be recover';

/** libsecp256k1 as a prebuilt native module, or nothing where there is none for this machine. */
export function loadNative(): Secp256k1 | undefined {
  let bindings: typeof Bindings;
  try {
    // Not the package's entry point: that falls back to another library without saying so.
    bindings = require('secp256k1/bindings.js') as typeof Bindings;
  } catch {
    return undefined;
  }
  return canonical({
    name: 'native',
    recover(digest, rs, recoveryId) {
      try {
        return bindings.ecdsaRecover(rs, recoveryId, digest, true);
      } catch (error) {
        if (error instanceof Error && error.message === NOT_RECOVERABLE) return undefined;
        throw error;
      }
    },
    sign(digest, privateKey) {
      const { signature, recid } = bindings.ecdsaSign(digest, privateKey);
      return { rs: signature, recoveryId: recid };
    },
  });
}

/** libsecp256k1 compiled to WebAssembly, or nothing when the package is not installed. */
export function loadWasm(): Secp256k1 | undefined {
  let wasm: typeof Wasm;
  try {
    wasm = require('tiny-secp256k1') as typeof Wasm;
  } catch {
    return undefined;
  }
  return canonical({
    name: 'wasm',
    recover(digest, rs, recoveryId) {
      // The package tests r for being the x of a point by throwing, so ask first.
      if (!wasm.isXOnlyPoint(rs.subarray(0, 32))) return undefined;
      return wasm.recover(digest, rs, recoveryId, true) ?? undefined;
    },
    sign(digest, privateKey) {
      const { signature, recoveryId } = wasm.signRecoverable(digest, privateKey);
      return { rs: signature, recoveryId };
    },
  });
}

/** The fastest implementation that this machine has: native, else WebAssembly, else noble. */
export const loadSecp256k1 = (): Secp256k1 => loadNative() ?? loadWasm() ?? nobleSecp256k1;
