import type { Verdict } from '../attestation/record.ts';
import type { Outcome } from './money.ts';
import type { Appeal, ChallengeContext, Finding, Seat } from './record.ts';

/** What follows from the findings, for who pays as for who tells of it. */

/** Undecided after the last panel that sat is void (PROTOCOL §6, 7). */
export const VERDICT_OF: Readonly<Record<Finding, Verdict>> = {
  none: 'void',
  valid: 'valid',
  faulty: 'faulty',
  undecided: 'void',
  unsubstantiated: 'unsubstantiated',
};

/** An appeal is lost if a panel heard it and every verdict is what it was. */
const isLost = ({ defendants, seats }: ChallengeContext, appeal: Appeal): boolean => {
  const before = [appeal.findingFirst, appeal.findingSecond];
  return (
    seats.some(({ round }) => round === appeal.round + 1) &&
    defendants.every(({ verdict }, index) => VERDICT_OF[before[index] ?? 'none'] === verdict)
  );
};

/** Whom the money of a challenge goes to, once its defendants have verdicts. */
export const outcomeOf = (context: ChallengeContext): Outcome => ({
  paidSeats: context.seats.filter(({ state }) => state === 'answered').length,
  upheld: context.defendants.filter(({ verdict }) => verdict === 'valid').length,
  lost: context.appeals.filter((appeal) => isLost(context, appeal)),
  returned: context.appeals.filter((appeal) => !isLost(context, appeal)),
});

/**
 * A seat is outside the final cluster if it rejects what is valid, supports what is faulty, or
 * rejects it with an answer that is far from all others'. Where another defendant is valid, that
 * one is the measure: a seat in between the thresholds of what is valid is not outside, however few
 * seats it is near. Where a defendant is not decided there is no cluster (PROTOCOL §6.3; I46b).
 */
export const isOutside = ({ defendants }: ChallengeContext, seat: Seat): boolean => {
  const isMeasured = defendants.some(({ verdict }) => verdict === 'valid');
  return (
    seat.state === 'answered' &&
    defendants.some(({ verdict }, index) => {
      const stance = index === 0 ? seat.stanceFirst : seat.stanceSecond;
      if (verdict === 'valid') return stance === 'rejects';
      return verdict === 'faulty' && (stance === 'supports' || (seat.stray && !isMeasured));
    })
  );
};
