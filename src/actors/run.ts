import { PARAMETERS, TRUST_STORE, u64Key, type Collection } from '../machines/kit/index.ts';
import type { Parameters } from '../machines/parameters/record.ts';
import { RECENT_BLOCKS, recentBlocks } from '../machines/trust-store/record.ts';
import { Activity, type TraceEntry } from './activity.ts';
import { Mailbox } from './mailbox.ts';
import { TransitionReader } from './reader.ts';
import type { ChainEvent } from './receipt.ts';
import { storedRecord } from './record.ts';
import type { BlockTime, ChainContext, StateSource } from './source.ts';
import { WorkingState } from './working.ts';

/** A block as later ones refer to it. */
export interface BlockReference {
  /** Block id, 32 bytes in hex. */
  readonly id: string;
  /** Unix seconds. */
  readonly time: bigint;
}

/** What a block is executed on. */
export interface BlockInput {
  readonly chain: ChainContext;
  /** The state after the parent. */
  readonly source: StateSource;
  /** Of the header only these two reach the state; the rest is the runtime's to check. */
  readonly header: BlockTime;
  /** The block before it, which the state keeps for a while; absent where none is imagined. */
  readonly parent?: BlockReference | undefined;
  /** Activity hash after the parent, 32 bytes in hex; GENESIS_ACTIVITY for the first block. */
  readonly parentActivity: string;
  /** Keeps one entry for every delivered message. */
  readonly trace?: boolean;
}

/** Everything that the delivery of messages in one block works on. */
export interface Run {
  readonly chain: ChainContext;
  readonly block: BlockTime;
  /** Those at the beginning of the block; a change within it counts from the next. */
  readonly parameters: Parameters;
  readonly state: WorkingState;
  readonly reader: TransitionReader;
  readonly mailbox: Mailbox;
  readonly activity: Activity;
  /** Every delivered message, if asked for. */
  readonly trace: TraceEntry[] | undefined;
  /** nLUX of fees: reserved by the transaction in hand, or collected for the Treasury. */
  feesHeld: bigint;
  /** Of the transaction or timer in hand. */
  events: ChainEvent[];
  delivered: number;
  /** Has a message of it asked that it cost no fee? */
  isFeeRefunded: boolean;
}

/**
 * Keeps the parent's id in the state: a TEE quote that refers to a recent block shows that it is
 * recent itself (PROTOCOL §8). The entry of the block before the last ones is written over.
 */
const keepParent = (state: WorkingState, { header, parent }: BlockInput): void => {
  if (parent === undefined) return;
  const height = header.height - 1n;
  const key = u64Key(height % RECENT_BLOCKS);
  const collection = recentBlocks as unknown as Collection<unknown>;
  const cell = state.entry(collection, TRUST_STORE, key);
  state.setEntry(cell, collection, { height, blockId: parent.id, time: parent.time });
  state.settle();
};

export const beginRun = (input: BlockInput): Run => {
  const { chain, source, header, parentActivity, trace } = input;
  const state = new WorkingState(chain.registry, source);
  keepParent(state, input);
  return {
    chain,
    block: header,
    parameters: storedRecord(chain, source, PARAMETERS).context.current,
    state,
    reader: new TransitionReader(state),
    mailbox: new Mailbox(),
    activity: new Activity(parentActivity),
    trace: trace === true ? [] : undefined,
    feesHeld: 0n,
    events: [],
    delivered: 0,
    isFeeRefunded: false,
  };
};
