import { concatBytes, toHex, u32be, u8be } from '../../codec/index.ts';
import { isTeacherForced, hasKnownShape } from '../comparators/index.ts';
import { comparedChunks } from './chunks.ts';
import { panelSize } from './ladder.ts';
import type { ChallengeContext, Defendant, Seat } from './record.ts';

/**
 * Which chunks each party has to open. Parties are numbered: 0 and 1 are the defendants, 2 and up
 * the seats of the panel in hand. A *place* is where a chunk stands in what is compared: chunks of
 * one place are compared with one another, whatever their index in the author's own tree.
 */

/** What the draw of a round's chunks depends on besides the shape of a tree. */
export interface ChunkDraw {
  readonly challengeId: string;
  /** Randomness of the round `chunkRound`, hex. */
  readonly randomness: string;
}

export interface WantedChunk {
  /** In the tree of the party. */
  readonly index: number;
  readonly place: number;
}

/** Key of an opened chunk: party u8, place u32. */
export const chunkKey = (party: number, place: number): string =>
  toHex(concatBytes(u8be(party), u32be(place)));

/** Number of the first seat as a party. */
export const FIRST_SEAT = 2;

const isSeatOfPanel = ({ round }: ChallengeContext, seat: Seat): boolean => seat.round === round;

/** The seat of this number in the present panel that has revealed. */
export const revealedSeat = (context: ChallengeContext, seat: number): Seat | undefined =>
  context.seats.find(
    (each) => isSeatOfPanel(context, each) && each.seat === seat && each.state === 'revealed',
  );

/** The party of a number: a defendant, or a seat that has revealed. */
export const partyOf = (context: ChallengeContext, party: number): Defendant | Seat | undefined =>
  party < FIRST_SEAT ? context.defendants[party] : revealedSeat(context, party - FIRST_SEAT);

/** The numbers of all parties that may have opened chunks. */
export const partyNumbers = (context: ChallengeContext): readonly number[] => [
  ...context.defendants.keys(),
  ...Array.from({ length: panelSize(context) }, (_, seat) => FIRST_SEAT + seat),
];

const comparedOf = (context: ChallengeContext, draw: ChunkDraw, leaves: number) =>
  leaves === 0
    ? []
    : comparedChunks(
        {
          beacon: draw.randomness,
          challengeId: draw.challengeId,
          round: context.round,
          leaves,
          wanted: context.terms.drawnChunks,
        },
        context.named,
      );

/**
 * Teacher-forced seats answer on the tokens of each defendant, one after the other in one tree:
 * where those of a defendant begin. One without tokens on the chain takes no room.
 */
export const offsetOf = ({ comparator, defendants }: ChallengeContext, defendant: number): number =>
  isTeacherForced(comparator)
    ? defendants
        .slice(0, defendant)
        .reduce((sum, each) => sum + (each.substantiated ? each.leaves : 0), 0)
    : 0;

/** Leaves that the tree of a seat has to have; none are asked for where it is free. */
export const leavesOfSeats = (context: ChallengeContext): number | undefined =>
  isTeacherForced(context.comparator) ? offsetOf(context, context.defendants.length) : undefined;

/**
 * May the chunk be shorter than others: does an output end with it? Where a seat answers on the
 * tokens of two defendants, two of its chunks end one.
 */
export const endsAnOutput = (
  context: ChallengeContext,
  party: number,
  index: number,
  leaves: number,
): boolean =>
  index + 1 >= leaves ||
  (party >= FIRST_SEAT &&
    isTeacherForced(context.comparator) &&
    context.defendants.some((_, defendant) => offsetOf(context, defendant) === index + 1));

/**
 * The place right after the last chunk of a defendant whose text seats continue by themselves: what
 * they have there is compared with nothing, or an output that stopped early would pass as a whole.
 */
export const placeAfterEnd = (
  { comparator, defendants }: ChallengeContext,
  defendant: number,
): number | undefined => {
  const each = defendants[defendant];
  return comparator.type === 'tokens' && each?.substantiated === true ? each.leaves : undefined;
};

/** The chunks of a defendant's tree. */
const wantedOfDefendant = (
  context: ChallengeContext,
  draw: ChunkDraw,
  defendant: number,
  leaves: number,
): readonly WantedChunk[] => {
  const offset = offsetOf(context, defendant);
  return comparedOf(context, draw, leaves).map((index) => ({ index, place: offset + index }));
};

/** Where a seat meets a published output: at what is compared of it, and after its end. */
const placesOnOutput = (
  context: ChallengeContext,
  draw: ChunkDraw,
  defendant: number,
): readonly number[] => {
  const each = context.defendants[defendant];
  if (each?.substantiated !== true) return [];
  const chunks = wantedOfDefendant(context, draw, defendant, each.leaves);
  const after = placeAfterEnd(context, defendant);
  return [...chunks.map(({ place }) => place), ...(after === undefined ? [] : [after])];
};

/**
 * The chunks of a seat's tree. Where defendants have published their outputs, those at which it
 * meets any of them; else those of a tree like its own.
 */
const wantedOfSeat = (context: ChallengeContext, draw: ChunkDraw, leaves: number) => {
  const { comparator, defendants } = context;
  const places = hasKnownShape(comparator)
    ? [...defendants.keys()].flatMap((defendant) => placesOnOutput(context, draw, defendant))
    : comparedOf(context, draw, leaves);
  return [...new Set(places)].map((place) => ({ index: place, place }));
};

/** All chunks that a party has to open in this round, in a fixed order, if it has these leaves. */
export const wantedChunks = (
  context: ChallengeContext,
  draw: ChunkDraw,
  party: number,
  leaves: number,
): readonly WantedChunk[] =>
  party < FIRST_SEAT
    ? wantedOfDefendant(context, draw, party, leaves)
    : wantedOfSeat(context, draw, leaves);

/** Has every wanted chunk been opened? A party of no known leaves has opened none. */
export const isFullyOpened = (
  context: ChallengeContext,
  draw: ChunkDraw,
  party: number,
  { leaves, opened }: { readonly leaves: number; readonly opened: bigint },
): boolean => {
  const count = wantedChunks(context, draw, party, leaves).length;
  return count > 0 && opened === (1n << BigInt(count)) - 1n;
};

/** Where the chunk stands in what the party has to open; -1 if it is not wanted. */
export const wantedPosition = (wanted: readonly WantedChunk[], index: number): number =>
  wanted.findIndex((each) => each.index === index);
