import { assert } from '../../codec/failure.ts';
import type { Interval, Member, Population } from '../../machines/selection/index.ts';
import { complement, sum, type Rational } from '../closed-forms/exact.ts';
import type { Role } from './roles.ts';

/** Of whom seats are drawn, and what each of them does: `selection` knows nothing of the latter. */
export interface Crowd {
  readonly population: Population;
  readonly roleOf: (member: Member) => Role;
}

/** Points of an unbounded population: to take one away changes no chance by more than 2^−128. */
const UNBOUNDED_POINTS: bigint = 1n << 128n;
const UNBOUNDED_OWNERS = Number.MAX_SAFE_INTEGER;
const HEX = 16;

const hexOf = (value: bigint): string => value.toString(HEX);
const indexOf = (owner: string): bigint => BigInt(`0x${owner}`);

/** A population whose members have one point each, and no other owner's: never drawn twice. */
const pointwise: Population = {
  total: UNBOUNDED_POINTS,
  owners: UNBOUNDED_OWNERS,
  memberAt: (point) => {
    const owner = hexOf(point);
    return { owner, provider: owner, weight: 1n, ownerFrom: point, ownerWeight: 1n };
  },
  intervalOf: (owner) => ({ from: indexOf(owner), weight: 1n }),
};

/** How much of a crowd plays which role; the rest is honest. */
export interface Shares {
  readonly colluding: Rational;
  readonly mute?: Rational | undefined;
}

/**
 * Unboundedly many with a point of stake each, of whom these shares of the points collude or are
 * mute: so a draw is one with replacement, and a panel of it binomial.
 */
export const unboundedCrowd = ({ colluding, mute }: Shares): Crowd => {
  const pointsOf = ({ num, den }: Rational): bigint => (UNBOUNDED_POINTS * num) / den;
  const lastColluding = pointsOf(colluding);
  const lastMute = mute === undefined ? lastColluding : pointsOf(sum([colluding, mute]));
  assert(complement(colluding).num >= 0n, 'a share is at most one');
  return {
    population: pointwise,
    roleOf: ({ ownerFrom }) => {
      if (ownerFrom < lastColluding) return 'colluding';
      return ownerFrom < lastMute ? 'mute' : 'honest';
    },
  };
};

/** N owners with equal stakes, of whom the first so many collude. */
export const equalCrowd = (owners: number, colluding: number): Crowd => {
  const last = BigInt(colluding);
  const members = BigInt(owners);
  return {
    population: {
      ...pointwise,
      total: members,
      owners,
      intervalOf: (owner) => {
        const from = indexOf(owner);
        return from < members ? { from, weight: 1n } : undefined;
      },
    },
    roleOf: ({ ownerFrom }) => (ownerFrom < last ? 'colluding' : 'honest'),
  };
};

/** One provider each of owners with these stakes, side by side; the owner's name is its index. */
export const stakedPopulation = (stakes: readonly bigint[]): Population => {
  const ends: bigint[] = [];
  let total = 0n;
  for (const stake of stakes) {
    total += stake;
    ends.push(total);
  }
  const intervalAt = (index: number): Interval => {
    const weight = stakes[index] ?? 0n;
    return { from: (ends[index] ?? 0n) - weight, weight };
  };
  return {
    total,
    owners: stakes.length,
    memberAt: (point) => {
      let [low, high] = [0, ends.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (point < (ends[middle] ?? 0n)) high = middle;
        else low = middle + 1;
      }
      const { from, weight } = intervalAt(low);
      const owner = hexOf(BigInt(low));
      return { owner, provider: owner, weight, ownerFrom: from, ownerWeight: weight };
    },
    intervalOf: (owner) => {
      const index = Number(indexOf(owner));
      return index < stakes.length ? intervalAt(index) : undefined;
    },
  };
};

/** The place of a member's owner in the list of stakes. */
export const placeOf = ({ owner }: Member): number => Number(indexOf(owner));
