import { actorId, emit, send, type Apply } from '../kit/index.ts';
import { penalizeSilent } from './conclude.ts';
import { seatIn } from './guards.ts';
import { undecided } from './judgement.ts';
import type { ChallengeMessage } from './messages.ts';
import { replaceSeats } from './panel.ts';
import type { ChallengeContext, Seat } from './record.ts';
import { until } from './rounds.ts';
import { nextUnknownRound } from './schedule.ts';

type On<T extends ChallengeMessage['type']> = Apply<
  ChallengeContext,
  Extract<ChallengeMessage, { type: T }>
>;

const replaceSeat = (
  context: ChallengeContext,
  from: Seat | undefined,
  change: Partial<Seat>,
): ChallengeContext => ({
  ...context,
  seats: context.seats.map((seat) => (seat === from ? { ...seat, ...change } : seat)),
});

export const commit: On<'commit'> = (context, { seat, commitment }) => {
  const member = seatIn(context, seat, 'drawn');
  return {
    context: replaceSeat(context, member, { state: 'committed', commitment }),
    effects: [emit('committed', { seat, provider: `provider:${member?.provider}` })],
  };
};

/** Unpaid and unpunished, but its provider keeps count (PROTOCOL §6, 4). */
export const cannotRun: On<'cannotRun'> = (context, { seat }) => {
  const member = seatIn(context, seat, 'drawn');
  const { profileHash } = context;
  const provider = actorId('provider', member?.provider ?? '');
  return {
    context: replaceSeat(context, member, { state: 'unable' }),
    effects: [
      send(provider, { type: 'declined', profileHash }),
      emit('declined', { seat, provider }),
    ],
  };
};

export const reveal: On<'reveal'> = (context, { seat, outputHash, evidenceRoot }) => {
  const member = seatIn(context, seat, 'committed');
  return {
    context: replaceSeat(context, member, { state: 'revealed', outputHash, evidenceRoot }),
    effects: [emit('revealed', { provider: `provider:${member?.provider}`, outputHash })],
  };
};

/** Marks those who did not commit, and takes their penalty at once (PROTOCOL §6.3). */
const markSilent = (context: ChallengeContext) => {
  const isSilent = (each: Seat) => each.round === context.round && each.state === 'drawn';
  const silent = context.seats.filter(isSilent);
  const seats = context.seats.map((each): Seat =>
    isSilent(each) ? { ...each, state: 'silent' } : each,
  );
  return { marked: { ...context, seats }, effects: penalizeSilent(context, silent) };
};

/** Another draw for each seat that nobody has taken, in a commit window of its own. */
export const replaceMissing: On<'wake'> = (context, _, call) => {
  const missing = context.seats.filter(
    ({ round, attempt, state }) =>
      round === context.round &&
      attempt === context.attempt &&
      (state === 'drawn' || state === 'unable'),
  );
  const { marked, effects } = markSilent(context);
  const drawn = replaceSeats(marked, missing, call);
  const members = drawn.map(({ provider }) => `provider:${provider}`).join(', ');
  return until(
    {
      context: {
        ...marked,
        attempt: context.attempt + 1,
        seats: [...marked.seats, ...drawn],
      },
      effects: [...effects, emit('seatsReplaced', { round: context.round, members })],
    },
    call.height + context.terms.commitBlocks,
  );
};

/** The last commit window is over: a round that nobody knows yet names the chunks (§6, 5). */
export const beginReveal: On<'wake'> = (context, _, call) => {
  const { marked, effects } = markSilent(context);
  const chunkRound = nextUnknownRound(context.terms, call);
  const event = emit('revealBegins', { round: context.round, chunkRound });
  return until(
    { context: { ...marked, chunkRound }, effects: [...effects, event] },
    call.height + context.terms.revealBlocks,
  );
};

/** No seat has committed: the panel has found nothing. */
export const nobodyAnswered: On<'wake'> = (context) => {
  const { marked, effects } = markSilent(context);
  const defendants = marked.defendants.map((each) => ({ ...each, ...undecided(each) }));
  return {
    context: { ...marked, defendants },
    effects: [...effects, emit('nobodyAnswered', { round: context.round })],
  };
};
