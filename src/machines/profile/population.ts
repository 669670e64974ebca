import type { Population } from '../selection/index.ts';
import type { StakeSet } from './record.ts';
import { locate, ownerInterval, type NodeReader } from './set-read.ts';

/** A draw asks for the upper nodes again and again; each is read, and paid for, once. */
const remembering = (read: NodeReader): NodeReader => {
  const known = new Map<bigint, ReturnType<NodeReader>>();
  return (id) => {
    const node = known.get(id) ?? read(id);
    known.set(id, node);
    return node;
  };
};

/** A version of a stake set as those of whom panels are drawn; O(log n) for each question. */
export const populationOf = (set: StakeSet, readNode: NodeReader): Population => {
  const read = remembering(readNode);
  return {
    total: set.weightNlux,
    owners: set.owners,
    memberAt: (point) => {
      const { leaf, ownerInterval: interval } = locate(read, set, point);
      return {
        owner: leaf.owner,
        provider: leaf.provider,
        weight: leaf.weightNlux,
        ownerFrom: interval.from,
        ownerWeight: interval.weightNlux,
      };
    },
    intervalOf: (owner) => {
      const interval = ownerInterval(read, set, owner);
      return interval && { from: interval.from, weight: interval.weightNlux };
    },
  };
};
