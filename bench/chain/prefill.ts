import { GENESIS_ACTIVITY, genesisChanges, type GenesisActor } from '../../src/actors/index.ts';
import { transactionsRoot } from '../../src/codec/index.ts';
import { nobleSecp256k1 } from '../../src/codec/index.ts';
import { actorId } from '../../src/machines/kit/index.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import { idOfHeader } from '../../src/runtime/execution/block.ts';
import { overlayOf } from '../../src/runtime/execution/outcome.ts';
import { batchOf } from '../../src/runtime/ledger/blocks.ts';
import { makeSignatures } from '../../src/runtime/services/signatures.ts';
import type { Store } from '../../src/runtime/store/index.ts';
import { nodeSha256 } from '../../src/runtime/tree/index.ts';
import { must } from './must.ts';
import { ACCOUNT_NLUX, addressOfAccount, type Cast } from './people.ts';

/** Accounts that one commit makes. */
const BATCH_ACCOUNTS = 10_000;
const NO_PROPOSER = '00'.repeat(20);

const account = (address: string, balance: bigint): GenesisActor => ({
  id: actorId('account', address),
  state: 'open',
  balance,
  context: { nonce: 0n },
});

/**
 * Fills the state with accounts by commits without transactions, since genesis may not name that
 * many. They get their coins from the reserve, so the supply stays; the tree, the root and the
 * chain of blocks are those of real blocks, and `check` finds nothing wrong. Only a replay would.
 */
export const prefill = (store: Store, { genesis, chain: ids, reserve }: Cast, count: number) => {
  const verifier = makeSignatures(nobleSecp256k1);
  const chain = { ...ids, registry: REGISTRY, verifier };
  const environment = { chain, sha256: nodeSha256 };
  let left = genesis.allocations.find(({ address }) => address === reserve.address)?.amountNlux;
  if (left === undefined) throw new Error('the genesis has no reserve');
  for (let from = 0; from < count; from += BATCH_ACCOUNTS) {
    const size = Math.min(BATCH_ACCOUNTS, count - from);
    left -= ACCOUNT_NLUX * BigInt(size);
    const accounts = Array.from({ length: size }, (_, index) =>
      account(addressOfAccount(from + index), ACCOUNT_NLUX),
    );
    const changes = genesisChanges(chain, [account(reserve.address, left), ...accounts]);
    const tip = store.tip();
    if (tip === undefined) throw new Error('the chain has no genesis');
    const header = {
      ...ids,
      height: tip.height + 1n,
      parentId: tip.blockId,
      time: tip.time + 1n,
      proposer: NO_PROPOSER,
      transactionsRoot: transactionsRoot([]),
    };
    const block = { id: idOfHeader(header), header, transactions: [] };
    const activity = GENESIS_ACTIVITY;
    const begin = { timers: [], carriedOver: false, events: [], activity };
    const outcome = { changes, receipts: [], begin, activity, gasUsed: 0n, trace: [] };
    const overlay = overlayOf(environment, { ...tip, view: store }, block, [], outcome);
    must(store.commit(batchOf(overlay)));
  }
};
