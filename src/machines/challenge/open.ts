import { challengeId } from '../../codec/index.ts';
import { actorId, because, bpsCeil, emit, keyOf, send, wakeAt } from '../kit/index.ts';
import type { Apply, Call, Check } from '../kit/index.ts';
import { setAtBoundary } from '../profile/set.ts';
import type { ChallengeMessage } from './messages.ts';
import { bondOf } from './money.ts';
import type { ChallengeContext, Defendant } from './record.ts';
import { seedRoundOf } from './schedule.ts';

type Open = Extract<ChallengeMessage, { type: 'open' }>;
type OnOpen = Check<ChallengeContext, Open>;

const NOBODY = '0'.repeat(40);

/** Both attestations, the one with the lower id first: who is named first changes nothing. */
const pairOf = ({ first, second }: Open, { read }: Call) =>
  [first, second]
    .flatMap((slot) => {
      const view = read.actor(actorId('attestation', slot));
      return view === undefined ? [] : [{ slot, ...view }];
    })
    .toSorted((a, b) => (a.context.attestationId < b.context.attestationId ? -1 : 1));

const bothArePending: OnOpen = (_, message, call) => {
  if (message.first === message.second) return because('same-attestation');
  const pair = pairOf(message, call);
  if (pair.length < 2) return because('attestation-unknown');
  for (const { slot, state, context } of pair) {
    if (state !== 'pending') return because('attestation-not-pending', { slot, state });
    if (call.height >= context.windowEnd) return because('attestation-final', { slot });
  }
  return undefined;
};

const isOneClaim: OnOpen = (_, message, call) => {
  const [a, b] = pairOf(message, call).map(({ context }) => context);
  if (a === undefined || b === undefined) return because('attestation-unknown');
  const isNamed =
    [a, b].every(
      (each) =>
        each.modelId === message.modelId &&
        each.profileHash === message.profileHash &&
        [message.firstProvider, message.secondProvider].includes(each.provider),
    ) && a.payloadHash === b.payloadHash;
  if (!isNamed) return because('not-one-claim');
  if (a.provider === b.provider) return because('same-provider');
  return a.outputHash === b.outputHash ? because('same-output') : undefined;
};

const hasItsName: OnOpen = (_, message, call) => {
  const [first = '', second = ''] = pairOf(message, call).map(
    ({ context }) => context.attestationId,
  );
  const { networkId, chainId, self } = call;
  const expected = challengeId({ networkId, chainId, first, second });
  return expected === keyOf(self) ? undefined : because('wrong-challenge-id', { expected });
};

const rerunFeeOf = ({ profileHash }: Open, { read }: Call): bigint =>
  read.actor(actorId('profile', profileHash))?.context.specification.rerunFeeNlux ?? 0n;

const bondIsExact: OnOpen = (_, message, call) => {
  const bondNlux = bondOf(call.parameters.dispute, rerunFeeOf(message, call));
  return call.value === bondNlux ? undefined : because('bond-mismatch', { bondNlux });
};

export const openChecks: readonly OnOpen[] = [bothArePending, isOneClaim, hasItsName, bondIsExact];

const defendantsOf = (message: Open, call: Call): readonly Defendant[] =>
  pairOf(message, call).map(({ slot, context }) => ({
    attestation: slot,
    provider: context.provider,
    owner: call.read.actor(actorId('provider', context.provider))?.context.owner ?? NOBODY,
    outputHash: context.outputHash,
    evidenceRoot: context.evidenceRoot,
    height: context.height,
    baseNlux: context.baseNlux,
    lockNlux: 0n,
    leaves: 0,
    opened: 0,
    verdict: 'none',
    leastNlux: 0n,
  }));

/** Everyone with an interest in the verdict, by address (PROTOCOL §6.1). */
const excludedFrom = (message: Open, call: Call, defendants: readonly Defendant[]) => {
  const { read, from } = call;
  const addresses = [
    ...defendants.flatMap(({ owner, provider }) => [owner, provider]),
    ...pairOf(message, call).map(({ context }) => context.requester),
    keyOf(from),
    read.actor(actorId('profile', message.profileHash))?.context.creator ?? NOBODY,
    read.actor(actorId('model', message.modelId))?.context.owner ?? NOBODY,
  ];
  return [...new Set(addresses)].filter((address) => address !== NOBODY);
};

/** Takes the bond, locks the defendants' stake, and fixes the beacon round (PROTOCOL §6, 1). */
export const open: Apply<ChallengeContext, Open> = (initial, message, call) => {
  const { height, time, parameters, read } = call;
  const terms = parameters.dispute;
  const profile = read.actor(actorId('profile', message.profileHash))?.context;
  const defendants = defendantsOf(message, call);
  const deadline = height + terms.publishBlocks;
  const context: ChallengeContext = {
    ...initial,
    challenger: keyOf(call.from),
    modelId: message.modelId,
    profileHash: message.profileHash,
    payloadHash: pairOf(message, call)[0]?.context.payloadHash ?? initial.payloadHash,
    rerunFeeNlux: rerunFeeOf(message, call),
    bondNlux: call.value,
    terms,
    minimumStakeNlux: parameters.minimumStakeNlux,
    openedAt: height,
    openedTime: time,
    lapsesAt: height + parameters.evidenceAgeBlocks,
    payloadBytes: parameters.payloadBytes,
    chunkBytes: parameters.chunkBytes,
    eligible:
      profile === undefined
        ? initial.eligible
        : setAtBoundary(profile, height, parameters.epochBlocks),
    excluded: excludedFrom(message, call, defendants),
    defendants,
    round: 1,
    deadline,
    seedRound: seedRoundOf(terms, 1, call),
  };
  const locks = defendants.map(({ provider, baseNlux }, defendant) =>
    send(actorId('provider', provider), {
      type: 'lock',
      defendant,
      amountNlux: bpsCeil(baseNlux, terms.lockBps),
    }),
  );
  const disputes = defendants.map(({ attestation }) =>
    send(actorId('attestation', attestation), { type: 'dispute', challengeId: keyOf(call.self) }),
  );
  const event = emit('challengeOpened', {
    challenger: call.from,
    defendants: defendants.map(({ attestation }) => `attestation:${attestation}`).join(', '),
    bondNlux: call.value,
    seedRound: context.seedRound,
    publishUntil: deadline,
  });
  return { context, effects: [...disputes, ...locks, wakeAt(deadline), event] };
};
