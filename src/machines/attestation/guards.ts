import { setAtBoundary } from '../profile/set.ts';
import { actorId, because, guardsOf, keyOf, type AnyMessage } from '../kit/index.ts';
import type { Check, Reason } from '../kit/index.ts';
import type { Parameters } from '../parameters/record.ts';
import type { ProfileContext } from '../profile/record.ts';
import { activeStake } from '../provider/stake.ts';
import * as fees from './fee-guards.ts';
import { identityOf } from './identity.ts';
import { NO_REQUEST, type AttestationMessage } from './messages.ts';
import type { AttestationContext, Verdict } from './record.ts';
import { signatureFault, teeEvidence } from './tee.ts';

type On<T extends AttestationMessage['type']> = Check<
  AttestationContext,
  Extract<AttestationMessage, { type: T }>
>;
type OnAny = Check<AttestationContext, AnyMessage>;

const guard = guardsOf<AttestationContext, AttestationMessage>();

const modelExists: On<'attest'> = (_, { modelId }, { read }) =>
  read.actor(actorId('model', modelId)) === undefined
    ? because('model-unknown', { modelId })
    : undefined;

const profileFits: On<'attest'> = (_, { profileHash, modelId }, { read }) => {
  const view = read.actor(actorId('profile', profileHash));
  if (view === undefined) return because('profile-unknown', { profileHash });
  if (view.context.specification.modelId !== modelId) {
    return because('profile-of-other-model', { modelId });
  }
  return view.state === 'active' ? undefined : because('profile-not-active', { profileHash });
};

const providerServes: On<'attest'> = (_, { provider, profileHash }, { read, parameters }) => {
  const view = read.actor(actorId('provider', provider));
  if (view === undefined) return because('provider-unknown', { provider });
  if (view.state !== 'active') return because('provider-not-active', { state: view.state });
  const place = view.context.served.find((served) => served.profileHash === profileHash);
  if (place?.leavesAt !== 0n) return because('not-served', { profileHash });
  const stakeNlux = activeStake(view.context);
  return stakeNlux >= parameters.minimumStakeNlux
    ? undefined
    : because('stake-below-minimum', { stakeNlux, minimumNlux: parameters.minimumStakeNlux });
};

const timely: On<'attest'> = (_, { timestamp }, { time, parameters }) => {
  const earliest = time - parameters.timestampPastSeconds;
  const latest = time + parameters.timestampAheadSeconds;
  return timestamp >= earliest && timestamp <= latest
    ? undefined
    : because('timestamp-out-of-range', { timestamp, earliest, latest });
};

/** At its own slot there is one attestation per provider, claim and request (PROTOCOL §2). */
const atItsSlot: On<'attest'> = (_, message, call) => {
  const { slot } = identityOf(message, call);
  return slot === keyOf(call.self) ? undefined : because('wrong-slot', { expected: slot });
};

/** Can the last panel of a pair sit (PROTOCOL §6.1), with all who will have been drawn before? */
export const isEnforceable = (
  profile: ProfileContext,
  height: bigint,
  { epochBlocks, dispute }: Parameters,
): boolean => {
  const panels = dispute.pairPanels;
  const last = panels.at(-1) ?? 0;
  const drawnBefore = panels.reduce((sum, seats) => sum + seats, 0) - last;
  const owners = dispute.panelOwnersMultiple * last + 2 + drawnBefore;
  return setAtBoundary(profile, height, epochBlocks).owners >= owners;
};

const requestFits: On<'attest'> = (
  _,
  message,
  { read, height, parameters },
): Reason | undefined => {
  const { requestId, provider, profileHash, payloadHash } = message;
  if (requestId === NO_REQUEST) return undefined;
  const view = read.actor(actorId('request', requestId));
  if (view === undefined) return because('request-unknown', { requestId });
  const { context } = view;
  if (view.state !== 'open') return because('request-not-open', { state: view.state });
  if (height >= context.expiresAt) {
    return because('request-expired', { expiresAt: context.expiresAt });
  }
  const isSame =
    context.provider === provider &&
    context.profileHash === profileHash &&
    context.payloadHash === payloadHash;
  if (!isSame) return because('request-of-other', { requestId });
  const profile = read.actor(actorId('profile', profileHash));
  const isWeak = profile === undefined || !isEnforceable(profile.context, height, parameters);
  return context.enforceable && isWeak ? because('not-enforceable') : undefined;
};

const signedByProvider: On<'attest'> = (_, message, call) => signatureFault(message, call);

const teeHolds: On<'attest'> = (_, message, call) => {
  const evidence = teeEvidence(message, call);
  return evidence.ok ? undefined : evidence.reason;
};

const isInWindow: OnAny = ({ windowEnd }, _, { height }) =>
  height < windowEnd ? undefined : because('attestation-final', { finalSince: windowEnd });

const says =
  (...verdicts: readonly Verdict[]): On<'verdict'> =>
  (_, { verdict }) =>
    verdicts.includes(verdict) ? undefined : because('other-verdict', { verdict });

/** The order of the checks of `mayAttest` is PROTOCOL §4's; the exposure cap is the provider's. */
export const guards = {
  mayAttest: guard(
    'attest',
    modelExists,
    profileFits,
    providerServes,
    timely,
    atItsSlot,
    requestFits,
    signedByProvider,
    teeHolds,
  ),
  mayPayFinal: guard('pay', fees.isNotVoided, fees.isFinalByHeight, fees.paysSomething),
  mayPay: guard('pay', fees.isNotVoided, fees.paysEnough),
  mayPayAtOnce: guard('pay', fees.paysSomething),
  isFinal: guard('settle', fees.isNotVoided, fees.isFinalByHeight),
  hasEscrow: guard('settle', fees.hasEscrow),
  mayRefundVoided: guard('refund', fees.isVoided, fees.paidForIt),
  mayRefund: guard('refund', fees.paidForIt),
  isPending: guard('dispute', isInWindow),
  saysValid: guard('verdict', says('valid')),
  saysFaulty: guard('verdict', says('faulty', 'unsubstantiated')),
  saysVoid: guard('verdict', says('void')),
};
