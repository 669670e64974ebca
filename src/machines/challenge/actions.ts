import { stepsOf, type Apply } from '../kit/index.ts';
import { openChunk } from './chunk-comparison.ts';
import { beginReveal, cannotRun, commit, nobodyAnswered, replaceMissing } from './commit.ts';
import { reveal } from './commit.ts';
import { conclude, concludeVoid, settleMoney } from './conclude.ts';
import { dropChunks, judgePanel } from './judgement.ts';
import type { ChallengeMessage } from './messages.ts';
import { openAudit, openProtocolAudit, reserved } from './open/audit.ts';
import { openEquivocation, tombstoned } from './open/equivocation.ts';
import { openPair } from './open/pair.ts';
import { takeOver } from './open/take-over.ts';
import { publish, publishOutput, publishShape } from './publication.ts';
import { chunkDrawOf } from './randomness.ts';
import type { ChallengeContext } from './record.ts';
import { appeal, awaitSeed, beginRound, moveSeed, nextRound } from './rounds.ts';
import { openAppeals, seat } from './rounds.ts';

type On<T extends ChallengeMessage['type']> = Apply<
  ChallengeContext,
  Extract<ChallengeMessage, { type: T }>
>;

const step = stepsOf<ChallengeContext, ChallengeMessage>();

/** One step after another: the effects of both, in order. */
const then =
  (
    first: On<'wake'>,
    second: (context: ChallengeContext, call: Parameters<On<'wake'>>[2]) => ReturnType<On<'wake'>>,
  ): On<'wake'> =>
  (context, message, call) => {
    const before = first(context, message, call);
    const after = second(before.context, call);
    return { context: after.context, effects: [...before.effects, ...after.effects] };
  };

/** Neither payload nor output: defendants that had to show it have not (PROTOCOL §6, 2). */
const unsubstantiated: On<'wake'> = (context) => {
  const { payloadPublished } = context;
  const defendants = context.defendants.map((each) =>
    payloadPublished && each.substantiated
      ? each
      : { ...each, finding: 'unsubstantiated' as const },
  );
  const ending = payloadPublished ? 'outputsMissing' : 'payloadMissing';
  return conclude({ ...context, defendants }, ending);
};

const judge: On<'wake'> = (context, _, call) => judgePanel(context, call);

const cannotSit = (context: ChallengeContext) => conclude(context, 'panelCannotSit');

/** What was opened in the round in hand goes with it. */
const lapse: On<'wake'> = (context, _, call) => {
  const ended = concludeVoid(context, 'lapsed');
  const dropped = dropChunks(context, chunkDrawOf(context, call));
  return { context: ended.context, effects: [...dropped, ...ended.effects] };
};

const locked: On<'locked'> = (context, { defendant, lockedNlux }) => ({
  context: {
    ...context,
    defendants: context.defendants.map((each, index) =>
      index === defendant ? { ...each, lockNlux: lockedNlux } : each,
    ),
  },
  effects: [],
});

const slashed: On<'slashed'> = (context, { defendant }, { value }) => {
  const isRewarded = context.defendants[defendant]?.verdict === 'faulty';
  const received = {
    ...context,
    awaiting: context.awaiting - 1,
    slashedNlux: context.slashedNlux + value,
    unrewardedNlux: context.unrewardedNlux + (isRewarded ? 0n : value),
  };
  return received.awaiting === 0 ? settleMoney(received) : { context: received, effects: [] };
};

export const steps = {
  openPair: step('open', openPair),
  openAudit: step('audit', openAudit),
  openProtocolAudit: step('protocolAudit', openProtocolAudit),
  openEquivocation: step('equivocation', openEquivocation),
  takeOver: step('takeOver', takeOver),
  publish: step('publish', publish),
  publishOutput: step('publishOutput', publishOutput),
  publishShape: step('publishShape', publishShape),
  awaitSeed: step('wake', awaitSeed),
  unsubstantiated: step('wake', unsubstantiated),
  seatPanel: step('submitSeed', (context, _, call) => seat(context, call)),
  seatPanelAtLast: step('wake', (context, _, call) => seat(context, call)),
  cannotSit: step('submitSeed', cannotSit),
  cannotSitAtLast: step('wake', cannotSit),
  moveSeed: step('wake', moveSeed),
  noSeed: step('wake', (context) => concludeVoid(context, 'seedMissing')),
  lapse: step('wake', lapse),
  commit: step('commit', commit),
  cannotRun: step('cannotRun', cannotRun),
  replaceMissing: step('wake', replaceMissing),
  beginReveal: step('wake', beginReveal),
  nobodyAnswered: step('wake', then(nobodyAnswered, nextRound)),
  nobodyAnsweredAtLast: step(
    'wake',
    then(nobodyAnswered, (of) => conclude(of, 'lastPanel')),
  ),
  reveal: step('reveal', reveal),
  openChunk: step('openChunk', openChunk),
  decideAtLast: step(
    'wake',
    then(judge, (of) => conclude(of, 'lastPanel')),
  ),
  goOnUndecided: step('wake', then(judge, nextRound)),
  decide: step('wake', then(judge, openAppeals)),
  appeal: step('appeal', appeal),
  hearAppeal: step('wake', (context, _, call) => beginRound(context, call)),
  accept: step('wake', (context) => conclude(context, 'decided')),
  locked: step('locked', locked),
  slashed: step('slashed', slashed),
  reserved: step('reserved', reserved),
  tombstoned: step('tombstoned', tombstoned),
};
