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

/** With what it takes to say who stood alone. */
export interface PanelDistances extends PanelRelations {
  /** Is some chunk of a seat beyond the rejection threshold of another seat's? */
  readonly isFarFromSeat: (seat: number, other: number, defendant: number) => boolean;
}

export type PanelVerdict = 'valid' | 'faulty' | 'undecided';

/** From this many seats on a rejecting seat may be the centre: one alone decides nothing. */
const SEATS_FOR_OWN_CENTRE = 3;

/** `q_ok = ⌊n/2⌋ + 1`, seats that did not answer included in n. */
export const quorumToUphold = (seats: number): number => (seats >> 1) + 1;

/** `q_slash = ⌊2n/3⌋ + 1`. */
export const quorumToSlash = (seats: number): number => Number((2n * BigInt(seats)) / 3n) + 1;

const seatsThat = (stances: readonly Stance[], wanted: Stance): readonly number[] =>
  stances.flatMap((stance, seat) => (stance === wanted ? [seat] : []));

/** Rejecting seats that are near one centre: another defendant's attestation, or one of them. */
export interface Agreement {
  /** The defendant in the centre; undefined where it is a seat. */
  readonly centre: number | undefined;
  readonly seats: readonly number[];
}

/** What the seats that reject a defendant agree on, about every centre there is. */
export const agreementsOn = (
  relations: PanelRelations,
  defendant: number,
): readonly Agreement[] => {
  const stances = relations.stances[defendant] ?? [];
  const rejecting = seatsThat(stances, 'rejects');
  const others = [...relations.stances.keys()].filter((other) => other !== defendant);
  const aroundOthers = others.map((centre) => ({
    centre,
    seats: rejecting.filter((seat) => relations.isNearDefendant(seat, centre)),
  }));
  const centres = stances.length >= SEATS_FOR_OWN_CENTRE ? rejecting : [];
  const aroundSeats = centres.map((centre) => ({
    centre: undefined,
    seats: rejecting.filter((seat) => relations.isNearSeat(seat, centre, defendant)),
  }));
  return [...aroundOthers, ...aroundSeats];
};

/** Those of them that are enough to convict. */
const groupsOf = (relations: PanelRelations, defendant: number): readonly (readonly number[])[] => {
  const needed = quorumToUphold(relations.stances[defendant]?.length ?? 0);
  const groups = agreementsOn(relations, defendant).map(({ seats }) => seats);
  return groups.filter((group) => group.length >= needed);
};

/** Decides one defendant. Symmetric in defendants and seats; an empty seat never makes a slash. */
export const judge = (relations: PanelRelations, defendant: number): PanelVerdict => {
  const stances = relations.stances[defendant] ?? [];
  const supporting = seatsThat(stances, 'supports').length;
  if (supporting >= quorumToUphold(stances.length)) return 'valid';
  const rejecting = seatsThat(stances, 'rejects').length;
  if (rejecting < quorumToSlash(stances.length)) return 'undecided';
  return groupsOf(relations, defendant).length > 0 ? 'faulty' : 'undecided';
};

/**
 * The seats that reject a faulty defendant and are yet far from all of those whose agreement
 * convicted it: outside the final cluster (PROTOCOL §6.3), with an answer of their own. One in
 * between the thresholds is as honest as can be known.
 */
export const strayOf = (relations: PanelDistances, defendant: number): readonly number[] => {
  const cluster = [...new Set(groupsOf(relations, defendant).flat())];
  return seatsThat(relations.stances[defendant] ?? [], 'rejects').filter((seat) =>
    cluster.every((member) => relations.isFarFromSeat(seat, member, defendant)),
  );
};
