import { requestId } from '../../codec/index.ts';
import { auditDeposit } from '../attestation/money.ts';
import { actorId, because, bpsFloor, guardsOf, keyOf, larger, type Check } from '../kit/index.ts';
import type { RequestMessage } from './messages.ts';
import type { RequestContext } from './record.ts';

type On<T extends RequestMessage['type']> = Check<
  RequestContext,
  Extract<RequestMessage, { type: T }>
>;

const guard = guardsOf<RequestContext, RequestMessage>();

/** A request is named by its requester and a number of theirs, so nobody takes another's name. */
const isOwnName: On<'open'> = (_, { nonce }, { self, from, networkId, chainId }) => {
  const expected = requestId({ networkId, chainId, requester: keyOf(from), nonce });
  return expected === keyOf(self) ? undefined : because('wrong-request-id', { expected });
};

const providerServes: On<'open'> = (_, { provider, profileHash }, { read }) => {
  const view = read.actor(actorId('provider', provider));
  if (view === undefined) return because('provider-unknown', { provider });
  if (view.state !== 'active') return because('provider-not-active', { state: view.state });
  const place = view.context.served.find((served) => served.profileHash === profileHash);
  return place?.leavesAt === 0n ? undefined : because('not-served', { profileHash });
};

const profileFits: On<'open'> = (_, { profileHash, modelId }, { read }) => {
  const view = read.actor(actorId('profile', profileHash));
  if (view === undefined) return because('profile-unknown', { profileHash });
  if (view.state !== 'active') return because('profile-not-active', { profileHash });
  return view.context.specification.modelId === modelId
    ? undefined
    : because('profile-of-other-model', { modelId });
};

/** A fee that would not even pay for its audits is refused (PROTOCOL §5). */
const feeCoversAudits: On<'open'> = (_, { profileHash }, { read, value, parameters }) => {
  const view = read.actor(actorId('profile', profileHash));
  const leastNlux = auditDeposit(parameters, view?.context.specification.rerunFeeNlux ?? 0n);
  return value >= leastNlux ? undefined : because('fee-too-low', { feeNlux: value, leastNlux });
};

/** More than the provider's whole free stake covers could never be attested (PROTOCOL §5). */
const isCovered: On<'open'> = (_, { provider, declaredValueNlux }, call) => {
  const free = call.read.actor(actorId('provider', provider))?.context.freeNlux ?? 0n;
  const wantedNlux = larger(call.value, declaredValueNlux);
  const mostNlux = bpsFloor(free, call.parameters.exposureBps);
  return wantedNlux <= mostNlux ? undefined : because('exposure-cap', { wantedNlux, mostNlux });
};

const expiryInRange: On<'open'> = (_, { expiresAt }, { height, parameters }) => {
  const earliest = height + parameters.requestExpiryMinimumBlocks;
  const latest = height + parameters.requestExpiryMaximumBlocks;
  return expiresAt >= earliest && expiresAt <= latest
    ? undefined
    : because('expiry-out-of-range', { earliest, latest });
};

const isExpired: On<'refund'> = ({ expiresAt }, _, { height }) =>
  height >= expiresAt ? undefined : because('not-expired', { expiresAt });

const isOpen: On<'fulfil'> = ({ expiresAt }, _, { height }) =>
  height < expiresAt ? undefined : because('request-expired', { expiresAt });

export const guards = {
  mayOpen: guard(
    'open',
    isOwnName,
    profileFits,
    providerServes,
    feeCoversAudits,
    isCovered,
    expiryInRange,
  ),
  mayRefund: guard('refund', isExpired),
  mayFulfil: guard('fulfil', isOpen),
};
