import { actorId, bpsCeil, emit, keyOf, send, wakeAt } from '../../kit/index.ts';
import type { Applied, Call, View } from '../../kit/index.ts';
import { setAtBoundary } from '../../profile/set.ts';
import { withNamed } from '../chunks.ts';
import { panelsOf } from '../ladder.ts';
import { seedRoundOf, seedRoundsOf } from '../schedule.ts';
import type { ChallengeContext, ChallengeForm, Defendant } from '../record.ts';
import { hasKnownShape } from '../../comparators/index.ts';

const NOBODY = '0'.repeat(40);

/** An attestation with the address it lives at. */
export type Found = { readonly slot: string } & View<'attestation'>;

/** The attestations of these slots that exist, the one with the lower id first. */
export const findAttestations = (slots: readonly string[], { read }: Call): readonly Found[] =>
  slots
    .flatMap((slot) => {
      const view = read.actor(actorId('attestation', slot));
      return view === undefined ? [] : [{ slot, ...view }];
    })
    .toSorted((a, b) => (a.context.attestationId < b.context.attestationId ? -1 : 1));

export const defendantOf = (
  { slot, context }: Found,
  substantiated: boolean,
  { read }: Call,
): Defendant => ({
  attestation: slot,
  provider: context.provider,
  owner: read.actor(actorId('provider', context.provider))?.context.owner ?? NOBODY,
  outputHash: context.outputHash,
  evidenceRoot: context.evidenceRoot,
  height: context.height,
  baseNlux: context.baseNlux,
  lockNlux: 0n,
  substantiated,
  leaves: 0,
  opened: 0n,
  finding: 'none',
  verdict: 'none',
  leastNlux: 0n,
});

/** What an opening is about, once its guard has accepted it. */
export interface Opening {
  readonly form: ChallengeForm;
  readonly attestations: readonly Found[];
  readonly modelId: string;
  readonly profileHash: string;
  readonly named: readonly number[];
}

/** Everyone with an interest in the verdict but the challenger, by address (PROTOCOL §6.1). */
const excludedFrom = (opening: Opening, defendants: readonly Defendant[], { read }: Call) => {
  const addresses = [
    ...defendants.flatMap(({ owner, provider }) => [owner, provider]),
    ...opening.attestations.map(({ context }) => context.requester),
    read.actor(actorId('profile', opening.profileHash))?.context.creator ?? NOBODY,
    read.actor(actorId('model', opening.modelId))?.context.owner ?? NOBODY,
  ];
  return [...new Set(addresses)].filter((address) => address !== NOBODY);
};

const terms = (opening: Opening, call: Call) => {
  const { dispute } = call.parameters;
  const panels = panelsOf({ form: opening.form, terms: dispute });
  return { terms: dispute, seedRounds: seedRoundsOf(dispute, panels, call) };
};

/** The context of a challenge that begins: every rule it will be judged by is fixed here. */
const contextOf = (initial: ChallengeContext, opening: Opening, call: Call): ChallengeContext => {
  const { height, time, parameters, read } = call;
  const { form, modelId, profileHash, named } = opening;
  const profile = read.actor(actorId('profile', profileHash))?.context;
  const comparator = profile?.specification.comparator ?? initial.comparator;
  const isShown = !hasKnownShape(comparator);
  const defendants = opening.attestations.map((each) => defendantOf(each, isShown, call));
  return {
    ...initial,
    ...terms(opening, call),
    form,
    challenger: form === 'protocolAudit' ? NOBODY : keyOf(call.from),
    modelId,
    profileHash,
    named: withNamed([], named),
    payloadHash: opening.attestations[0]?.context.payloadHash ?? initial.payloadHash,
    comparator,
    rerunFeeNlux: profile?.specification.rerunFeeNlux ?? 0n,
    bondNlux: call.value,
    minimumStakeNlux: parameters.minimumStakeNlux,
    openedAt: height,
    openedTime: time,
    announcedAt: height,
    lapsesAt: height + parameters.evidenceAgeBlocks,
    payloadBytes: parameters.payloadBytes,
    chunkBytes: parameters.chunkBytes,
    eligible:
      profile === undefined
        ? initial.eligible
        : setAtBoundary(profile, height, parameters.epochBlocks),
    excluded: excludedFrom(opening, defendants, call),
    defendants,
    round: 1,
    deadline: height + parameters.dispute.publishBlocks,
  };
};

/** Disputes the attestations, locks the defendants' stake, and sets the first timer. */
export const begin = (
  initial: ChallengeContext,
  opening: Opening,
  call: Call,
): Applied<ChallengeContext> => {
  const context = contextOf(initial, opening, call);
  const { defendants, deadline } = context;
  const disputes = defendants.map(({ attestation }) =>
    send(actorId('attestation', attestation), { type: 'dispute', challengeId: keyOf(call.self) }),
  );
  const locks = defendants.map(({ provider, baseNlux }, defendant) =>
    send(actorId('provider', provider), {
      type: 'lock',
      defendant,
      amountNlux: bpsCeil(baseNlux, context.terms.lockBps),
    }),
  );
  const event = emit('challengeOpened', {
    form: context.form,
    challenger: call.from,
    defendants: defendants.map(({ attestation }) => `attestation:${attestation}`).join(', '),
    bondNlux: context.bondNlux,
    seedRound: seedRoundOf(context),
    publishUntil: deadline,
  });
  return { context, effects: [...disputes, ...locks, wakeAt(deadline), event] };
};
