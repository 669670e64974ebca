import type { ChallengeContext, Settlement } from '../../machines/challenge/record.ts';
import { bpsCeil, smaller } from '../../machines/kit/integer.ts';

const sumOf = (amounts: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const each of amounts) sum += each;
  return sum;
};

/** A part of the money of challenges: where it came from and where it went. */
export interface Link {
  readonly from: 'slash' | 'bond' | 'deposit' | 'penalty';
  readonly to: 'burned' | 'reruns' | 'challenger' | 'upheld' | 'returned';
  readonly amountNlux: bigint;
}

/**
 * Who got what of whose money, by PROTOCOL §6.3: the settlement of a challenge says what each got
 * in all, and the order in which sources pay says from where. Parts of a source are its whole.
 */
export const linksOf = (
  { slashedNlux, bondNlux, appeals, terms }: ChallengeContext,
  settlement: Settlement,
): readonly Link[] => {
  const deposits = sumOf(appeals.map(({ depositNlux }) => depositNlux));
  const { rerunsNlux, rewardNlux, upheldNlux, bondBackNlux, appealsBackNlux } = settlement;
  const lost = deposits - appealsBackNlux;
  const rerunsOfDeposits = smaller(lost, rerunsNlux);
  const burnedFirst = bpsCeil(slashedNlux, terms.slashBurnBps);
  const rerunsOfSlash = smaller(slashedNlux - burnedFirst, rerunsNlux - rerunsOfDeposits);
  const rerunsOfBond = rerunsNlux - rerunsOfDeposits - rerunsOfSlash;
  const surplus = lost - rerunsOfDeposits;
  // What is given to those upheld comes from both at once: of deposits first.
  const upheldOfDeposits = smaller(surplus, upheldNlux);
  const upheldOfBond = upheldNlux - upheldOfDeposits;
  return [
    { from: 'slash', to: 'reruns', amountNlux: rerunsOfSlash },
    { from: 'slash', to: 'challenger', amountNlux: rewardNlux },
    { from: 'slash', to: 'burned', amountNlux: slashedNlux - rerunsOfSlash - rewardNlux },
    { from: 'bond', to: 'reruns', amountNlux: rerunsOfBond },
    { from: 'bond', to: 'returned', amountNlux: bondBackNlux },
    { from: 'bond', to: 'upheld', amountNlux: upheldOfBond },
    {
      from: 'bond',
      to: 'burned',
      amountNlux: bondNlux - rerunsOfBond - bondBackNlux - upheldOfBond,
    },
    { from: 'deposit', to: 'reruns', amountNlux: rerunsOfDeposits },
    { from: 'deposit', to: 'returned', amountNlux: appealsBackNlux },
    { from: 'deposit', to: 'upheld', amountNlux: upheldOfDeposits },
    { from: 'deposit', to: 'burned', amountNlux: surplus - upheldOfDeposits },
  ];
};
