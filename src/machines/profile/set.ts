import { put, u64Key, type Call, type Effect } from '../kit/index.ts';
import { retentionBlocks } from '../parameters/schedule.ts';
import { retiredNodes, setNodes, type ProfileContext, type StakeSet } from './record.ts';
import type { MemberKey } from './set-key.ts';
import type { NodeReader } from './set-read.ts';
import { setWeight, type SetChange } from './set-tree.ts';

/**
 * A change frees as many old nodes as it retires and this many more, as far as they are due: what
 * waits to be freed never grows beyond what was retired within one retention.
 */
const FREED_BEYOND_RETIRED = 2;

/** A queue of retired nodes with what is freed of it. */
interface Freed {
  readonly head: bigint;
  readonly effects: readonly Effect[];
}

/**
 * The set as it was when the epoch of `height` began: those whom a challenge opened at that height
 * may draw, whatever happens in the epoch (PROTOCOL §6.1; I23, I25).
 */
export const setAtBoundary = (
  context: ProfileContext,
  height: bigint,
  epochBlocks: bigint,
): StakeSet =>
  context.boundaryEpoch === (height as bigint) / epochBlocks ? context.boundary : context.live;

/** The context in which the epoch of `height` has its boundary: before its first change, `live`. */
const openEpoch = (context: ProfileContext, { height, parameters }: Call): ProfileContext => {
  const epoch: bigint = (height as bigint) / parameters.epochBlocks;
  if (context.boundaryEpoch === epoch) return context;
  const { live, nextNode } = context;
  return { ...context, boundary: live, boundaryEpoch: epoch, boundaryNode: nextNode };
};

/** Deletes at most `limit` of the oldest retired nodes that no challenge can ask for. */
export const freeNodes = (
  { retiredHead }: ProfileContext,
  limit: number,
  { self, height, parameters, read }: Call,
): Freed => {
  const effects: Effect[] = [];
  let head = retiredHead;
  for (let freed = 0; freed < limit; freed++) {
    const entry = read.entry(retiredNodes, self, u64Key(head));
    if (entry === undefined || entry.height + retentionBlocks(parameters) > height) break;
    effects.push(put(setNodes, u64Key(entry.node), undefined));
    effects.push(put(retiredNodes, u64Key(head), undefined));
    head += 1n;
  }
  return { head, effects };
};

const writes = (change: SetChange, tail: bigint, height: bigint): readonly Effect[] => [
  ...Array.from(change.puts, ([id, node]) => put(setNodes, u64Key(id), node)),
  ...change.retired.map((node, index) =>
    put(retiredNodes, u64Key(tail + BigInt(index)), { node, height }),
  ),
];

/** Gives a member a weight in the live set; nothing happens if it has it already. */
export const changeWeight = (
  before: ProfileContext,
  member: MemberKey,
  weightNlux: bigint,
  call: Call,
) => {
  const context = openEpoch(before, call);
  const read: NodeReader = (id) => call.read.entry(setNodes, call.self, u64Key(id));
  const change = setWeight(context.live, member, weightNlux, {
    read,
    next: context.nextNode,
    mutableFrom: context.boundaryNode,
  });
  if (change.set === context.live) return { context: before, effects: [] };
  const { head, effects } = freeNodes(context, change.retired.length + FREED_BEYOND_RETIRED, call);
  return {
    context: {
      ...context,
      live: change.set,
      nextNode: change.next,
      retiredHead: head,
      retiredTail: context.retiredTail + BigInt(change.retired.length),
    },
    effects: [...writes(change, context.retiredTail, call.height), ...effects],
  };
};
