import { payers } from '../machines/attestation/record.ts';
import { beaconQueue, beaconRounds } from '../machines/beacon/record.ts';
import { openedChunks } from '../machines/challenge/record.ts';
import type { Collection } from '../machines/kit/collection.ts';
import { retiredNodes, setNodes } from '../machines/profile/record.ts';
import { enclaveKeys } from '../machines/provider/enclave-keys.ts';
import { crls, enrolledKeys, pckCas, qeIdentities } from '../machines/trust-store/record.ts';
import { recentBlocks, tcbInfos } from '../machines/trust-store/record.ts';

/** The collections of actors by name, typed; those of the runtime, without the machines. */
export const COLLECTION = {
  beaconQueue,
  beaconRounds,
  crls,
  enclaveKeys,
  enrolledKeys,
  openedChunks,
  payers,
  pckCas,
  qeIdentities,
  recentBlocks,
  retiredNodes,
  setNodes,
  tcbInfos,
} as const;

/** The same, where their types do not matter. */
export const COLLECTIONS = Object.values(COLLECTION) as unknown as readonly Collection<unknown>[];
