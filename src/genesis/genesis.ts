import {
  amount,
  blob,
  embedded,
  encode,
  list,
  genesisChainId,
  hex,
  literalEnum,
  optional,
  record,
} from '../codec/index.ts';
import { rows, u32, u64, u8, type Infer } from '../codec/index.ts';
import { beaconSource } from '../machines/beacon/record.ts';
import { parameters } from '../machines/parameters/record.ts';
import { collateralDocument } from '../machines/trust-store/messages.ts';
import { MAX_CERTIFICATE_BYTES } from '../tee/limits.ts';
import { CHAIN_IDS, NETWORKS } from './networks.ts';

export const MAX_ALLOCATIONS = 100_000;

/** Documents of a genesis: everything for some platform families. */
export const MAX_GENESIS_DOCUMENTS = 256;

/** What TEE reports are trusted by from the beginning. */
export const genesisTee = record({
  /** DER of the pinned root certificate, which never changes. */
  root: blob(MAX_CERTIFICATE_BYTES),
  /** Stored at height 0, in the order of `sortDocuments`. */
  documents: list(embedded(collateralDocument), MAX_GENESIS_DOCUMENTS),
});
export type GenesisTee = Infer<typeof genesisTee>;

/**
 * Where a chain begins. `parseGenesis` gives it from a file, `presetGenesis` for known networks;
 * both have the allocations by ascending address, so that equal geneses have equal hashes.
 */
export const genesis = record({
  network: literalEnum(NETWORKS),
  networkId: u32,
  /** Unix seconds of the block at height 0. */
  time: u64,
  /** `1 LUX = 10^luxDecimals nLUX`: for people only, no rule depends on it. */
  luxDecimals: u8,
  beacon: beaconSource,
  /** Who may propose parameters (address); absent: nobody, ever. */
  authority: optional(hex(20)),
  parameters,
  tee: genesisTee,
  allocations: rows({ address: hex(20), amountNlux: amount }, MAX_ALLOCATIONS),
});
export type Genesis = Infer<typeof genesis>;

/**
 * `H("aivm/genesis/1", canonical bytes)` of everything that a genesis says; the chain id is no part
 * of it. Order of keys and ways of writing an amount or an address change nothing.
 */
export const genesisHash = (of: Genesis): string => genesisChainId(encode(genesis, of));

/**
 * The chain id (hex): of mainnet and testnet a constant, of any other network the hash of its
 * genesis, so that a new genesis never accepts old signatures (PROTOCOL §2).
 */
export const chainIdOf = (of: Genesis): string => {
  if (of.network === 'mainnet' || of.network === 'testnet') return CHAIN_IDS[of.network];
  return genesisHash(of);
};

/** All coins that there ever are, in nLUX: none is made later (I1). */
export const supplyOf = ({ allocations }: Pick<Genesis, 'allocations'>): bigint =>
  allocations.reduce((sum, { amountNlux }) => sum + amountNlux, 0n);
