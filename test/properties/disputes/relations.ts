import fc from 'fast-check';
import type { PanelDistances, Stance } from '../../../src/machines/challenge/verdict.ts';

/**
 * Any relations of a panel to two defendants, as data: nothing is assumed of distances, neither
 * symmetry nor the triangle, so what holds here holds for every comparator (PROTOCOL §7).
 */
export interface Relations {
  /** By defendant and seat. */
  readonly stances: readonly [readonly Stance[], readonly Stance[]];
  /** `near[seat][centre]`; a seat is near itself. */
  readonly near: readonly (readonly boolean[])[];
}

/** As the rule takes them: near a defendant is who supports it. */
export const asPanel = ({ stances, near }: Relations): PanelDistances => ({
  stances,
  isNearDefendant: (seat, defendant) => stances[defendant]?.[seat] === 'supports',
  isNearSeat: (seat, centre) => near[seat]?.[centre] === true,
  // The strictest reading: whoever is not near is far.
  isFarFromSeat: (seat, other) => near[seat]?.[other] !== true,
});

/** An empty seat is empty for both defendants; else its two stances are independent. */
const SEAT_STANCES: readonly (readonly [Stance, Stance])[] = [
  ...(['supports', 'rejects', 'abstains'] as const).flatMap((first) =>
    (['supports', 'rejects', 'abstains'] as const).map((second) => [first, second] as const),
  ),
  ['empty', 'empty'],
];

const made = (
  seats: readonly (readonly [Stance, Stance])[],
  isNear: (seat: number, centre: number) => boolean,
): Relations => ({
  stances: [seats.map(([first]) => first), seats.map(([, second]) => second)],
  near: seats.map((_, seat) => seats.map((__, centre) => seat === centre || isNear(seat, centre))),
});

/** Every panel of one seat, and every one of three with every relation between its seats. */
export function* smallPanels(): Generator<Relations> {
  for (const seat of SEAT_STANCES) yield made([seat], () => false);
  for (const a of SEAT_STANCES) {
    for (const b of SEAT_STANCES) {
      for (const c of SEAT_STANCES) {
        for (let bits = 0; bits < 1 << 9; bits += 1) {
          if ((bits & 0b100_010_001) !== 0) continue;
          yield made([a, b, c], (seat, centre) => (bits & (1 << (3 * seat + centre))) !== 0);
        }
      }
    }
  }
}

const SEATS = 7;

export const sevenSeats: fc.Arbitrary<Relations> = fc
  .tuple(
    fc.array(fc.constantFrom(...SEAT_STANCES), { minLength: SEATS, maxLength: SEATS }),
    fc.array(fc.boolean(), { minLength: SEATS * SEATS, maxLength: SEATS * SEATS }),
  )
  .map(([seats, near]) => made(seats, (seat, centre) => near[SEATS * seat + centre] === true));

/** A seat says something else of both defendants. */
export const withSeat = (
  { stances: [first, second], near }: Relations,
  seat: number,
  stance: readonly [Stance, Stance],
): Relations => ({
  stances: [first.with(seat, stance[0]), second.with(seat, stance[1])],
  near,
});

/** The other defendant is named first. */
export const swapped = ({ stances: [first, second], near }: Relations): Relations => ({
  stances: [second, first],
  near,
});

/** Seats in another order: `order[new] = old`. */
export const reordered = ({ stances, near }: Relations, order: readonly number[]): Relations => {
  const moved = <T>(row: readonly T[]): readonly T[] => order.map((old) => row[old] as T);
  return {
    stances: [moved(stances[0]), moved(stances[1])],
    near: moved(near).map(moved),
  };
};

/** All orders of so many seats. */
export const ordersOf = (seats: number): readonly (readonly number[])[] =>
  seats === 0
    ? [[]]
    : ordersOf(seats - 1).flatMap((order) =>
        Array.from({ length: seats }, (_, at) => order.toSpliced(at, 0, seats - 1)),
      );
