import { drawHash } from '../../codec/index.ts';
import { pointAt, without, type Member, type Population } from './population.ts';

const HASH_RANGE: bigint = 1n << 256n;

/**
 * A draw that meets excluded members only finds this many owners of them; then the seat stays
 * empty. Each costs reads of the state, and who pays for so many is not worth a seat.
 */
export const MAX_EXCLUDED_DRAWN = 8;

/** What a draw depends on: a pure function of these, known to all once the beacon is (I24). */
export interface Drawing {
  readonly population: Population;
  /** Owners (hex) who get no seat; those drawn before are among them. */
  readonly excludedOwners: readonly string[];
  /** `H("aivm/panel/1", beacon, challengeID, round u8)`, hex. */
  readonly seed: string;
  /**
   * Those who are excluded but cannot be listed (payers): asked for a member that was drawn. If it
   * says yes, the draw goes on without the member's owner.
   */
  readonly isExcluded?: ((member: Member) => boolean) | undefined;
}

interface Seat {
  readonly seat: number;
  /** 0 for the first draw of a seat, then 1 and 2 for its replacements. */
  readonly attempt: number;
}

/** A seat's draw: who got it, if anybody, and the owners found to be excluded on the way. */
export interface Drawn {
  readonly member: Member | undefined;
  readonly found: readonly string[];
}

/**
 * A uniform index below `total`: `H("aivm/draw/1", seed, seat, attempt, ctr)` as an integer, again
 * while it is at least `⌊2^256/T⌋·T`, so that no remainder is more likely (PROTOCOL §6.1).
 */
const drawIndex = (seed: string, { seat, attempt }: Seat, counter: number, total: bigint) => {
  const limit = (HASH_RANGE / total) * total;
  for (let next = counter; ; next++) {
    const value = BigInt(`0x${drawHash({ seed, seat, attempt, counter: next })}`);
    if (value < limit) return { index: value % total, counter: next + 1 };
  }
};

/** `drawSeat`, with the excluded owners that the draw found. */
export const drawSeatFully = (drawing: Drawing & Seat): Drawn => {
  const { population, seed, isExcluded } = drawing;
  const found: string[] = [];
  let counter = 0;
  while (found.length <= MAX_EXCLUDED_DRAWN) {
    const remainder = without(population, [...drawing.excludedOwners, ...found]);
    if (remainder.total === 0n) break;
    const drawn = drawIndex(seed, drawing, counter, remainder.total);
    const member = population.memberAt(pointAt(remainder, drawn.index));
    if (isExcluded?.(member) !== true) return { member, found };
    found.push(member.owner);
    counter = drawn.counter;
  }
  return { member: undefined, found };
};

/**
 * Who gets a seat: each member whose owner is not excluded with the probability of its share of
 * what is left. Nobody if nobody is left.
 */
export const drawSeat = (drawing: Drawing & Seat): Member | undefined =>
  drawSeatFully(drawing).member;
