import type { RecordOf } from '../../actors/index.ts';
import { challengeId, ZERO_HASH } from '../../codec/index.ts';
import { actorId, keyOf, type ActorId } from '../../machines/kit/index.ts';
import { openedChunks } from '../../machines/challenge/record.ts';
import { panelsOf } from '../../machines/challenge/ladder.ts';
import { longestChallengeBlocks } from '../../machines/parameters/schedule.ts';
import type { ChainView, Found } from '../view.ts';
import { type Fault, type StateInvariant, type StepInvariant, unless } from './invariant.ts';

type Challenge = Found<'challenge'>;
type Id = ActorId<'challenge'>;

const each = (check: (challenge: Challenge, view: ChainView) => readonly Fault[]) => {
  return (view: ChainView): readonly Fault[] =>
    view.all('challenge').flatMap((challenge) => check(challenge, view));
};

/** A timer is late only where a block had more than it may deliver. */
const timeouts = ({ id, record }: Challenge, view: ChainView): readonly Fault[] => {
  const { state, wakeAt, context } = record;
  if (state === 'final') {
    return unless(wakeAt === undefined, () => `it is final and wakes at ${wakeAt}`, id);
  }
  const isDue = !view.begin.carriedOver && context.deadline <= view.height;
  return unless(
    wakeAt === context.deadline && !isDue,
    () =>
      `${state} ends at ${context.deadline}, it wakes at ${wakeAt}, the height is ${view.height}`,
    id,
  );
};

const ends = ({ id, record }: Challenge, view: ChainView): readonly Fault[] => {
  const { openedAt, terms } = record.context;
  const end = openedAt + longestChallengeBlocks(terms);
  return unless(
    record.state === 'final' || view.height < end || view.begin.carriedOver,
    () => `opened at ${openedAt}, it is ${record.state} at ${view.height}, and D ended at ${end}`,
    id,
  );
};

/** The seat of a panel is drawn once and replaced in its commit windows, at most twice. */
const replacements = ({ id, record: { context } }: Challenge): readonly Fault[] => {
  const places = Map.groupBy(context.seats, ({ round, seat }) => `${round}/${seat}`);
  return [...places].flatMap(([place, drawn]) =>
    unless(
      drawn.length <= context.terms.commitWindows,
      () => `seat ${place} was drawn ${drawn.length} times`,
      id,
    ),
  );
};

/** Nothing of an answer is in state before the last commit window of its round has ended. */
const secrecy = ({ id, record }: Challenge, view: ChainView): readonly Fault[] => {
  const { state, context } = record;
  if (state === 'reveal') return [];
  const shown = view.entries(openedChunks, id as ActorId).length;
  const early =
    state === 'commit' ? context.seats.filter(({ round }) => round === context.round) : [];
  return [
    ...unless(shown === 0, () => `${state} keeps ${shown} opened chunks`, id),
    ...unless(
      early.every(({ outputHash, state: of }) => outputHash === ZERO_HASH && of !== 'revealed'),
      () => 'a seat has revealed in a commit window',
      id,
    ),
  ];
};

const appeals = ({ id, record: { context } }: Challenge): readonly Fault[] => {
  const panels = panelsOf(context);
  const rounds = context.appeals.map(({ round }) => round);
  const areOrdered = rounds.every((round, index) => round > (rounds[index - 1] ?? 0));
  const deposits = context.appeals.every(({ round, depositNlux }) => {
    const seats = context.terms.appealPanels * (panels[round] ?? 0);
    return depositNlux > 0n && depositNlux === BigInt(seats) * context.rerunFeeNlux;
  });
  return [
    ...unless(areOrdered, () => `appeals of the rounds ${rounds.join(', ')}`, id),
    ...unless(deposits, () => 'an appeal has another deposit than twice the next panel', id),
    ...unless(
      context.form === 'equivocation' || context.round <= panels.length,
      () => `round ${context.round} of a ladder of ${panels.length}`,
      id,
    ),
  ];
};

const recordsOf = ({ record }: Challenge, view: ChainView): readonly RecordOf<'attestation'>[] =>
  record.context.defendants.flatMap(
    ({ attestation }) => view.actor(actorId('attestation', attestation)) ?? [],
  );

/** The name follows from the attestations in any order; the other answer is not in state. */
const names = (challenge: Challenge, view: ChainView): readonly Fault[] => {
  const { id, record } = challenge;
  const { form, openedAt } = record.context;
  const attestations = recordsOf(challenge, view);
  const [first = ZERO_HASH, second] = attestations.map(({ context }) => context.attestationId);
  const { networkId, chainId } = view;
  const isNamed =
    form === 'equivocation' || challengeId({ networkId, chainId, first, second }) === keyOf(id);
  const late = attestations.filter(({ context }) => openedAt >= context.windowEnd);
  return [
    ...unless(isNamed, () => 'it lives at another address than that of its attestations', id),
    ...unless(
      form === 'equivocation' || late.length === 0,
      () => `it was opened at ${openedAt}, after the window of an attestation`,
      id,
    ),
  ];
};

/** An equivocation is proof by itself: it leaves the attestation to the challenge it stands in. */
const standing = (view: ChainView): readonly Fault[] => {
  const seen = new Map<string, Id>();
  const disputes = view
    .all('challenge')
    .filter(({ record }) => record.context.form !== 'equivocation');
  return disputes.flatMap(({ id, record: { context } }) =>
    context.defendants.flatMap(({ attestation }) => {
      const other = seen.get(attestation);
      seen.set(attestation, id);
      const slot = actorId('attestation', attestation);
      const named = view.actor(slot)?.context.challengeId;
      return unless(
        named === keyOf(id) && other === undefined,
        () => `it names ${named}, and stands in ${[id, other].join(' and ')}`,
        id,
        slot,
      );
    }),
  );
};

/** Rules and sets of a challenge are those of its opening (PROTOCOL §6; I15, I24, I25). */
const FIXED = [
  'form',
  'modelId',
  'profileHash',
  'payloadHash',
  'comparator',
  'rerunFeeNlux',
  'terms',
  'minimumStakeNlux',
  'openedAt',
  'eligible',
  'excluded',
] as const;

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));

const fixed: StepInvariant['check'] = ({ before, after }) =>
  before.all('challenge').flatMap(({ id, record: { context: earlier } }) => {
    const later = after.actor(id)?.context;
    if (later === undefined) return [{ sentence: 'it is gone', actors: [id] }];
    const changed = FIXED.filter(
      (name) => later[name] !== earlier[name] && textOf(later[name]) !== textOf(earlier[name]),
    );
    return unless(changed.length === 0, () => `${changed.join(', ')} changed after opening`, id);
  });

/**
 * The seed of a panel is fixed at opening, and gives way to a later round only before the panel
 * is drawn: once while it is awaited, and, where blocks came so slowly that it is known by then,
 * as the panel is asked for.
 */
const seeds: StepInvariant['check'] = ({ before, after }) =>
  before.all('challenge').flatMap(({ id, record: { state, context: earlier } }) => {
    const now = after.actor(id);
    const later = now?.context ?? earlier;
    const isAskedFor = now?.state === 'appealed' || later.round > earlier.round;
    const next = state !== 'appealed' && isAskedFor ? earlier.round + 1 : 0;
    const awaited = earlier.seedMoved ? 0 : earlier.round;
    const drawn = new Set(earlier.seats.map(({ round }) => round));
    const wrong = later.seedRounds.flatMap((seed, index) => {
      const was = earlier.seedRounds[index] ?? 0n;
      const round = index + 1;
      const mayMove = seed > was && !drawn.has(round) && (round === next || round === awaited);
      return seed === was || mayMove ? [] : [round];
    });
    return unless(wrong.length === 0, () => `the seed of panel ${wrong.join(', ')} moved`, id);
  });

const ONCE = ['commitment', 'outputHash', 'evidenceRoot'] as const;

/** A commitment and what is revealed are written once; seats are only added. */
const answers: StepInvariant['check'] = ({ before, after }) =>
  before.all('challenge').flatMap(({ id, record: { context: earlier } }) => {
    const seats = after.actor(id)?.context.seats ?? [];
    const changed = earlier.seats.filter((seat, index) => {
      const now = seats[index];
      const isSame = now?.provider === seat.provider && now.seat === seat.seat;
      const isKept = (name: (typeof ONCE)[number]) =>
        seat[name] === ZERO_HASH || seat[name] === now?.[name];
      return !isSame || !ONCE.every(isKept);
    });
    return unless(changed.length === 0, () => `${changed.length} seats changed their answer`, id);
  });

export const challengeInvariants: readonly StateInvariant[] = [
  { id: 'I32', says: 'No output or chunk is in state in a commit window.', check: each(secrecy) },
  { id: 'I34', says: 'Every challenge is final within D of its opening.', check: each(ends) },
  { id: 'I35', says: 'A challenge that is not final has one timeout.', check: each(timeouts) },
  { id: 'I36', says: 'A seat is replaced at most twice.', check: each(replacements) },
  { id: 'I41', says: 'An attestation stands in at most one challenge.', check: standing },
  {
    id: 'I42',
    says: 'A challenge lives at the id of its attestations, opened within their windows.',
    check: each(names),
  },
  {
    id: 'I45',
    says: 'Appeals come once a round with the exact deposit, and panels follow the ladder.',
    check: each(appeals),
  },
];

export const challengeSteps: readonly StepInvariant[] = [
  { id: 'I25', says: 'What a draw and a verdict depend on is fixed at opening.', check: fixed },
  {
    id: 'I24',
    says: 'The round that seeds a panel moves forward, and never once the panel is drawn.',
    check: seeds,
  },
  { id: 'I33', says: 'Commitments and answers are written once.', check: answers },
];
