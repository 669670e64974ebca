// How a challenge ends, and who gets what (PROTOCOL §6.3).
import { credit, sure } from './chain.ts';
import type { World } from './chain.ts';
import { penalize, slash, unlock } from './stake.ts';
import { least, most, shareDown, shareUp, total } from './rules.ts';
import type { Appeal, Challenge, Defendant, Finding, Seat, Verdict } from './state.ts';

const VERDICTS: Readonly<Record<Finding, Verdict>> = {
  none: 'void',
  undecided: 'void',
  valid: 'valid',
  faulty: 'faulty',
  unsubstantiated: 'unsubstantiated',
};

const STATES = {
  valid: 'final',
  faulty: 'faulty',
  unsubstantiated: 'faulty',
  void: 'void',
} as const;

/** For a seat that withholds, or is outside the final cluster. */
export const seatPenalty = ({ terms, minimumStakeNlux, rerunFeeNlux }: Challenge): bigint =>
  most(
    shareUp(minimumStakeNlux, terms.seatPenaltyBps),
    BigInt(terms.seatPenaltyRerunFees) * rerunFeeNlux,
  );

export const noShowPenalty = ({ terms, minimumStakeNlux }: Challenge): bigint =>
  shareUp(minimumStakeNlux, terms.noShowBps);

const slashOf = ({ terms }: Challenge, of: Defendant): bigint => {
  if (of.verdict === 'faulty') return of.leastNlux;
  return of.verdict === 'unsubstantiated' ? shareUp(of.baseNlux, terms.unsubstantiatedBps) : 0n;
};

/** Heard by a panel, and no verdict is another than it was. */
const isLost = (of: Challenge, appeal: Appeal): boolean =>
  of.seats.some(({ round }) => round === appeal.round + 1) &&
  of.defendants.every(({ verdict }, at) => VERDICTS[appeal.findings[at] ?? 'none'] === verdict);

/** What is valid is the measure, if something is; else those who agree on what is faulty. */
const isOutside = (of: Challenge, seat: Seat): boolean => {
  if (seat.state !== 'answered') return false;
  const isMeasured = of.defendants.some(({ verdict }) => verdict === 'valid');
  return of.defendants.some(({ verdict }, at) => {
    const stance = seat.stances[at];
    if (verdict === 'valid') return stance === 'rejects';
    return verdict === 'faulty' && (stance === 'supports' || (seat.stray && !isMeasured));
  });
};

const deposits = (appeals: readonly Appeal[]): bigint =>
  total(appeals.map(({ depositNlux }) => depositNlux));

/** Pays everybody, in the order of PROTOCOL §6.3; what is left over is burned. */
const settle = (world: World, of: Challenge): void => {
  const { terms, rerunFeeNlux, slashedNlux, bondNlux } = of;
  const answered = of.seats.filter(({ state }) => state === 'answered');
  const upheld = of.defendants.filter(({ verdict }) => verdict === 'valid');
  const lost = of.appeals.filter((appeal) => isLost(of, appeal));
  const returned = of.appeals.filter((appeal) => !isLost(of, appeal));
  const cost = rerunFeeNlux * BigInt(answered.length);
  let unpaid = cost;
  const fromAppeals = least(unpaid, deposits(lost));
  unpaid -= fromAppeals;
  let slashLeft = slashedNlux - shareUp(slashedNlux, terms.slashBurnBps);
  const fromSlash = least(unpaid, slashLeft);
  unpaid -= fromSlash;
  slashLeft -= fromSlash;
  const share = shareDown(slashedNlux - of.unrewardedNlux, terms.challengerShareBps);
  const bonds = bondNlux * BigInt(terms.challengerBondMultiple);
  const rewardNlux = of.form === 'protocolAudit' ? 0n : least(slashLeft, share, bonds);
  const bondLeft = bondNlux - unpaid;
  const isFrivolous = of.form === 'audit' && upheld.length > 0;
  const unfounded = deposits(lost) - fromAppeals + (isFrivolous ? bondLeft : 0n);
  const each = upheld.length === 0 ? 0n : unfounded / 2n / BigInt(upheld.length);
  const bondBackNlux = isFrivolous ? 0n : bondLeft;
  const upheldNlux = each * BigInt(upheld.length);
  const appealsBackNlux = deposits(returned);
  const paid = cost + rewardNlux + bondBackNlux + upheldNlux + appealsBackNlux;
  const burnedNlux = slashedNlux + bondNlux + deposits(of.appeals) - paid;
  world.state.burned += burnedNlux;
  for (const { owner } of answered) credit(world, owner, rerunFeeNlux);
  credit(world, of.challenger, rewardNlux);
  if (of.form === 'protocolAudit') world.state.auditPool += bondBackNlux;
  else credit(world, of.challenger, bondBackNlux);
  for (const { owner } of upheld) credit(world, owner, each);
  for (const { appellant, depositNlux } of returned) credit(world, appellant, depositNlux);
  of.settlement = {
    burnedNlux,
    rerunsNlux: cost,
    rewardNlux,
    bondBackNlux,
    upheldNlux,
    appealsBackNlux,
  };
};

/** Every defendant gets its verdict, stake is taken or set free, and the money is shared. */
export const conclude = (world: World, of: Challenge, ending: string): void => {
  const { providers, attestations } = world.state;
  Object.assign(of, { state: 'final', ending });
  for (const defendant of of.defendants) {
    const verdict = VERDICTS[defendant.finding] as keyof typeof STATES;
    defendant.verdict = verdict;
    Object.assign(sure(attestations.get(defendant.attestation)), {
      verdict,
      state: STATES[verdict],
    });
  }
  for (const defendant of of.defendants) {
    const provider = sure(providers.get(defendant.provider));
    const amount = slashOf(of, defendant);
    if (amount === 0n) {
      unlock(world, provider, defendant.lockNlux);
      continue;
    }
    const isUnsubstantiated = defendant.verdict === 'unsubstantiated';
    const { lockNlux, leastNlux, height } = defendant;
    const isSparable = isUnsubstantiated && defendant.baseNlux <= of.minimumStakeNlux;
    const by = { amount, least: leastNlux, lock: lockNlux, height, isUnsubstantiated: isSparable };
    const taken = slash(world, provider, by);
    of.slashedNlux += taken;
    if (isUnsubstantiated) of.unrewardedNlux += taken;
  }
  for (const seat of of.seats.filter((each) => isOutside(of, each))) {
    penalize(world, sure(providers.get(seat.provider)), seatPenalty(of), false, of.openedAt);
  }
  settle(world, of);
};

/** Without a judgement: whatever panels found does not count. */
export const concludeVoid = (world: World, of: Challenge, ending: string): void => {
  for (const defendant of of.defendants) {
    defendant.finding = defendant.substantiated ? 'none' : 'unsubstantiated';
    defendant.leastNlux = 0n;
  }
  conclude(world, of, ending);
};
