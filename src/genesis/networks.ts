import { hash, NETWORK_IDS, utf8, varying } from '../codec/index.ts';
import type { BeaconSource } from '../machines/beacon/record.ts';

/** The networks that a genesis can be for. */
export const NETWORKS = ['mainnet', 'testnet', 'local', 'custom'] as const;
export type Network = (typeof NETWORKS)[number];

export const isKnownNetwork = (network: Network): network is keyof typeof NETWORK_IDS =>
  network !== 'custom';

/** The id of a network that has a fixed one. */
export const networkIdOf = (network: keyof typeof NETWORK_IDS): number => NETWORK_IDS[network];

/**
 * Chain ids of the public networks are constants (PROTOCOL §2), so that they can be written down
 * before their genesis is final: `H("aivm/chain-id/1", name)`, the name's UTF-8 preceded by its u32
 * length. Nobody can choose another genesis to collide with them.
 */
const publicChainId = (network: 'mainnet' | 'testnet'): string =>
  hash('aivm/chain-id/1', varying(utf8(network)));

export const CHAIN_IDS = {
  mainnet: publicChainId('mainnet'),
  testnet: publicChainId('testnet'),
} as const;

/**
 * drand's quicknet: signatures on G1, a round every 3 s, unchained. The values are those that
 * api.drand.sh serves as the info of chain
 * 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971.
 */
export const QUICKNET: BeaconSource = {
  type: 'drand',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d' +
    '1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8' +
    '991ef5ece45a',
  genesisTime: 1_692_803_367n,
  periodSeconds: 3n,
};
