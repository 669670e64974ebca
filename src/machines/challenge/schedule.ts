import { assert } from '../../codec/failure.ts';
import type { BeaconSource } from '../beacon/record.ts';
import { roundAtOrAfter } from '../beacon/rounds.ts';
import { BEACON, larger, type Call } from '../kit/index.ts';
import type { DisputeTerms } from '../parameters/record.ts';
import { roundBlocks } from '../parameters/schedule.ts';
import type { ChallengeContext } from './record.ts';

/** Where this chain's randomness comes from; genesis always makes a beacon. */
export const beaconSourceOf = ({ read }: Call): BeaconSource => {
  const beacon = read.actor(BEACON);
  assert(beacon !== undefined, 'genesis makes a beacon');
  return beacon.context.source;
};

/** Blocks from the opening to the time slot of a panel, which no earlier round outlasts. */
const waitBlocks = (terms: DisputeTerms, round: number): bigint =>
  terms.publishBlocks + BigInt(round - 1) * (roundBlocks(terms) + terms.appealBlocks);

/**
 * Beacon rounds that seed the panels of a challenge opened by `call`, one each: fixed at opening
 * and unknown until the panel can sit (PROTOCOL §6, 1).
 */
export const seedRoundsOf = (
  terms: DisputeTerms,
  panels: readonly number[],
  call: Call,
): readonly bigint[] => {
  const source = beaconSourceOf(call);
  return panels.map((_, index) => {
    const from = call.time + terms.beaconMarginSeconds;
    return roundAtOrAfter(source, from + terms.blockTimeSeconds * waitBlocks(terms, index + 1));
  });
};

/**
 * Until when the seed of the panel in hand is waited for. Each panel has a time slot of its own,
 * fixed at opening: one that is asked for early waits for its slot, and no challenge takes longer
 * than `D` (PROTOCOL §9; I34).
 */
export const seedDeadline = (context: ChallengeContext, { height }: Call): bigint => {
  const { terms, openedAt, round } = context;
  return larger(openedAt + waitBlocks(terms, round), height) + terms.seedBlocks;
};

/** The first round that nobody can know at block time `time`. */
export const nextUnknownRound = (terms: DisputeTerms, call: Call): bigint =>
  roundAtOrAfter(beaconSourceOf(call), call.time + terms.beaconMarginSeconds);

/**
 * The seeds, that of the panel after the one in hand no earlier than the first round which nobody
 * can know now. Blocks that come more slowly than planned would else make it known while it can
 * still be chosen whether that panel is asked for.
 */
export const withNextSeedUnknown = (context: ChallengeContext, call: Call): readonly bigint[] => {
  const { seedRounds, round, terms } = context;
  const fixed = seedRounds[round] ?? 0n;
  return seedRounds.with(round, larger(fixed, nextUnknownRound(terms, call)));
};

/**
 * The seeds, that of the panel in hand no earlier than that: who takes a challenge over changes who
 * is left out of the draw, and could else choose among draws that slow blocks let it know.
 */
export const withSeedUnknown = (context: ChallengeContext, call: Call): readonly bigint[] =>
  context.seedRounds.with(
    context.round - 1,
    larger(seedRoundOf(context), nextUnknownRound(context.terms, call)),
  );

/** The beacon round that seeds the panel in hand. */
export const seedRoundOf = ({ seedRounds, round }: ChallengeContext): bigint =>
  seedRounds[round - 1] ?? 0n;
