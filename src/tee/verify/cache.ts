import type { PckCaRecord } from '../collateral/types.ts';
import type { Seconds } from '../time.ts';
import type { SgxExtension } from '../x509/sgx-extension.ts';

/** A PCK chain whose signatures are right. Whether it applies now is checked at every use. */
export interface PckChain {
  readonly publicKey: Uint8Array;
  readonly serial: Uint8Array;
  readonly notBefore: Seconds;
  readonly notAfter: Seconds;
  readonly sgx: SgxExtension;
  readonly ca: PckCaRecord;
}

/**
 * Memory of what was verified before. It holds only facts that no time, revocation or policy can
 * change (this signature is right under this key), under a hash of everything they depend on: a
 * verdict is the same with it, without it, and in any order of quotes. The caller owns it.
 */
export interface VerifyCache {
  readonly chains: BoundedMap<PckChain>;
  readonly bindings: BoundedMap<true>;
}

export interface BoundedMap<V> {
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => void;
  readonly size: () => number;
}

/** Entries a cache keeps unless told otherwise; a chain entry takes about 8 kB. */
export const DEFAULT_CACHE_ENTRIES = 1_024;

/** A map that forgets the entry unused for longest. */
const createBoundedMap = <V>(limit: number): BoundedMap<V> => {
  const entries = new Map<string, V>();
  return {
    get: (key) => {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set: (key, value) => {
      entries.delete(key);
      if (entries.size >= limit) {
        const oldest = entries.keys().next().value;
        if (oldest !== undefined) entries.delete(oldest);
      }
      entries.set(key, value);
    },
    size: () => entries.size,
  };
};

export const createVerifyCache = (limit: number = DEFAULT_CACHE_ENTRIES): VerifyCache => ({
  chains: createBoundedMap<PckChain>(limit),
  bindings: createBoundedMap<true>(limit),
});
