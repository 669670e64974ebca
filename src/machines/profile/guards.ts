import { encode, profileHash, toHex } from '../../codec/index.ts';
import { whyUnsound } from '../comparators/soundness.ts';
import { actorId, because, guardsOf, keyOf, u64Key } from '../kit/index.ts';
import type { AnyMessage, Check } from '../kit/index.ts';
import { retentionBlocks } from '../parameters/schedule.ts';
import { checkPolicy, requireStricter } from '../../tee/policy/check.ts';
import type { TeePolicy } from '../../tee/policy/types.ts';
import { libraryMeasurement, measurement } from '../tee/measurement.ts';
import type { ProfileMeasurement } from '../tee/measurement.ts';
import { libraryPolicy, profilePolicyWithin } from '../tee/policy.ts';
import { NODES_SWEPT } from './limits.ts';
import type { ProfileMessage } from './messages.ts';
import { MAX_MEASUREMENTS, profileSpecification, retiredNodes } from './record.ts';
import type { ProfileContext } from './record.ts';

type On<T extends ProfileMessage['type']> = Check<
  ProfileContext,
  Extract<ProfileMessage, { type: T }>
>;
type OnAny = Check<ProfileContext, AnyMessage>;

const guard = guardsOf<ProfileContext, ProfileMessage>();

/** `profileHash = H("aivm/profile/1", canonical bytes)` (PROTOCOL §2). */
const isNamedByContent: On<'register'> = (_, { specification }, { self }) => {
  const expected = profileHash(encode(profileSpecification, specification));
  return keyOf(self) === expected
    ? undefined
    : because('wrong-profile-hash', { expected: `profile:${expected}` });
};

/** A deprecated model takes profiles too: its owner has no say in them (PROTOCOL §2). */
const fitsModel: On<'register'> = (_, { specification }, { read }) => {
  const { modelId, tee } = specification;
  const model = read.actor(actorId('model', modelId));
  if (model === undefined || model.state === 'absent') return because('model-unknown', { modelId });
  return model.context.teeRequired && tee.type === 'none'
    ? because('profile-needs-tee', { modelId })
    : undefined;
};

const feeInRange: On<'register'> = (_, { specification }, { parameters }) => {
  const most = parameters.rerunFeeMaximumNlux;
  const fee = specification.rerunFeeNlux;
  return fee > 0n && fee <= most ? undefined : because('rerun-fee-range', { mostNlux: most });
};

/** A rule that would slash the honest, or nobody, is no rule (PROTOCOL §6.2, §7). */
const comparatorSound: On<'register'> = (_, { specification }, { parameters }) =>
  whyUnsound(specification.comparator, specification.precision, parameters.dispute.drawnChunks);

const textOf = (of: ProfileMeasurement): string => toHex(encode(measurement, of));

const measurementsDiffer: On<'register'> = (_, { specification: { tee } }) => {
  if (tee.type === 'none') return undefined;
  const distinct = new Set(tee.measurements.map(textOf));
  return distinct.size === tee.measurements.length ? undefined : because('duplicate-measurement');
};

/** Well-formed, by the rules of the TEE library: nothing that would accept every enclave. */
const soundTerms = (policy: TeePolicy, measurements: readonly ProfileMeasurement[]) => {
  const checked = checkPolicy({ ...policy, measurements: measurements.map(libraryMeasurement) });
  return checked.ok ? undefined : because('tee-terms-malformed', checked.failure.details);
};

/** PROTOCOL §8: the policy of a profile may only be stricter than the chain's. */
const isStricter: On<'register'> = (_, { specification: { tee } }, { parameters }) => {
  if (tee.type === 'none') return undefined;
  const { policy, enclaveKeySeconds } = parameters.tee;
  if (tee.enclaveKeySeconds > enclaveKeySeconds) {
    return because('tee-policy-laxer', { field: 'enclaveKeySeconds', most: enclaveKeySeconds });
  }
  const chain = libraryPolicy(policy);
  if (tee.policy === undefined) return soundTerms(chain, tee.measurements);
  const own = profilePolicyWithin(tee.policy, policy);
  const stricter = requireStricter(own, chain);
  if (!stricter.ok) return because('tee-policy-laxer', stricter.failure.details);
  return soundTerms(own, tee.measurements);
};

const bringsDeposit: On<'register'> = (_, __, { value, parameters }) =>
  value === parameters.profileDepositNlux
    ? undefined
    : because('wrong-deposit', { expectedNlux: parameters.profileDepositNlux, valueNlux: value });

const fromCreator: OnAny = ({ creator }, _, { from }) =>
  keyOf(from) === creator ? undefined : because('not-creator', { creator: `account:${creator}` });

const takesMeasurement: On<'appendMeasurement'> = (
  context,
  { measurement: added },
  { parameters },
) => {
  const { specification, measurements } = context;
  if (specification.tee.type === 'none') return because('profile-without-tee');
  const text = textOf(added);
  if (measurements.some((known) => textOf(known) === text)) return because('duplicate-measurement');
  return measurements.length < MAX_MEASUREMENTS
    ? soundTerms(libraryPolicy(parameters.tee.policy), [added])
    : because('too-many-measurements', { most: MAX_MEASUREMENTS });
};

const withoutMembers: OnAny = ({ members }) =>
  members === 0 ? undefined : because('profile-has-members', { members });

/**
 * No challenge can ask for the profile any more: what was attested before it retired is judged, and
 * so is whatever could draw from the last version of its set.
 */
const outOfUse: OnAny = (context, _, { self, height, parameters, read }) => {
  const { retiredAt, retiredHead, retiredTail } = context;
  const last =
    retiredTail === retiredHead
      ? undefined
      : read.entry(retiredNodes, self, u64Key(retiredTail - 1n));
  const changedAt = last === undefined || last.height < retiredAt ? retiredAt : last.height;
  const at = changedAt + retentionBlocks(parameters);
  return height >= at ? undefined : because('profile-in-use', { at });
};

const nearlySwept: OnAny = ({ retiredHead, retiredTail }) =>
  retiredTail - retiredHead <= NODES_SWEPT
    ? undefined
    : because('profile-not-swept', { nodes: retiredTail - retiredHead });

export const guards = {
  mayRegister: guard(
    'register',
    isNamedByContent,
    fitsModel,
    feeInRange,
    comparatorSound,
    measurementsDiffer,
    isStricter,
    bringsDeposit,
  ),
  mayAppend: guard('appendMeasurement', fromCreator, takesMeasurement),
  mayRetire: guard('retire', fromCreator),
  mayRemove: guard('remove', withoutMembers, outOfUse, nearlySwept),
  maySweep: guard('remove', withoutMembers, outOfUse),
};
