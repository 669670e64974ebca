import { fromHex } from '../codec/index.ts';
import { beaconRounds } from '../machines/beacon/record.ts';
import { devRandomness, timeOfRound } from '../machines/beacon/rounds.ts';
import { seedRoundOf } from '../machines/challenge/schedule.ts';
import { BEACON, u64Key } from '../machines/kit/index.ts';
import type { Messages } from '../machines/messages.ts';
import { testingError } from './errors.ts';
import type { ChainView } from './view.ts';

/** Whose rounds anyone can compute (PROTOCOL §6.4). */
const devSource = (view: ChainView) => {
  const source = view.actor(BEACON)?.context.source;
  if (source?.type !== 'dev') throw testingError('testing/not-dev-beacon');
  return source;
};

/** The message that brings a round of the dev beacon to the chain. */
export const roundMessage = (view: ChainView, round: bigint): Messages['beacon'] => {
  devSource(view);
  return { type: 'submitRound', round, proof: fromHex(devRandomness(view.chainId, round)) };
};

/** Unix seconds from which a block may hold the round. */
export const roundTime = (view: ChainView, round: bigint): bigint =>
  timeOfRound(devSource(view), round);

export const isRoundKnown = (view: ChainView, round: bigint): boolean =>
  view.entry(beaconRounds, BEACON, u64Key(round)) !== undefined;

/**
 * Rounds that open challenges wait for and the chain has not got, the earliest first: those that
 * seed panels, and those that name chunks. Not all of them are due.
 */
export const roundsWanted = (view: ChainView): readonly bigint[] => {
  const wanted = view.all('challenge').flatMap(({ record: { state, context } }) => {
    if (state === 'awaitSeed') return [seedRoundOf(context)];
    return state === 'reveal' ? [context.chunkRound] : [];
  });
  return [...new Set(wanted)]
    .filter((round) => round > 0n && !isRoundKnown(view, round))
    .sort((a, b) => (a < b ? -1 : 1));
};
