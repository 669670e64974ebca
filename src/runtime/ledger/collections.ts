import type { ActorKind, Collection } from '../../machines/kit/index.ts';
import { beaconQueue, beaconRounds, payers, retiredNodes, setNodes } from '../../machines/index.ts';

const untyped = <V>(collection: Collection<V>): Collection<unknown> =>
  collection as unknown as Collection<unknown>;

/** Every collection of every kind of actor; a test holds it against the machines. */
export const COLLECTIONS: readonly Collection<unknown>[] = [
  untyped(beaconQueue),
  untyped(beaconRounds),
  untyped(payers),
  untyped(retiredNodes),
  untyped(setNodes),
];

/** The collections of one kind, by the name that people use. */
export const collectionsOf = (kind: ActorKind): readonly Collection<unknown>[] =>
  COLLECTIONS.filter((collection) => collection.kind === kind);
