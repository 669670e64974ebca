import { assert } from '../../codec/failure.ts';
import type { BeaconSource } from '../beacon/record.ts';
import { roundAtOrAfter } from '../beacon/rounds.ts';
import { BEACON, type Call } from '../kit/index.ts';
import type { DisputeTerms } from '../parameters/record.ts';

/** Where this chain's randomness comes from; genesis always makes a beacon. */
export const beaconSourceOf = ({ read }: Call): BeaconSource => {
  const beacon = read.actor(BEACON);
  assert(beacon !== undefined, 'genesis makes a beacon');
  return beacon.context.source;
};

/**
 * Beacon round that seeds panel `round` of a challenge opened by `call`: fixed at opening and
 * unknown until the panel can sit (PROTOCOL §6, 1).
 */
export const seedRoundOf = (terms: DisputeTerms, round: number, call: Call): bigint => {
  const { publishBlocks, seedBlocks, commitBlocks, revealBlocks, appealBlocks } = terms;
  const ladderBlocks =
    2n * seedBlocks + BigInt(terms.commitWindows) * commitBlocks + revealBlocks + appealBlocks;
  const waitBlocks = publishBlocks + BigInt(round - 1) * ladderBlocks;
  const from = call.time + terms.beaconMarginSeconds + terms.blockTimeSeconds * waitBlocks;
  return roundAtOrAfter(beaconSourceOf(call), from);
};

/** The first round that nobody can know at block time `time`. */
export const nextUnknownRound = (terms: DisputeTerms, call: Call): bigint =>
  roundAtOrAfter(beaconSourceOf(call), call.time + terms.beaconMarginSeconds);
