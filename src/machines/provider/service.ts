import { actorId, emit, send, type Apply, type Call, type Effect } from '../kit/index.ts';
import { longestChallengeBlocks } from '../parameters/schedule.ts';
import type { ProviderMessage } from './messages.ts';
import type { ProviderContext } from './record.ts';
import { epochOf } from './stake.ts';

type On<T extends ProviderMessage['type']> = Apply<
  ProviderContext,
  Extract<ProviderMessage, { type: T }>
>;

/** Tells a profile that the provider serves it no more. */
const goodbye = ({ owner }: ProviderContext, profileHash: string): Effect =>
  send(actorId('profile', profileHash), { type: 'leave', owner });

/** Tells every profile, of a provider that gives up all its places at once. */
export const goodbyes = (context: ProviderContext): readonly Effect[] =>
  context.served.map(({ profileHash }) => goodbye(context, profileHash));

export const serve: On<'serve'> = (context, { profileHash }, { height }) => ({
  context: {
    ...context,
    served: [...context.served, { profileHash, joinedAt: height, leavesAt: 0n, declinedAt: 0n }],
  },
  effects: [
    send(actorId('profile', profileHash), {
      type: 'join',
      owner: context.owner,
      weightNlux: context.weightNlux,
    }),
    emit('serves', { profileHash }),
  ],
});

/** A place is kept until no challenge of what was attested there can want it (PROTOCOL §6.1). */
const noticeEnd = ({ height, parameters }: Call): bigint =>
  height + parameters.windowBlocks + longestChallengeBlocks(parameters.dispute);

type Place = ProviderContext['served'][number];

const changePlace = (
  context: ProviderContext,
  profileHash: string,
  change: Partial<Place>,
): ProviderContext => ({
  ...context,
  served: context.served.map((place) =>
    place.profileHash === profileHash ? { ...place, ...change } : place,
  ),
});

export const leave: On<'leave'> = (context, { profileHash }, call) => {
  const leavesAt = noticeEnd(call);
  return {
    context: changePlace(context, profileHash, { leavesAt }),
    effects: [emit('leaves', { profileHash, at: leavesAt })],
  };
};

export const depart: On<'depart'> = (context, { profileHash }) => ({
  context: {
    ...context,
    served: context.served.filter((place) => place.profileHash !== profileHash),
  },
  effects: [goodbye(context, profileHash), emit('departed', { profileHash })],
});

/**
 * A seat of the provider answered `cannotRun`. The second time in an epoch it gives notice, unless
 * it has (PROTOCOL §6, 4): who cannot run a profile does not serve it.
 */
export const declined: On<'declined'> = (context, message, call) => {
  const { profileHash } = message;
  const place = context.served.find((each) => each.profileHash === profileHash);
  if (place === undefined) return { context, effects: [] };
  const { height, parameters, from } = call;
  const { declinedAt, leavesAt } = place;
  const isSecond =
    declinedAt > 0n && epochOf(declinedAt, parameters) === epochOf(height, parameters);
  const after = changePlace(context, profileHash, { declinedAt: height });
  const told = emit('declined', { profileHash, by: from });
  if (!isSecond || leavesAt > 0n) return { context: after, effects: [told] };
  const left = leave(after, { type: 'leave', profileHash }, call);
  return { context: left.context, effects: [told, ...left.effects] };
};
