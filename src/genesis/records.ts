import type { Contexts } from '../machines/records.ts';
import {
  actorId,
  AUDIT_POOL,
  BEACON,
  BURN,
  PARAMETERS,
  TREASURY,
  TRUST_STORE,
} from '../machines/kit/address.ts';
import type { ActorId, ActorKind } from '../machines/kit/address.ts';
import type { Collection } from '../machines/kit/collection.ts';
import { initialBeacon } from '../machines/beacon/record.ts';
import { initialPool } from '../machines/pool/record.ts';
import type { Genesis } from './genesis.ts';
import { soundTrust } from './trust.ts';

/** An actor that exists from the beginning, in the form that the kernel takes. */
export interface GenesisRecord<K extends ActorKind = ActorKind> {
  readonly id: ActorId<K>;
  readonly state: string;
  /** nLUX. */
  readonly balance: bigint;
  readonly context: Contexts[K];
}

/** An entry of a collection that exists from the beginning, in the form that the kernel takes. */
export interface GenesisCollectionEntry {
  readonly collection: Collection<unknown>;
  readonly owner: ActorId;
  readonly key: string;
  readonly value: unknown;
}

const open = <K extends ActorKind>(
  id: ActorId<K>,
  context: Contexts[K],
  balance = 0n,
): GenesisRecord<K> => ({ id, state: 'open', balance, context });

/**
 * The actors of height 0: the parameters, the beacon, the trust store, the pools, and an account
 * for each allocation. Their balances are the supply.
 */
export const genesisRecords = (genesis: Genesis): readonly GenesisRecord[] => {
  const { parameters, authority, beacon, allocations } = genesis;
  return [
    {
      id: PARAMETERS,
      state: 'enacted',
      balance: 0n,
      context: { current: parameters, authority, pending: undefined },
    },
    open(BEACON, { ...initialBeacon, source: beacon }),
    open(TRUST_STORE, { anchor: soundTrust(genesis).anchor }),
    open(AUDIT_POOL, initialPool),
    open(TREASURY, initialPool),
    open(BURN, initialPool),
    ...allocations.map(({ address, amountNlux }) =>
      open(actorId('account', address), { nonce: 0n }, amountNlux),
    ),
  ];
};

/** Entries of collections at height 0: the documents of the trust store. */
export const genesisEntries = (genesis: Genesis): readonly GenesisCollectionEntry[] =>
  soundTrust(genesis).entries.map((entry) => ({ ...entry, owner: TRUST_STORE }));
