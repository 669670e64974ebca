import { challengeAnnouncement } from '../../../codec/index.ts';
import { ANNOUNCEMENT_BLOCKS } from '../../announcement/record.ts';
import { actorId, because, emit, keyOf, payAccount } from '../../kit/index.ts';
import type { Apply, Check } from '../../kit/index.ts';
import type { ChallengeMessage } from '../messages.ts';
import { withNamed } from '../chunks.ts';
import { MAX_NAMED_AT_FIRST, type ChallengeContext } from '../record.ts';
import { withSeedUnknown } from '../schedule.ts';

type TakeOver = Extract<ChallengeMessage, { type: 'takeOver' }>;
type On = Check<ChallengeContext, TakeOver>;

/** A challenge that nobody brought has no challenger's place to take. */
const hasChallenger: On = ({ form, challenger }, _, { from }) => {
  if (form !== 'pair' && form !== 'audit') return because('no-challenger');
  return keyOf(from) === challenger ? because('already-challenger') : undefined;
};

/**
 * The announcement names this challenge and this account, and is older than the opening, or than
 * the announcement that was shown before it: whoever copies an opening that waits for its block
 * comes too late.
 */
const wasAnnounced: On = (context, message, { read, from, self }) => {
  const expected = challengeAnnouncement({
    challengeId: keyOf(self),
    challenger: keyOf(from),
    salt: message.salt,
  });
  if (expected !== message.announcement) return because('announcement-of-other', { expected });
  const view = read.actor(actorId('announcement', message.announcement));
  if (view === undefined || view.context.announcer !== keyOf(from)) {
    return because('announcement-unknown');
  }
  const { height } = view.context;
  if (height >= context.announcedAt) {
    return because('announced-too-late', { before: context.announcedAt });
  }
  return height + ANNOUNCEMENT_BLOCKS >= context.openedAt
    ? undefined
    : because('announced-too-early', { from: context.openedAt - ANNOUNCEMENT_BLOCKS });
};

const bringsBond: On = ({ bondNlux }, _, { value }) =>
  value === bondNlux ? undefined : because('bond-mismatch', { bondNlux });

/** Chunks are added, never taken away: the one before may have named the wrong ones on purpose. */
const hasRoomForNamed: On = ({ named }, message) =>
  withNamed(named, message.named).length <= MAX_NAMED_AT_FIRST
    ? undefined
    : because('too-many-named', { most: MAX_NAMED_AT_FIRST });

export const takeOverChecks: readonly On[] = [
  hasChallenger,
  wasAnnounced,
  hasRoomForNamed,
  bringsBond,
];

/** The one before gets its bond back, whole. */
export const takeOver: Apply<ChallengeContext, TakeOver> = (context, message, call) => {
  const { read, from } = call;
  const announcement = read.actor(actorId('announcement', message.announcement))?.context;
  return {
    context: {
      ...context,
      challenger: keyOf(from),
      named: withNamed(context.named, message.named),
      seedRounds: withSeedUnknown(context, call),
      announcedAt: announcement?.height ?? context.announcedAt,
    },
    effects: [
      ...payAccount(context.challenger, 'bond', context.bondNlux),
      emit('challengeTakenOver', { challenger: from, from: `account:${context.challenger}` }),
    ],
  };
};
