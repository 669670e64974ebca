import { attestationIdOf, attestationSlot, bindingDigest } from '../../../codec/index.ts';
import { inputHash, taskKey } from '../../../codec/index.ts';
import { actorId, because, burn, emit, keyOf, payAccount, send } from '../../kit/index.ts';
import type { Apply, Call, Check } from '../../kit/index.ts';
import { smaller } from '../../kit/integer.ts';
import { enclaveKeys } from '../../provider/enclave-keys.ts';
import { isKeyForEvidence } from '../../provider/keys.ts';
import { takeWhole } from '../../provider/stake.ts';
import type { ChallengeMessage } from '../messages.ts';
import { equivocationReward } from '../money.ts';
import type { ChallengeContext } from '../record.ts';
import { defendantOf, findAttestations } from './begin.ts';
import { whyNotNamed, whyWrongName } from './checks.ts';

type Equivocation = Extract<ChallengeMessage, { type: 'equivocation' }>;
type Tombstoned = Extract<ChallengeMessage, { type: 'tombstoned' }>;
type On = Check<ChallengeContext, Equivocation>;

const onChain = ({ attestation }: Equivocation, call: Call) =>
  findAttestations([attestation], call)[0];

/**
 * The second answer, on the claim of the first: its id, which is what the provider signed, and the
 * slot in which it would be on chain.
 */
const secondOf = (message: Equivocation, call: Call) => {
  const { networkId, chainId } = call;
  const { profileHash, modelId, provider, requestId, teeReportHash } = message;
  const payloadHash = onChain(message, call)?.context.payloadHash ?? '';
  const input = inputHash({ profileHash, payloadHash });
  const digest = bindingDigest({ ...message, networkId, chainId, inputHash: input });
  const task = taskKey({ networkId, chainId, modelId, inputHash: input });
  return {
    id: attestationIdOf({ bindingDigest: digest, teeReportHash }),
    slot: attestationSlot({ provider, taskKey: task, requestId }),
  };
};

/**
 * Unbonding from this height on is liable: that of the earlier answer where both are on chain, or
 * who reports itself would choose the later one, and keep what it had unbonded in between.
 */
const liableFrom = (message: Equivocation, call: Call): bigint => {
  const first = onChain(message, call)?.context.height ?? call.height;
  const second = findAttestations([message.other], call)[0]?.context;
  return second?.attestationId === secondOf(message, call).id
    ? smaller(first, second.height)
    : first;
};

const provesByItself: On = (_, { profileHash }, { read }) => {
  const comparator = read.actor(actorId('profile', profileHash))?.context.specification.comparator;
  return comparator?.type === 'exact'
    ? undefined
    : because('equivocation-needs-exact', { comparator: comparator?.type ?? 'unknown' });
};

const isOneClaim: On = (_, message, call) => {
  const found = onChain(message, call);
  if (found === undefined) return because('attestation-unknown');
  const misnamed = whyNotNamed(found, message, [message.provider]);
  if (misnamed !== undefined) return misnamed;
  return found.context.outputHash === message.outputHash ? because('same-output') : undefined;
};

/** One of the two is on chain and within the evidence age, and so is the other's time (I14). */
const isRecent: On = (_, message, call) => {
  const { height, time, parameters } = call;
  const { evidenceAgeBlocks, dispute, timestampAheadSeconds } = parameters;
  const attestedAt = onChain(message, call)?.context.height ?? 0n;
  if (attestedAt + evidenceAgeBlocks <= height) return because('evidence-too-old', { attestedAt });
  const earliest = time - evidenceAgeBlocks * dispute.blockTimeSeconds;
  const latest = time + timestampAheadSeconds;
  return message.timestamp >= earliest && message.timestamp <= latest
    ? undefined
    : because('timestamp-out-of-range', { timestamp: message.timestamp, earliest, latest });
};

const isSigned: On = (_, message, call) => {
  const { verifier, read, height, parameters } = call;
  const signer = verifier.recoverAddress(secondOf(message, call).id, message.signature);
  if (signer === undefined) return because('signature-invalid');
  const id = actorId('provider', message.provider);
  const provider = read.actor(id)?.context;
  const isOwn =
    provider !== undefined &&
    (isKeyForEvidence(provider, signer, height, parameters) ||
      read.entry(enclaveKeys, id, signer)?.profileHash === message.profileHash);
  return isOwn ? undefined : because('signature-of-other', { signer });
};

/** A further proof counts if it reaches unbonding that the first has spared: an earlier answer. */
const isNotPunished: On = (_, message, call) => {
  const { provider } = message;
  const view = call.read.actor(actorId('provider', provider));
  if (view?.state !== 'tombstoned') return undefined;
  return takeWhole(view.context, liableFrom(message, call)).takenNlux > 0n
    ? undefined
    : because('provider-tombstoned', { provider: `provider:${provider}` });
};

const namesItsSlot: On = (_, message, call) => {
  const { slot } = secondOf(message, call);
  return message.other === slot ? undefined : because('wrong-answer-slot', { slot });
};

const hasItsName: On = (_, message, call) =>
  whyWrongName(
    onChain(message, call)?.context.attestationId ?? '',
    secondOf(message, call).id,
    call,
  );

export const equivocationChecks: readonly On[] = [
  provesByItself,
  isOneClaim,
  isRecent,
  namesItsSlot,
  isNotPunished,
  isSigned,
  hasItsName,
];

/** Two signatures of one provider on one claim: proof by itself (PROTOCOL §6, equivocation). */
export const openEquivocation: Apply<ChallengeContext, Equivocation> = (initial, message, call) => {
  const found = onChain(message, call);
  const defendants = found === undefined ? [] : [defendantOf(found, true, call)];
  const context: ChallengeContext = {
    ...initial,
    form: 'equivocation',
    challenger: keyOf(call.from),
    modelId: message.modelId,
    profileHash: message.profileHash,
    payloadHash: found?.context.payloadHash ?? initial.payloadHash,
    terms: call.parameters.dispute,
    openedAt: call.height,
    openedTime: call.time,
    announcedAt: call.height,
    defendants: defendants.map((each) => ({ ...each, finding: 'faulty', verdict: 'faulty' })),
    awaiting: 1,
    ending: 'equivocation',
  };
  const height = liableFrom(message, call);
  return {
    context,
    effects: [
      send(actorId('provider', message.provider), { type: 'tombstone', height }),
      emit('equivocationProven', {
        provider: actorId('provider', message.provider),
        attestation: actorId('attestation', message.attestation),
        otherOutputHash: message.outputHash,
        reporter: call.from,
      }),
    ],
  };
};

/** The whole stake has come in: the reporter's share, and the rest out of use. */
export const tombstoned: Apply<ChallengeContext, Tombstoned> = (context, _, { value }) => {
  const rewardNlux = equivocationReward(context.terms, value);
  const burnedNlux = value - rewardNlux;
  const settlement = {
    burnedNlux,
    rerunsNlux: 0n,
    rewardNlux,
    bondBackNlux: 0n,
    upheldNlux: 0n,
    appealsBackNlux: 0n,
  };
  return {
    context: { ...context, awaiting: 0, slashedNlux: value, settlement },
    effects: [
      ...burn(burnedNlux),
      ...payAccount(context.challenger, 'reward', rewardNlux),
      emit('challengeSettled', { slashedNlux: value, ...settlement }),
    ],
  };
};
