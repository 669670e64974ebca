import type { Result } from '../../codec/index.ts';
import { nodeSha256, proveKey } from '../tree/index.ts';
import type { CommitmentProof } from '../tree/index.ts';
import type { Store } from './store.ts';

/**
 * An ICS-23 proof, under `JMT_SPEC` and the root of a height, that the state has or has not a key.
 * Failures: store/pruned and store/unknown-height for heights that are not kept, and those of
 * `proveKey`. Throws StoreDamagedError or TreeDamagedError for what cannot be read.
 */
export function proveState(store: Store, key: Uint8Array, height: bigint): Result<CommitmentProof> {
  const reachable = store.getAt(key, height);
  if (!reachable.ok) return reachable;
  const valueOf = (other: Uint8Array): Uint8Array | undefined => {
    const value = store.getAt(other, height);
    return value.ok ? value.value : undefined;
  };
  return proveKey({ reader: store, version: height, key, valueOf, sha256: nodeSha256 });
}
