import type { Contexts } from '../machines/records.ts';
import {
  actorId,
  AUDIT_POOL,
  BEACON,
  BURN,
  PARAMETERS,
  TREASURY,
} from '../machines/kit/address.ts';
import type { ActorId, ActorKind } from '../machines/kit/address.ts';
import { initialBeacon } from '../machines/beacon/record.ts';
import { initialPool } from '../machines/pool/record.ts';
import type { Genesis } from './genesis.ts';

/** An actor that exists from the beginning, in the form that the kernel takes. */
export interface GenesisRecord<K extends ActorKind = ActorKind> {
  readonly id: ActorId<K>;
  readonly state: string;
  /** nLUX. */
  readonly balance: bigint;
  readonly context: Contexts[K];
}

const open = <K extends ActorKind>(
  id: ActorId<K>,
  context: Contexts[K],
  balance = 0n,
): GenesisRecord<K> => ({ id, state: 'open', balance, context });

/**
 * The actors of height 0: the parameters, the beacon, the pools, and an account for each
 * allocation. Their balances are the supply. No collection has entries.
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
    open(AUDIT_POOL, initialPool),
    open(TREASURY, initialPool),
    open(BURN, initialPool),
    ...allocations.map(({ address, amountNlux }) =>
      open(actorId('account', address), { nonce: 0n }, amountNlux),
    ),
  ];
};
