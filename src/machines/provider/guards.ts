import { actorId, because, fromOwner, guardsOf, keyOf, valuePositive } from '../kit/index.ts';
import { bpsFloor, type AnyMessage, type Check } from '../kit/index.ts';
import { isEnrolled, isNoEvidence, stillSigns } from './enclave-end.ts';
import { enrolmentChecks } from './enrolment.ts';
import { whyNotProven } from './key-proof.ts';
import type { ProviderMessage } from './messages.ts';
import { MAX_SERVED_PROFILES, MAX_UNBONDING_LOTS, type ProviderContext } from './record.ts';
import { rotationChecks } from './rotation.ts';
import { activeStake, dueOf, epochOf, exposureSum, isSecondNoShow } from './stake.ts';
import { liveExposure } from './stake.ts';
import { maturedLots, releaseLock, takePenalty, takeSlash } from './stake.ts';

type Message<T extends ProviderMessage['type']> = Extract<ProviderMessage, { type: T }>;
type On<T extends ProviderMessage['type']> = Check<ProviderContext, Message<T>>;
type OnAny = Check<ProviderContext, AnyMessage>;

const guard = guardsOf<ProviderContext, ProviderMessage>();

/** The address of a provider is that of its first key. */
const provesKey: On<'register'> = (_, { proof }, call) =>
  whyNotProven(keyOf(call.self), keyOf(call.from), proof, call);

const bringsMinimum: OnAny = ({ freeNlux, lockedNlux }, _, { value, parameters }) => {
  const stakeNlux = freeNlux + lockedNlux + value;
  const minimumNlux = parameters.minimumStakeNlux;
  return stakeNlux >= minimumNlux
    ? undefined
    : because('stake-below-minimum', { stakeNlux, minimumNlux });
};

const hasRoomForLot: OnAny = ({ lots }, _, { height }) =>
  lots.length < MAX_UNBONDING_LOTS || lots.at(-1)?.height === height
    ? undefined
    : because('too-many-lots', { most: MAX_UNBONDING_LOTS });

const hasFree: On<'unstake'> = ({ freeNlux }, { amountNlux }) => {
  if (amountNlux === 0n) return because('amount-zero');
  return amountNlux <= freeNlux ? undefined : because('stake-not-free', { freeNlux });
};

const takesAll: On<'unstake'> = (context, { amountNlux }) =>
  amountNlux === activeStake(context) ? undefined : because('stake-remains');

const fallsBelowMinimum =
  (after: (context: ProviderContext) => bigint) =>
  (context: ProviderContext, minimumNlux: bigint) =>
    after(context) < minimumNlux ? undefined : because('stake-remains');

const leavesTooLittle: On<'unstake'> = (context, { amountNlux }, { parameters }) =>
  fallsBelowMinimum((of) => activeStake(of) - amountNlux)(context, parameters.minimumStakeNlux);

const noOpenChallenge: OnAny = ({ openChallenges }) =>
  openChallenges === 0 ? undefined : because('challenge-open', { openChallenges });

const hasMaturedLot: OnAny = (context, _, { height, parameters }) =>
  maturedLots(context, height, parameters.unbondingBlocks).length > 0
    ? undefined
    : because('nothing-matured', {
        maturesAt: (context.lots[0]?.height ?? height) + parameters.unbondingBlocks,
      });

const takesLastLot: OnAny = (context, _, { height, parameters }) =>
  activeStake(context) === 0n &&
  maturedLots(context, height, parameters.unbondingBlocks).length === context.lots.length
    ? undefined
    : because('stake-remains');

const sentenceServed: OnAny = ({ jailedUntil }, _, { height }) =>
  height >= jailedUntil ? undefined : because('jailed', { until: jailedUntil });

const canServe: On<'serve'> = ({ served }, { profileHash, modelId }, { read }) => {
  if (served.some((place) => place.profileHash === profileHash)) return because('already-served');
  if (served.length >= MAX_SERVED_PROFILES) {
    return because('too-many-profiles', { most: MAX_SERVED_PROFILES });
  }
  const profile = read.actor(actorId('profile', profileHash));
  if (profile?.state !== 'active') return because('profile-not-active', { profileHash });
  const { specification } = profile.context;
  return specification.modelId === modelId
    ? undefined
    : because('profile-of-other-model', { modelId });
};

type ServedMessage = Message<'leave'> | Message<'depart'>;

const placeOf = ({ served }: ProviderContext, { profileHash }: ServedMessage) =>
  served.find((place) => place.profileHash === profileHash);

const servesIt: On<'leave'> = (context, message) => {
  const place = placeOf(context, message);
  if (place === undefined) return because('not-served', { profileHash: message.profileHash });
  return place.leavesAt === 0n ? undefined : because('already-leaving', { at: place.leavesAt });
};

/** In a profile that is retired anybody may give notice, so that it can be removed one day. */
const mayGiveNotice: On<'leave'> = (context, message, call) =>
  call.read.actor(actorId('profile', message.profileHash))?.state === 'retired'
    ? undefined
    : fromOwner(context, message, call);

const noticeOver: On<'depart'> = (context, message, { height }) => {
  const place = placeOf(context, message);
  if (place === undefined) return because('not-served', { profileHash: message.profileHash });
  if (place.leavesAt === 0n) return because('not-leaving');
  return height >= place.leavesAt ? undefined : because('notice-not-over', { at: place.leavesAt });
};

/** The cap of PROTOCOL §5: `Σ value ≤ κ · free stake`. */
const withinExposure: On<'expose'> = (context, { valueNlux }, { height, parameters }) => {
  const live = liveExposure(context, epochOf(height, parameters));
  const wantedNlux = exposureSum(live) + valueNlux;
  const mostNlux = bpsFloor(context.freeNlux, parameters.exposureBps);
  return wantedNlux <= mostNlux ? undefined : because('exposure-cap', { wantedNlux, mostNlux });
};

const slashFalls: On<'slash'> = (context, message, { height, parameters }) => {
  const slash = { ...message, amountNlux: dueOf(context, message, height, parameters) };
  return fallsBelowMinimum((of) => activeStake(takeSlash(of, slash).context))(
    context,
    parameters.minimumStakeNlux,
  );
};

const unlockFalls: On<'unlock'> = (context, { amountNlux }, { parameters }) =>
  fallsBelowMinimum((of) => activeStake(releaseLock(of, amountNlux).context))(
    context,
    parameters.minimumStakeNlux,
  );

const penaltyFalls: On<'penalize'> = (context, message, { parameters }) =>
  fallsBelowMinimum((of) => activeStake(takePenalty(of, message).context))(
    context,
    parameters.minimumStakeNlux,
  );

const secondNoShow: On<'penalize'> = (context, { noShow }, { height, parameters }) =>
  noShow && isSecondNoShow(context, height, parameters) ? undefined : because('first-no-show');

export const guards = {
  mayEnrol: guard('enrolEnclaveKey', fromOwner, ...enrolmentChecks),
  mayForget: guard('dropEnclaveKey', fromOwner, isEnrolled, isNoEvidence),
  mayDrop: guard('dropEnclaveKey', fromOwner, isEnrolled, stillSigns),
  mayRotate: guard('rotateKey', fromOwner, ...rotationChecks),
  mayRegisterStaked: guard('register', provesKey, bringsMinimum),
  mayRegister: guard('register', provesKey),
  reachesMinimum: guard('stake', fromOwner, valuePositive, bringsMinimum),
  mayStake: guard('stake', fromOwner, valuePositive),
  mayUnstakeAll: guard('unstake', fromOwner, hasFree, hasRoomForLot, takesAll),
  mayUnstakeBelow: guard('unstake', fromOwner, hasFree, hasRoomForLot, leavesTooLittle),
  mayUnstake: guard('unstake', fromOwner, hasFree, hasRoomForLot),
  mayWithdrawLast: guard('withdraw', noOpenChallenge, takesLastLot),
  mayWithdraw: guard('withdraw', noOpenChallenge, hasMaturedLot),
  mayUnjailStaked: guard('unjail', fromOwner, sentenceServed, bringsMinimum),
  mayUnjail: guard('unjail', fromOwner, sentenceServed),
  maySetEndpoint: guard('setEndpoint', fromOwner),
  mayServe: guard('serve', fromOwner, canServe),
  mayLeave: guard('leave', mayGiveNotice, servesIt),
  mayDepart: guard('depart', noticeOver),
  withinExposure: guard('expose', withinExposure),
  slashFallsBelow: guard('slash', slashFalls),
  unlockFallsBelow: guard('unlock', unlockFalls),
  penaltyFallsBelow: guard('penalize', penaltyFalls),
  isSecondNoShow: guard('penalize', secondNoShow),
};
