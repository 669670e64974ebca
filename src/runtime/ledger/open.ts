import { ok, type Result } from '../../codec/failure.ts';
import { checkGenesis } from '../../genesis/check.ts';
import { chainIdOf, type Genesis, genesisHash, supplyOf } from '../../genesis/genesis.ts';
import { REGISTRY } from '../../machines/registry.ts';
import { runtimeFail } from '../errors.ts';
import { idOfHeader } from '../execution/block.ts';
import type { Environment } from '../execution/environment.ts';
import { genesisHeader, genesisOverlay } from '../execution/genesis.ts';
import type { SignatureService } from '../services/signatures.ts';
import type { ChainIdentity, Store } from '../store/store.ts';
import { nodeSha256 } from '../tree/node-sha256.ts';
import { batchOf } from './blocks.ts';
import { Ledger } from './ledger.ts';
import type { Subscribers } from './subscribers.ts';

/** What a database must say of itself to belong to this genesis. */
export const identityOf = (genesis: Genesis): ChainIdentity => ({
  networkId: genesis.networkId,
  chainId: chainIdOf(genesis),
  genesisHash: genesisHash(genesis),
});

interface Parts {
  readonly genesis: Genesis;
  readonly store: Store;
  readonly signatures: SignatureService;
  readonly subscribers: Subscribers;
}

/** The store has the same chain id, genesis and first block as this genesis. */
const checkIdentity = (store: Store, genesis: Genesis, firstBlockId: string): Result<void> => {
  const { networkId, chainId, genesisHash: hash } = identityOf(genesis);
  const { identity } = store;
  const isSame =
    identity.networkId === networkId &&
    identity.chainId === chainId &&
    identity.genesisHash === hash;
  const first = store.tip() === undefined ? firstBlockId : store.block(0n)?.blockId;
  if (isSame && first === firstBlockId) return ok(undefined);
  const found = `${identity.networkId} ${identity.chainId} ${identity.genesisHash} ${first}`;
  const expected = `${networkId} ${chainId} ${hash} ${firstBlockId}`;
  return runtimeFail('runtime/foreign-store', { expected, found });
};

/**
 * Opens a chain on its store: an empty store gets the genesis as height 0, any other has to be of
 * this genesis and goes on where it stopped.
 */
export const openLedger = ({ genesis, store, signatures, subscribers }: Parts): Result<Ledger> => {
  const chain = {
    networkId: genesis.networkId,
    chainId: chainIdOf(genesis),
    registry: REGISTRY,
    verifier: signatures,
  };
  const environment: Environment = { chain, sha256: nodeSha256 };
  const firstBlockId = idOfHeader(genesisHeader(chain, genesis));
  const identified = checkIdentity(store, genesis, firstBlockId);
  if (!identified.ok) return identified;
  if (store.tip() === undefined) {
    const [failure] = checkGenesis(genesis);
    if (failure !== undefined) return { ok: false, failure };
    const written = store.commit(batchOf(genesisOverlay(environment, genesis)));
    if (!written.ok) return written;
  }
  const supplyNlux = supplyOf(genesis);
  return ok(new Ledger({ environment, store, signatures, subscribers, supplyNlux }));
};
