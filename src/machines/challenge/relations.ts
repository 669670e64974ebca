import { isTeacherForced, minFailOf } from '../comparators/index.ts';
import { hasKnownShape } from '../comparators/index.ts';
import { stanceOf } from './marks.ts';
import { panelSize } from './ladder.ts';
import type { ChallengeContext, Defendant, Seat } from './record.ts';
import type { PanelDistances, Stance } from './verdict.ts';
import { isFullyOpened, type ChunkDraw } from './wanted.ts';

/** The seats of a panel by seat number; one that nobody took or answered is empty. */
export const answeredSeats = (
  context: ChallengeContext,
  round = context.round,
): readonly (Seat | undefined)[] =>
  Array.from({ length: panelSize({ ...context, round }) }, (_, at) =>
    context.seats.find(
      (seat) => seat.round === round && seat.seat === at && seat.state === 'answered',
    ),
  );

/** Relations by the comparator `exact`: the same output hash, or not (PROTOCOL §7). */
const exactRelations = (
  { defendants }: ChallengeContext,
  seats: readonly (Seat | undefined)[],
): PanelDistances => {
  const outputOf = (seat: number) => seats[seat]?.outputHash;
  const stance = (seat: Seat | undefined, outputHash: string): Stance => {
    if (seat === undefined) return 'empty';
    return seat.outputHash === outputHash ? 'supports' : 'rejects';
  };
  return {
    stances: defendants.map(({ outputHash }) => seats.map((seat) => stance(seat, outputHash))),
    isNearDefendant: (seat, defendant) => outputOf(seat) === defendants[defendant]?.outputHash,
    isNearSeat: (seat, centre) => outputOf(seat) === outputOf(centre),
    isFarFromSeat: (seat, other) => outputOf(seat) !== outputOf(other),
  };
};

const marksOf = (seat: Seat, defendant: number): number =>
  defendant === 0 ? seat.marksFirst : seat.marksSecond;

/** Seats that a seat is not near, and those that it is far from, on the tokens of a defendant. */
const masksOf = (seat: Seat, defendant: number) =>
  defendant === 0
    ? { apart: seat.apartFirst, remote: seat.remoteFirst }
    : { apart: seat.apartSecond, remote: seat.remoteSecond };

/** Outputs of different sizes are different results, but for those that say their own size. */
const hasOtherSize = ({ comparator }: ChallengeContext, defendant: Defendant, seat: Seat) =>
  !hasKnownShape(comparator) && defendant.leaves !== 0 && defendant.leaves !== seat.leaves;

/** Relations by the chunks that were compared while they were opened (PROTOCOL §7). */
const measuredRelations = (
  context: ChallengeContext,
  seats: readonly (Seat | undefined)[],
  draw: ChunkDraw,
): PanelDistances => {
  const { comparator, defendants, terms } = context;
  // A profile may ask for more than are drawn by the terms of today.
  const minFail = Math.min(minFailOf(comparator), terms.drawnChunks);
  const stances = defendants.map((defendant, index) => {
    const isComplete = isFullyOpened(context, draw, index, defendant);
    return seats.map((seat): Stance => {
      if (seat === undefined) return 'empty';
      if (hasOtherSize(context, defendant, seat)) return 'rejects';
      return stanceOf(marksOf(seat, index), { leaves: defendant.leaves, minFail, isComplete });
    });
  });
  return measuredAround(context, seats, stances);
};

/** What seats keep of one another, about the stances that they took (PROTOCOL §7). */
const measuredAround = (
  { comparator }: ChallengeContext,
  seats: readonly (Seat | undefined)[],
  stances: PanelDistances['stances'],
): PanelDistances => {
  const isOnTokens = isTeacherForced(comparator);
  const between = (seat: number, other: number, defendant: number) => {
    const [from, to] = [seats[seat], seats[other]];
    if (from === undefined || to === undefined) return undefined;
    const isSameSize = hasKnownShape(comparator) || from.leaves === to.leaves;
    const { apart, remote } = masksOf(from, isOnTokens ? defendant : 0);
    const bit = 1 << other;
    return {
      isNear: isSameSize && (apart & bit) === 0,
      isFar: !isSameSize || (remote & bit) !== 0,
    };
  };
  return {
    stances,
    isNearDefendant: (seat, defendant) => stances[defendant]?.[seat] === 'supports',
    isNearSeat: (seat, centre, defendant) => between(seat, centre, defendant)?.isNear === true,
    isFarFromSeat: (seat, other, defendant) => between(seat, other, defendant)?.isFar === true,
  };
};

/** How the seats of the panel in hand stand to defendants and to one another. */
export const relationsOf = (context: ChallengeContext, draw: ChunkDraw): PanelDistances => {
  const seats = answeredSeats(context);
  return context.comparator.type === 'exact'
    ? exactRelations(context, seats)
    : measuredRelations(context, seats, draw);
};

/** How they stood in a panel that was judged, by what its seats keep since. */
export const relationsSince = (context: ChallengeContext, round: number): PanelDistances => {
  const seats = answeredSeats(context, round);
  if (context.comparator.type === 'exact') return exactRelations(context, seats);
  const keptBy = (seat: Seat | undefined, defendant: number): Stance => {
    const stance = defendant === 0 ? seat?.stanceFirst : seat?.stanceSecond;
    return stance === undefined || stance === 'none' ? 'empty' : stance;
  };
  const stances = context.defendants.map((_, defendant) =>
    seats.map((seat) => keptBy(seat, defendant)),
  );
  return measuredAround(context, seats, stances);
};
