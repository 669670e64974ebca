import { beaconRounds } from '../beacon/record.ts';
import { BEACON, keyOf, u64Key, type Call } from '../kit/index.ts';
import { leastOpeningBlocks } from '../parameters/schedule.ts';
import type { ChallengeContext } from './record.ts';
import type { ChunkDraw } from './wanted.ts';

/** Randomness of a round that the chain knows. */
export const randomnessOf = (round: bigint, { read }: Call): string | undefined =>
  read.entry(beaconRounds, BEACON, u64Key(round))?.randomness;

/**
 * The draw of this round's chunks, if its beacon round is known and left half of the window to open
 * them in. One that comes later is as one that never came: whoever fills the beacon's one place in
 * a block until the end would have honest parties slashed for chunks that they had no time to show.
 */
export const chunkDrawOf = (context: ChallengeContext, call: Call): ChunkDraw | undefined => {
  const { chunkRound, terms, deadline } = context;
  if (chunkRound === 0n) return undefined;
  const found = call.read.entry(beaconRounds, BEACON, u64Key(chunkRound));
  if (found === undefined || found.height + leastOpeningBlocks(terms) > deadline) return undefined;
  return { randomness: found.randomness, challengeId: keyOf(call.self) };
};
