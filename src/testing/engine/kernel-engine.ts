import {
  type BeginReceipt,
  BlockBuilder,
  type ChainContext,
  GENESIS_ACTIVITY,
  genesisChanges,
  type PreparedTransaction,
  signedSize,
  transactionBody,
} from '../../actors/index.ts';
import { encodeMessage } from '../../client/transaction.ts';
import { encode, fromHex, hash, u64be, varying } from '../../codec/index.ts';
import { genesisEntries, genesisRecords } from '../../genesis/records.ts';
import type { Genesis } from '../../genesis/genesis.ts';
import { kindOf } from '../../machines/kit/index.ts';
import type { Messages } from '../../machines/messages.ts';
import { genesisHeader } from '../../runtime/execution/genesis.ts';
import { idOfHeader } from '../../runtime/execution/block.ts';
import { nodeSha256 } from '../../runtime/tree/node-sha256.ts';
import { updateTree } from '../../runtime/tree/index.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import type { Engine, Extended, Moment, Offered, TestTip, Unsigned } from './engine.ts';
import { PersistentMap } from './persistent-map.ts';
import { PersistentState } from './persistent-state.ts';

export interface KernelMoment extends Moment {
  readonly state: PersistentState;
}

const NO_TIMERS: BeginReceipt = {
  timers: [],
  carriedOver: false,
  events: [],
  activity: GENESIS_ACTIVITY,
};

const startOf = (chain: ChainContext, genesis: Genesis): KernelMoment => {
  const changes = genesisChanges(chain, genesisRecords(genesis), genesisEntries(genesis));
  const blockId = idOfHeader(genesisHeader(chain, genesis));
  return {
    tip: { height: 0n, blockId, time: genesis.time, activity: GENESIS_ACTIVITY },
    state: new PersistentState(PersistentMap.empty()).apply(changes),
    begin: NO_TIMERS,
  };
};

/** What the kernel sees of a transaction, without the bytes of its signature. */
const prepare = (chain: ChainContext, unsigned: Unsigned): PreparedTransaction => {
  const { sender, message, receiver, valueNlux, nonce, expiry, gasLimit, gasPriceNlux } = unsigned;
  const { networkId, chainId } = chain;
  const encoded = encodeMessage(kindOf(receiver), message as Messages[keyof Messages]);
  const body = {
    networkId,
    chainId,
    nonce,
    expiry,
    gasLimit,
    gasPriceNlux,
    receiver,
    valueNlux,
    message: unwrap(encoded),
  };
  const id = hash('aivm/test-tx/1', varying(encode(transactionBody, body)));
  return { id, sender, body, message, sizeBytes: signedSize(body) };
};

/** A block without bytes has no header to hash: its id follows from what happened in it. */
const idAfter = (parent: TestTip, time: bigint, activity: string): string =>
  hash('aivm/test-block/1', fromHex(parent.blockId), u64be(time), fromHex(activity));

const extend = (
  chain: ChainContext,
  { tip, state }: KernelMoment,
  time: bigint,
  transactions: readonly Unsigned[],
): Extended<KernelMoment> => {
  const header = { height: tip.height + 1n, time };
  const builder = new BlockBuilder({
    chain,
    source: state,
    header,
    parent: { id: tip.blockId, time: tip.time },
    parentActivity: tip.activity,
  });
  const offered = transactions.map((each): Offered => {
    const added = builder.add(prepare(chain, each));
    return added.ok
      ? { included: true, receipt: added.value }
      : { included: false, failure: added.failure };
  });
  const { changes, activity, begin } = builder.finish();
  const next = { ...header, blockId: idAfter(tip, time, activity), activity };
  return { moment: { tip: next, state: state.apply(changes), begin }, offered };
};

/** The root depends on the records alone, so it may be made at once from all of them. */
const rootOf = ({ state }: KernelMoment): string =>
  updateTree({
    reader: { getNode: () => undefined },
    parent: undefined,
    version: 0n,
    changes: new Map(state.records.range()),
    sha256: nodeSha256,
  }).root;

/**
 * The kernel alone: every rule of admission and every transition of the chain, and nothing else.
 * Transactions are not signed, blocks have no bytes, and the root is made when it is asked for.
 * What is signed inside of messages, attestations and key proofs, is checked as ever.
 */
export const kernelEngine = (chain: ChainContext, genesis: Genesis): Engine<KernelMoment> => ({
  chain,
  genesis,
  start: startOf(chain, genesis),
  extend: (moment, time, transactions) => extend(chain, moment, time, transactions),
  root: rootOf,
});
