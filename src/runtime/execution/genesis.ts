import { GENESIS_ACTIVITY, genesisChanges } from '../../actors/index.ts';
import type { BlockHeader } from '../../actors/header.ts';
import { transactionsRoot } from '../../codec/index.ts';
import type { Genesis } from '../../genesis/genesis.ts';
import { genesisEntries, genesisRecords } from '../../genesis/records.ts';
import { updateTree } from '../tree/update.ts';
import { idOfHeader } from './block.ts';
import type { Environment } from './environment.ts';
import type { Overlay } from './overlay.ts';

const NO_PARENT = '0'.repeat(64);
const NO_PROPOSER = '0'.repeat(40);

/** The header of height 0: it follows from genesis, so every node has the same first parent. */
export const genesisHeader = (
  { networkId, chainId }: Environment['chain'],
  { time }: Genesis,
): BlockHeader => ({
  networkId,
  chainId,
  height: 0n,
  parentId: NO_PARENT,
  time,
  proposer: NO_PROPOSER,
  transactionsRoot: transactionsRoot([]),
});

/** The state at height 0, in the form in which every later block is kept. */
export const genesisOverlay = (environment: Environment, genesis: Genesis): Overlay => {
  const { chain, sha256 } = environment;
  const header = genesisHeader(chain, genesis);
  const state = genesisChanges(chain, genesisRecords(genesis), genesisEntries(genesis));
  const reader = { getNode: () => undefined };
  const tree = updateTree({ reader, parent: undefined, version: 0n, changes: state, sha256 });
  return {
    blockId: idOfHeader(header),
    header,
    root: tree.root,
    activity: GENESIS_ACTIVITY,
    gasUsed: 0n,
    state,
    treePut: tree.put,
    treeStale: tree.stale,
    beginReceipt: { timers: [], carriedOver: false, events: [], activity: GENESIS_ACTIVITY },
    transactions: [],
  };
};
