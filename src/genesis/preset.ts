import { DEFAULT_LUX_DECIMALS } from './amount.ts';
import { DEVELOPMENT_ACCOUNTS, DEVELOPMENT_BALANCE_NLUX } from './development.ts';
import { developmentAccounts } from './development.ts';
import type { Genesis } from './genesis.ts';
import { networkIdOf, QUICKNET } from './networks.ts';
import { presetTee } from './trust.ts';
import { parameterPreset, type PresetName } from './presets/index.ts';

/** 2026-01-01T00:00:00Z, where nobody names a time. */
export const DEFAULT_GENESIS_TIME = 1_767_225_600n;

/** What a preset leaves open. */
export type PresetOptions = Partial<
  Pick<Genesis, 'time' | 'allocations' | 'authority' | 'beacon' | 'parameters' | 'tee'>
>;

/** A beacon for one machine: a round each second from the beginning on. */
const devBeacon = (time: bigint): Genesis['beacon'] => ({
  type: 'dev',
  genesisTime: time,
  periodSeconds: 1n,
});

export const presetBeacon = (name: PresetName, time: bigint): Genesis['beacon'] =>
  name === 'local' ? devBeacon(time) : QUICKNET;

const developmentAllocations = (): Genesis['allocations'] =>
  developmentAccounts(DEVELOPMENT_ACCOUNTS).map(({ address }) => ({
    address,
    amountNlux: DEVELOPMENT_BALANCE_NLUX,
  }));

/** Allocations by ascending address, as the hash of a genesis asks. */
export const sortAllocations = (allocations: Genesis['allocations']): Genesis['allocations'] =>
  allocations.toSorted((a, b) => (a.address < b.address ? -1 : Number(a.address > b.address)));

/**
 * The genesis of a known network. `local` funds the development accounts and has the `dev` beacon;
 * `testnet` and `mainnet` have drand's quicknet and no coins until allocations are given. What the
 * options say is not checked: `checkGenesis` does that.
 */
export const presetGenesis = (name: PresetName, options: PresetOptions = {}): Genesis => {
  const time = options.time ?? DEFAULT_GENESIS_TIME;
  const funded = name === 'local' ? developmentAllocations : () => [];
  return {
    network: name,
    networkId: networkIdOf(name),
    time,
    luxDecimals: DEFAULT_LUX_DECIMALS,
    beacon: options.beacon ?? presetBeacon(name, time),
    authority: options.authority,
    parameters: options.parameters ?? parameterPreset(name),
    tee: options.tee ?? presetTee(name),
    allocations: sortAllocations(options.allocations ?? funded()),
  };
};
