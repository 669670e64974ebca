import { actorId, u64Key, type ActorId } from '../../machines/kit/index.ts';
import { payers } from '../../machines/attestation/record.ts';
import { panelsOf } from '../../machines/challenge/ladder.ts';
import { setNodes } from '../../machines/profile/record.ts';
import { membersOf } from '../../machines/profile/set-read.ts';
import type { ChainView, Found } from '../view.ts';
import {
  type Fault,
  fieldOf,
  type StateInvariant,
  type StepInvariant,
  textOf,
  unless,
} from './invariant.ts';

type Challenge = Found<'challenge'>;

const each = (check: (challenge: Challenge, view: ChainView) => readonly Fault[]) => {
  return (view: ChainView): readonly Fault[] =>
    view.all('challenge').flatMap((challenge) => check(challenge, view));
};

/** Nobody sits twice, one seat per owner, and nobody with an interest in the verdict. */
const interest = ({ id, record: { context } }: Challenge, view: ChainView): readonly Fault[] => {
  const owners = context.seats.map(({ owner }) => owner);
  const excluded = new Set([...context.excluded, context.challenger]);
  const hasPaid = (address: string) =>
    context.defendants.some(
      ({ attestation }) =>
        view.entry(payers, actorId('attestation', attestation), address) !== undefined,
    );
  const parties = context.seats.filter(({ owner, provider }) =>
    [owner, provider].some((address) => excluded.has(address) || hasPaid(address)),
  );
  return [
    ...unless(
      new Set(owners).size === owners.length,
      () => 'two seats have one owner, or one member sits twice',
      id,
    ),
    ...unless(
      parties.length === 0,
      () => `${parties.map(({ provider }) => provider).join(', ')} may not sit: a party`,
      id,
      ...parties.map(({ provider }) => actorId('provider', provider)),
    ),
  ];
};

/** Nodes of the set are kept for as long as the challenge is open. */
const eligibility = ({ id, record }: Challenge, view: ChainView): readonly Fault[] => {
  const { state, context } = record;
  if (state === 'final' || context.seats.length === 0) return [];
  const profile = actorId('profile', context.profileHash) as ActorId;
  const members = membersOf(
    (node) => view.entry(setNodes, profile, u64Key(node)),
    context.eligible,
  );
  const known = new Set(members.map(({ owner, provider }) => owner + provider));
  const strangers = context.seats.filter(({ owner, provider }) => !known.has(owner + provider));
  return unless(
    strangers.length === 0,
    () => `${strangers.length} seats were not eligible at the epoch boundary before it opened`,
    id,
    ...strangers.map(({ provider }) => actorId('provider', provider)),
  );
};

/** A panel sits only while so many owners are eligible, and nobody is faulty without a panel. */
const quorums = ({ id, record: { context } }: Challenge): readonly Fault[] => {
  const { form, seats, defendants, eligible, terms } = context;
  if (form === 'equivocation') return [];
  const rounds = [...new Set(seats.map(({ round }) => round))];
  const panels = panelsOf(context);
  const small = rounds.filter(
    (round) => eligible.owners < terms.panelOwnersMultiple * (panels[round - 1] ?? 0),
  );
  const isJudged = defendants.every(({ verdict }) => verdict !== 'faulty' || seats.length > 0);
  return [
    ...unless(
      small.length === 0,
      () => `panel ${small.join(', ')} sat with ${eligible.owners} eligible owners`,
      id,
    ),
    ...unless(isJudged, () => 'a defendant is faulty, and no panel sat', id),
  ];
};

/** A penalty falls on who has a seat of the challenge that asks for it, and did not do its work. */
const penalties: StepInvariant['check'] = ({ after, events }) =>
  events
    .filter(({ name }) => name === 'penalized')
    .flatMap((event) => {
      const by = actorId('challenge', textOf(event, 'by').slice('challenge:'.length));
      const challenge = after.actor(by);
      const states = (challenge?.context.seats ?? [])
        .filter(({ provider }) => event.actor.endsWith(provider))
        .map(({ state }) => state);
      const isNoShow = textOf(event, 'noShow') === 'true';
      const isDue = isNoShow
        ? states.includes('silent')
        : states.includes('withheld') ||
          (states.includes('answered') && challenge?.state === 'final');
      return unless(
        isDue || fieldOf(event, 'amountNlux') === 0n,
        () => `it was penalized, and its seat is ${states.join(', ') || 'none'}`,
        event.actor,
        by,
      );
    });

export const seatInvariants: readonly StateInvariant[] = [
  {
    id: 'I22',
    says: 'No party of a challenge sits in it, nobody twice, and one seat per owner.',
    check: each(interest),
  },
  {
    id: 'I23',
    says: 'A seat was eligible at the last epoch boundary before the challenge opened.',
    check: each(eligibility),
  },
  {
    id: 'I29',
    says: 'A panel sits only with enough eligible owners, and no other slashes.',
    check: each(quorums),
  },
];

export const seatSteps: readonly StepInvariant[] = [
  {
    id: 'I46b',
    says: 'Penalties fall on seats that were silent or withheld, on others at finality only.',
    check: penalties,
  },
];
