import type { ActorKind, Collection } from '../../machines/kit/index.ts';
import {
  beaconQueue,
  beaconRounds,
  crls,
  enclaveKeys,
  enrolledKeys,
} from '../../machines/index.ts';
import { openedChunks, payers, pckCas, qeIdentities, recentBlocks } from '../../machines/index.ts';
import { retiredNodes, setNodes, tcbInfos } from '../../machines/index.ts';

const untyped = <V>(collection: Collection<V>): Collection<unknown> =>
  collection as unknown as Collection<unknown>;

/** Every collection of every kind of actor; a test holds it against the machines. */
export const COLLECTIONS: readonly Collection<unknown>[] = [
  untyped(beaconQueue),
  untyped(beaconRounds),
  untyped(crls),
  untyped(enclaveKeys),
  untyped(enrolledKeys),
  untyped(openedChunks),
  untyped(payers),
  untyped(pckCas),
  untyped(qeIdentities),
  untyped(recentBlocks),
  untyped(retiredNodes),
  untyped(setNodes),
  untyped(tcbInfos),
];

/** The collections of one kind, by the name that people use. */
export const collectionsOf = (kind: ActorKind): readonly Collection<unknown>[] =>
  COLLECTIONS.filter((collection) => collection.kind === kind);
