import { bpsCeil, bpsFloor, larger, smaller } from '../kit/integer.ts';
import type { DisputeTerms } from '../parameters/record.ts';
import { seatsOf } from '../parameters/ladder.ts';
import { nextPanelSize, panelsOf, rateOf } from './ladder.ts';
import type { Appeal, ChallengeContext, ChallengeForm, Defendant, Settlement } from './record.ts';

/** An audit's bond is twice a pair's (PROTOCOL §6). */
const AUDIT_BONDS = 2n;

/** `max(10 LUX, 12 × rerunFee)`, twice for an audit: covers every panel (PROTOCOL §6.3). */
export const bondOf = (
  terms: DisputeTerms,
  rerunFeeNlux: bigint,
  form: ChallengeForm = 'pair',
): bigint => {
  const bondNlux = larger(terms.bondMinimumNlux, BigInt(terms.bondRerunFees) * rerunFeeNlux);
  return form === 'audit' ? AUDIT_BONDS * bondNlux : bondNlux;
};

/** What the audit pool sets aside for an audit: every seat of the ladder. */
export const auditReserve = (terms: DisputeTerms, rerunFeeNlux: bigint): bigint =>
  BigInt(seatsOf(panelsOf({ form: 'protocolAudit', terms }))) * rerunFeeNlux;

/** The deposit of an appeal: so many costs of the next panel (PROTOCOL §6, 6). */
export const appealDeposit = (context: ChallengeContext): bigint =>
  BigInt(context.terms.appealPanels * nextPanelSize(context)) * context.rerunFeeNlux;

/** For a result that the panel in hand found wrong. */
export const wrongResultSlash = (context: ChallengeContext, { baseNlux }: Defendant): bigint =>
  bpsCeil(baseNlux, rateOf(context));

/** What a defendant is asked for, by its verdict and the panel that became final. */
export const slashOf = ({ terms }: ChallengeContext, defendant: Defendant): bigint => {
  const { verdict, baseNlux, leastNlux } = defendant;
  if (verdict === 'faulty') return leastNlux;
  return verdict === 'unsubstantiated' ? bpsCeil(baseNlux, terms.unsubstantiatedBps) : 0n;
};

/** For a seat that does not commit. */
export const noShowPenalty = ({ terms, minimumStakeNlux }: ChallengeContext): bigint =>
  bpsCeil(minimumStakeNlux, terms.noShowBps);

/** For a seat that does not show what it committed to, or is outside the final cluster. */
export const seatPenalty = (context: ChallengeContext): bigint => {
  const { terms, minimumStakeNlux, rerunFeeNlux } = context;
  return larger(
    bpsCeil(minimumStakeNlux, terms.seatPenaltyBps),
    BigInt(terms.seatPenaltyRerunFees) * rerunFeeNlux,
  );
};

/** For who proved that a provider signed two answers: at most so much, and a share (§6). */
export const equivocationReward = (terms: DisputeTerms, slashNlux: bigint): bigint =>
  smaller(terms.equivocationRewardNlux, bpsFloor(slashNlux, terms.equivocationRewardBps));

const HALF_BPS = 5_000;

/** Half of what an unfounded challenge or appeal leaves is burned, rounding included. */
const halve = (amountNlux: bigint, upheld: number) => {
  const each = upheld === 0 ? 0n : bpsFloor(amountNlux, HALF_BPS) / BigInt(upheld);
  const upheldNlux = each * BigInt(upheld);
  return { each, upheldNlux, burnedNlux: amountNlux - upheldNlux };
};

export interface Distribution extends Settlement {
  /** To each seat that answered. */
  readonly rerunNlux: bigint;
  /** To each defendant that was upheld. */
  readonly eachUpheldNlux: bigint;
}

/** What decides how the money of a challenge is shared. */
export interface Outcome {
  readonly paidSeats: number;
  /** Defendants whose verdict is valid. */
  readonly upheld: number;
  /** Appeals that changed nothing though a panel heard them. */
  readonly lost: readonly Appeal[];
  /** All others. */
  readonly returned: readonly Appeal[];
}

const depositsOf = (appeals: readonly Appeal[]): bigint =>
  appeals.reduce((sum, { depositNlux }) => sum + depositNlux, 0n);

/**
 * Who gets what (PROTOCOL §6.3). A slash: half burned first, then the re-runs, then the challenger
 * (at most its share and so many bonds, nothing for an unsubstantiated defendant or where nobody
 * challenged), the rest burned. Re-runs are paid from losing deposits, then from the slash after
 * its burn, then from the bond. What a losing appeal and a frivolous audit leave is half burned,
 * half the upheld defendants'. All parts together are exactly slashes, bond and deposits.
 */
export const distribute = (context: ChallengeContext, outcome: Outcome): Distribution => {
  const { form, terms, slashedNlux, unrewardedNlux, bondNlux, rerunFeeNlux } = context;
  const { paidSeats, upheld } = outcome;
  const cost = rerunFeeNlux * BigInt(paidSeats);
  const lostNlux = depositsOf(outcome.lost);
  const fromAppeals = smaller(lostNlux, cost);
  const burnedFirst = bpsCeil(slashedNlux, terms.slashBurnBps);
  const available = slashedNlux - burnedFirst;
  const fromSlash = smaller(available, cost - fromAppeals);
  const rewardable = bpsFloor(slashedNlux - unrewardedNlux, terms.challengerShareBps);
  const mostReward = smaller(rewardable, bondNlux * BigInt(terms.challengerBondMultiple));
  const rewardNlux = form === 'protocolAudit' ? 0n : smaller(available - fromSlash, mostReward);
  const bondLeft = bondNlux - (cost - fromAppeals - fromSlash);
  const isFrivolous = form === 'audit' && upheld > 0;
  const unfounded = lostNlux - fromAppeals + (isFrivolous ? bondLeft : 0n);
  const halves = halve(unfounded, upheld);
  return {
    burnedNlux: burnedFirst + available - fromSlash - rewardNlux + halves.burnedNlux,
    rerunsNlux: cost,
    rerunNlux: rerunFeeNlux,
    rewardNlux,
    bondBackNlux: isFrivolous ? 0n : bondLeft,
    upheldNlux: halves.upheldNlux,
    eachUpheldNlux: halves.each,
    appealsBackNlux: depositsOf(outcome.returned),
  };
};

/**
 * Bond, appeal deposits, and what slashes have brought rest with a challenge; with its settlement
 * all of it goes, and nothing stays (PROTOCOL §6.3).
 */
export const heldByChallenge = (context: ChallengeContext): bigint => {
  const { settlement, bondNlux, appeals, slashedNlux } = context;
  return settlement === undefined ? bondNlux + depositsOf(appeals) + slashedNlux : 0n;
};
