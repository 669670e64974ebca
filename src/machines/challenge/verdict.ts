/**
 * The verdict rule (PROTOCOL §6.2) over relations alone: it knows neither outputs nor comparators,
 * so one rule serves every comparator and any number of seats.
 */

/** How a seat stands to a defendant; `empty` is a seat that did not answer in full. */
export type Stance = 'supports' | 'rejects' | 'abstains' | 'empty';

export interface PanelRelations {
  /** `stances[defendant][seat]`; every row has one entry per seat of the panel. */
  readonly stances: readonly (readonly Stance[])[];
  /** Is the seat within the support threshold of this defendant's attestation? */
  readonly isNearDefendant: (seat: number, defendant: number) => boolean;
  /** Are two seats within the support threshold of each other, on the tokens of `defendant`? */
  readonly isNearSeat: (seat: number, centre: number, defendant: number) => boolean;
}

export type PanelVerdict = 'valid' | 'faulty' | 'undecided';

/** From this many seats on a rejecting seat may be the centre: one alone decides nothing. */
const SEATS_FOR_OWN_CENTRE = 3;

/** `q_ok = ⌊n/2⌋ + 1`, seats that did not answer included in n. */
export const quorumToUphold = (seats: number): number => (seats >> 1) + 1;

/** `q_slash = ⌊2n/3⌋ + 1`. */
export const quorumToSlash = (seats: number): number => Number((2n * BigInt(seats)) / 3n) + 1;

/** Do enough of the rejecting seats agree on one other result? */
const agreeOnOther = (relations: PanelRelations, defendant: number, rejecting: number[]) => {
  const seats = relations.stances[defendant]?.length ?? 0;
  const needed = quorumToUphold(seats);
  const others = relations.stances.map((_, other) => other).filter((other) => other !== defendant);
  const isCentre = (isNear: (seat: number) => boolean) => rejecting.filter(isNear).length >= needed;
  if (others.some((other) => isCentre((seat) => relations.isNearDefendant(seat, other)))) {
    return true;
  }
  return (
    seats >= SEATS_FOR_OWN_CENTRE &&
    rejecting.some((centre) => isCentre((seat) => relations.isNearSeat(seat, centre, defendant)))
  );
};

/** Decides one defendant. Symmetric in defendants and seats; an empty seat never makes a slash. */
export const judge = (relations: PanelRelations, defendant: number): PanelVerdict => {
  const stances = relations.stances[defendant] ?? [];
  const supporting = stances.filter((stance) => stance === 'supports').length;
  if (supporting >= quorumToUphold(stances.length)) return 'valid';
  const rejecting = stances.flatMap((stance, seat) => (stance === 'rejects' ? [seat] : []));
  if (rejecting.length < quorumToSlash(stances.length)) return 'undecided';
  return agreeOnOther(relations, defendant, rejecting) ? 'faulty' : 'undecided';
};
