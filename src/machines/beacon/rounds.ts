import { fromHex, hash, sha256Hex, toHex, u64be } from '../../codec/index.ts';
import { ceilDiv } from '../kit/index.ts';
import type { BeaconSource } from './record.ts';

/** Unix seconds at which a round (from 1) is due. */
export const timeOfRound = ({ genesisTime, periodSeconds }: BeaconSource, round: bigint): bigint =>
  genesisTime + (round - 1n) * periodSeconds;

/** The first round that is due at `time` (Unix seconds) or later. */
export const roundAtOrAfter = (
  { genesisTime, periodSeconds }: BeaconSource,
  time: bigint,
): bigint => (time <= genesisTime ? 1n : ceilDiv(time - genesisTime, periodSeconds) + 1n);

/**
 * `H("aivm/dev-beacon/1", chainID[32], round u64)`: the value of a round of the `dev` source.
 * Anyone can compute every round in advance, so it is safe on one machine only (PROTOCOL §6.4).
 */
export const devRandomness = (chainId: string, round: bigint): string =>
  hash('aivm/dev-beacon/1', fromHex(chainId), u64be(round));

/** What a verified proof gives: drand's is SHA-256 of the signature, dev's the value itself. */
export const randomnessOf = (source: BeaconSource, proof: Uint8Array): string =>
  source.type === 'drand' ? sha256Hex(proof) : toHex(proof);
