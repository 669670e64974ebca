import { PARAMETERS } from '../machines/kit/index.ts';
import type { Parameters } from '../machines/parameters/record.ts';
import { Activity, type TraceEntry } from './activity.ts';
import { Mailbox } from './mailbox.ts';
import { TransitionReader } from './reader.ts';
import type { ChainEvent } from './receipt.ts';
import { storedRecord } from './record.ts';
import type { BlockTime, ChainContext, StateSource } from './source.ts';
import { WorkingState } from './working.ts';

/** What a block is executed on. */
export interface BlockInput {
  readonly chain: ChainContext;
  /** The state after the parent. */
  readonly source: StateSource;
  /** Of the header only these two reach the state; the rest is the runtime's to check. */
  readonly header: BlockTime;
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
}

export const beginRun = ({ chain, source, header, parentActivity, trace }: BlockInput): Run => {
  const state = new WorkingState(chain.registry, source);
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
  };
};
