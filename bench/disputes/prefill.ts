import { GENESIS_ACTIVITY, genesisChanges, type GenesisActor } from '../../src/actors/index.ts';
import { hash, nobleSecp256k1, transactionsRoot, u32be } from '../../src/codec/index.ts';
import { initialAttestation } from '../../src/machines/attestation/record.ts';
import { actorId } from '../../src/machines/kit/index.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import { idOfHeader } from '../../src/runtime/execution/block.ts';
import { overlayOf } from '../../src/runtime/execution/outcome.ts';
import { batchOf } from '../../src/runtime/ledger/blocks.ts';
import { makeSignatures } from '../../src/runtime/services/signatures.ts';
import { nodeSha256 } from '../../src/runtime/tree/index.ts';
import { MODEL_ID } from '../chain/model.ts';
import { must } from '../chain/must.ts';
import type { Chain } from './chain.ts';

/** Attestations that one commit makes. */
const BATCH = 10_000;
const NO_PROPOSER = '00'.repeat(20);

/** Blocks that filling the state with so many attestations takes. */
export const prefillBlocks = (count: number): bigint => BigInt(Math.ceil(count / BATCH));

/** What all of the attestations have in common. */
interface Claim {
  readonly profileHash: string;
  /** Height at which the windows of all of them end. */
  readonly windowEnd: bigint;
}

/** Nobody asked for it and nobody paid: it holds no coins. */
const pending = (chain: Chain, index: number, claim: Claim): GenesisActor<'attestation'> => {
  const { people, genesis } = chain.cast;
  const name = (part: string): string => hash(`aivm/bench-${part}/1`, u32be(index));
  return {
    id: actorId('attestation', name('slot')),
    state: 'pending',
    balance: 0n,
    context: {
      ...initialAttestation,
      ...claim,
      attestationId: name('attestation'),
      provider: people[index % people.length]?.address ?? initialAttestation.provider,
      modelId: MODEL_ID,
      payloadHash: name('payload'),
      outputHash: name('output'),
      evidenceRoot: name('evidence'),
      timestamp: genesis.time,
      height: chain.height,
      includedAt: genesis.time,
      enforceable: true,
      baseNlux: genesis.parameters.minimumStakeNlux,
    },
  };
};

/**
 * Fills the state with pending attestations by commits without transactions, as `bench/chain` does
 * with accounts: tree, root and the chain of blocks are those of real blocks.
 */
export const prefillAttestations = (chain: Chain, count: number, claim: Claim): void => {
  const { store } = chain.host;
  const ids = chain.cast.chain;
  const context = { ...ids, registry: REGISTRY, verifier: makeSignatures(nobleSecp256k1) };
  const environment = { chain: context, sha256: nodeSha256 };
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    const attestations = Array.from({ length: size }, (_, at) => pending(chain, from + at, claim));
    const changes = genesisChanges(context, attestations);
    const tip = chain.host.tip();
    const header = {
      ...ids,
      height: tip.height + 1n,
      parentId: tip.blockId,
      time: tip.time + 1n,
      proposer: NO_PROPOSER,
      transactionsRoot: transactionsRoot([]),
    };
    const block = { id: idOfHeader(header), header };
    const activity = GENESIS_ACTIVITY;
    const begin = { timers: [], carriedOver: false, events: [], activity };
    const outcome = { changes, receipts: [], begin, activity, gasUsed: 0n, trace: [] };
    const overlay = overlayOf(environment, { ...tip, view: store }, block, [], outcome);
    must(store.commit(batchOf(overlay)));
  }
};
