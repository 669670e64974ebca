import { isFullyOpened } from './chunks.ts';
import type { ChallengeContext, Seat } from './record.ts';
import type { PanelRelations, Stance } from './verdict.ts';

/** Who answered in full: revealed, and opened every drawn chunk. */
export const hasAnswered = (context: ChallengeContext, seat: Seat): boolean =>
  seat.state === 'revealed' && isFullyOpened(seat, context.terms.drawnChunks);

/** The seats of the panel by seat number; a seat that nobody took, or left unanswered, is empty. */
export const panelSeats = (
  context: ChallengeContext,
  seats: number,
): readonly (Seat | undefined)[] =>
  Array.from({ length: seats }, (_, at) =>
    context.seats.find(
      (seat) => seat.round === context.round && seat.seat === at && hasAnswered(context, seat),
    ),
  );

/** Relations by the comparator `exact`: the same output hash, or not (PROTOCOL §7). */
export const exactRelations = (
  context: ChallengeContext,
  seats: readonly (Seat | undefined)[],
): PanelRelations => {
  const outputOfSeat = (seat: number) => seats[seat]?.outputHash;
  const outputOfDefendant = (index: number) => context.defendants[index]?.outputHash;
  const stance = (seat: Seat | undefined, outputHash: string): Stance => {
    if (seat === undefined) return 'empty';
    return seat.outputHash === outputHash ? 'supports' : 'rejects';
  };
  return {
    stances: context.defendants.map(({ outputHash }) =>
      seats.map((seat) => stance(seat, outputHash)),
    ),
    isNearDefendant: (seat, defendant) => outputOfSeat(seat) === outputOfDefendant(defendant),
    isNearSeat: (seat, centre) => outputOfSeat(seat) === outputOfSeat(centre),
  };
};
