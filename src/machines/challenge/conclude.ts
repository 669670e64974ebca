import { actorId, burn, emit, payAccount, payAuditPool, send, wakeAt } from '../kit/index.ts';
import type { Applied, Effect } from '../kit/index.ts';
import { distribute, noShowPenalty, seatPenalty, slashOf } from './money.ts';
import { isOutside, outcomeOf, VERDICT_OF } from './outcome.ts';
import type { ChallengeContext, Defendant, Ending, Seat } from './record.ts';

/** Stake is taken, or set free; the provider answers a slash with the value. */
const release = (context: ChallengeContext, defendant: Defendant, index: number): Effect => {
  const provider = actorId('provider', defendant.provider);
  const amountNlux = slashOf(context, defendant);
  if (amountNlux === 0n) {
    return send(provider, { type: 'unlock', amountNlux: defendant.lockNlux });
  }
  return send(provider, {
    type: 'slash',
    defendant: index,
    amountNlux,
    leastNlux: defendant.leastNlux,
    lockNlux: defendant.lockNlux,
    height: defendant.height,
    // What is above the least base answers for value, and the sum of these is within the stake: a
    // small answer left unshown must not be the shield of a large one.
    unsubstantiated:
      defendant.verdict === 'unsubstantiated' && defendant.baseNlux <= context.minimumStakeNlux,
  });
};

/** Pays everybody once all slashes are in; nothing stays with the challenge. */
export const settleMoney = (context: ChallengeContext): Applied<ChallengeContext> => {
  const outcome = outcomeOf(context);
  const { rerunNlux, eachUpheldNlux, ...settlement } = distribute(context, outcome);
  const answered = context.seats.filter(({ state }) => state === 'answered');
  const upheld = context.defendants.filter(({ verdict }) => verdict === 'valid');
  const bondBack =
    context.form === 'protocolAudit'
      ? payAuditPool(settlement.bondBackNlux)
      : payAccount(context.challenger, 'bond', settlement.bondBackNlux);
  return {
    context: { ...context, settlement },
    effects: [
      ...burn(settlement.burnedNlux),
      ...answered.flatMap(({ owner }) => payAccount(owner, 'rerun', rerunNlux)),
      ...payAccount(context.challenger, 'reward', settlement.rewardNlux),
      ...bondBack,
      ...upheld.flatMap(({ owner }) => payAccount(owner, 'upheld', eachUpheldNlux)),
      ...outcome.returned.flatMap((appeal) =>
        payAccount(appeal.appellant, 'appeal', appeal.depositNlux),
      ),
      emit('challengeSettled', { slashedNlux: context.slashedNlux, ...settlement }),
    ],
  };
};

const penalize = (
  { openedAt }: ChallengeContext,
  seats: readonly Seat[],
  amountNlux: bigint,
  noShow: boolean,
): readonly Effect[] =>
  seats.map(({ provider }) =>
    send(actorId('provider', provider), {
      type: 'penalize',
      amountNlux,
      noShow,
      since: openedAt,
    }),
  );

export const penalizeSilent = (context: ChallengeContext, seats: readonly Seat[]) =>
  penalize(context, seats, noShowPenalty(context), true);

export const penalizeWithheld = (context: ChallengeContext, seats: readonly Seat[]) =>
  penalize(context, seats, seatPenalty(context), false);

/** Ends the challenge: each defendant's verdict follows from what was found last. */
export const conclude = (context: ChallengeContext, ending: Ending): Applied<ChallengeContext> => {
  const defendants = context.defendants.map((defendant) => ({
    ...defendant,
    verdict: VERDICT_OF[defendant.finding],
  }));
  const judged = { ...context, defendants, ending };
  const awaiting = defendants.filter((each) => slashOf(judged, each) > 0n).length;
  const decided = { ...judged, awaiting };
  const settled = awaiting === 0 ? settleMoney(decided) : { context: decided, effects: [] };
  return {
    context: settled.context,
    effects: [
      ...defendants.map(({ attestation, verdict }) =>
        send(actorId('attestation', attestation), { type: 'verdict', verdict }),
      ),
      ...defendants.map((defendant, index) => release(decided, defendant, index)),
      ...penalize(
        decided,
        decided.seats.filter((seat) => isOutside(decided, seat)),
        seatPenalty(decided),
        false,
      ),
      emit('challengeDecided', {
        ending,
        verdicts: defendants
          .map(({ attestation, verdict }) => `attestation:${attestation} ${verdict}`)
          .join(', '),
      }),
      ...settled.effects,
      // A challenge may end before its window does; a timer must not wake what is final.
      wakeAt(undefined),
    ],
  };
};

/**
 * Ends it without a judgement: what panels found does not count. Only a defendant that never showed
 * its output stays unsubstantiated, since nothing but itself kept it from that.
 */
export const concludeVoid = (
  context: ChallengeContext,
  ending: Ending,
): Applied<ChallengeContext> => {
  const defendants = context.defendants.map((defendant) => ({
    ...defendant,
    finding: defendant.substantiated ? ('none' as const) : ('unsubstantiated' as const),
    leastNlux: 0n,
  }));
  return conclude({ ...context, defendants }, ending);
};
