import { bpsCeil, bpsFloor, larger, smaller } from '../kit/integer.ts';
import type { DisputeTerms } from '../parameters/record.ts';
import type { ChallengeContext, Defendant } from './record.ts';

/** `max(10 LUX, 12 × rerunFee)`: covers every panel of the ladder (PROTOCOL §6.3). */
export const bondOf = (terms: DisputeTerms, rerunFeeNlux: bigint): bigint =>
  larger(terms.bondMinimumNlux, BigInt(terms.bondRerunFees) * rerunFeeNlux);

/** For a result that the present panel found wrong. */
export const wrongResultSlash = (
  { terms, round }: ChallengeContext,
  { baseNlux }: Defendant,
): bigint => bpsCeil(baseNlux, terms.wrongResultBps[round - 1] ?? 0);

/** What a defendant is asked for, by its verdict and the panel that became final. */
export const slashOf = (context: ChallengeContext, defendant: Defendant): bigint => {
  const { verdict, baseNlux } = defendant;
  if (verdict === 'faulty') return wrongResultSlash(context, defendant);
  return verdict === 'unsubstantiated' ? bpsCeil(baseNlux, context.terms.unsubstantiatedBps) : 0n;
};

/** For a seat that does not commit. */
export const noShowPenalty = ({ terms, minimumStakeNlux }: ChallengeContext): bigint =>
  bpsCeil(minimumStakeNlux, terms.noShowBps);

/** For a seat that commits and does not show all that it committed to. */
export const withheldPenalty = (context: ChallengeContext): bigint => {
  const { terms, minimumStakeNlux, rerunFeeNlux } = context;
  return larger(
    bpsCeil(minimumStakeNlux, terms.seatPenaltyBps),
    BigInt(terms.seatPenaltyRerunFees) * rerunFeeNlux,
  );
};

export interface Distribution {
  readonly burnedNlux: bigint;
  /** To each seat that answered. */
  readonly rerunNlux: bigint;
  readonly rewardNlux: bigint;
  /** What is left of the bond goes back to the challenger. */
  readonly bondBackNlux: bigint;
}

/**
 * A slash: half burned first, then the re-runs, then the challenger (at most its share and so many
 * bonds, nothing for an unsubstantiated defendant), the rest burned; what re-runs still cost comes
 * from the bond. All parts together are exactly slash and bond (PROTOCOL §6.3).
 */
export const distribute = (context: ChallengeContext, paidSeats: number): Distribution => {
  const { terms, slashedNlux, unrewardedNlux, bondNlux, rerunFeeNlux } = context;
  const burnedFirst = bpsCeil(slashedNlux, terms.slashBurnBps);
  const available = slashedNlux - burnedFirst;
  const cost = rerunFeeNlux * BigInt(paidSeats);
  const fromSlash = smaller(available, cost);
  const rewardable = bpsFloor(slashedNlux - unrewardedNlux, terms.challengerShareBps);
  const mostReward = smaller(rewardable, bondNlux * BigInt(terms.challengerBondMultiple));
  const rewardNlux = smaller(available - fromSlash, mostReward);
  return {
    burnedNlux: burnedFirst + available - fromSlash - rewardNlux,
    rerunNlux: rerunFeeNlux,
    rewardNlux,
    bondBackNlux: bondNlux - (cost - fromSlash),
  };
};
