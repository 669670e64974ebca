import type { Verdict } from '../attestation/record.ts';
import {
  actorId,
  burn,
  emit,
  payAccount,
  send,
  wakeAt,
  type Applied,
  type Effect,
} from '../kit/index.ts';
import { hasAnswered } from './comparison.ts';
import { distribute, noShowPenalty, slashOf, withheldPenalty } from './money.ts';
import type { ChallengeContext, Defendant, Seat } from './record.ts';

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
    unsubstantiated: defendant.verdict === 'unsubstantiated',
  });
};

/** Pays everybody once all slashes are in; nothing stays with the challenge. */
export const settleMoney = (context: ChallengeContext): readonly Effect[] => {
  const paid = context.seats.filter((seat) => hasAnswered(context, seat));
  const shares = distribute(context, paid.length);
  return [
    ...burn(shares.burnedNlux),
    ...paid.flatMap(({ owner }) => payAccount(owner, 'rerun', shares.rerunNlux)),
    ...payAccount(context.challenger, 'reward', shares.rewardNlux),
    ...payAccount(context.challenger, 'bond', shares.bondBackNlux),
    emit('challengeSettled', {
      slashedNlux: context.slashedNlux,
      burnedNlux: shares.burnedNlux,
      rerunNlux: shares.rerunNlux * BigInt(paid.length),
      rewardNlux: shares.rewardNlux,
      bondBackNlux: shares.bondBackNlux,
    }),
  ];
};

/** Ends the challenge with a verdict for each defendant, in their order. */
export const conclude = (
  context: ChallengeContext,
  verdicts: readonly Verdict[],
  reason: string,
): Applied<ChallengeContext> => {
  const defendants = context.defendants.map((defendant, index) => ({
    ...defendant,
    verdict: verdicts[index] ?? 'void',
  }));
  const judged = { ...context, defendants };
  const awaiting = defendants.filter((each) => slashOf(judged, each) > 0n).length;
  const decided = { ...judged, awaiting };
  const effects = [
    ...defendants.map(({ attestation, verdict }) =>
      send(actorId('attestation', attestation), { type: 'verdict', verdict }),
    ),
    ...defendants.map((defendant, index) => release(decided, defendant, index)),
    emit('challengeDecided', {
      reason,
      verdicts: defendants
        .map(({ attestation, verdict }) => `attestation:${attestation} ${verdict}`)
        .join(', '),
    }),
    ...(awaiting === 0 ? settleMoney(decided) : []),
    // A challenge may end before its window does; a timer must not wake what is final.
    wakeAt(undefined),
  ];
  return { context: decided, effects };
};

/** Nobody is found at fault: both attestations are void and both stakes free. */
export const concludeVoid = (
  context: ChallengeContext,
  reason: string,
): Applied<ChallengeContext> =>
  conclude(
    context,
    context.defendants.map(() => 'void'),
    reason,
  );

const penalize = (
  { openedAt }: ChallengeContext,
  seats: readonly Seat[],
  amountNlux: bigint,
  noShow: boolean,
) =>
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
  penalize(context, seats, withheldPenalty(context), false);
