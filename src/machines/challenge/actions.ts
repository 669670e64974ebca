import { emit, stepsOf, wakeAt, type Applied, type Apply, type Call } from '../kit/index.ts';
import type { Verdict } from '../attestation/record.ts';
import { isFullyOpened } from './chunks.ts';
import { exactRelations, hasAnswered, panelSeats } from './comparison.ts';
import { conclude, concludeVoid, penalizeSilent, penalizeWithheld } from './conclude.ts';
import { settleMoney } from './conclude.ts';
import { wrongResultSlash } from './money.ts';
import { drawnPosition, partyOf, seatIn } from './guards.ts';
import type { ChallengeMessage } from './messages.ts';
import { open } from './open.ts';
import { panelSize, randomnessOf, replaceSeats, seatPanel } from './panel.ts';
import type { ChallengeContext, Defendant, Seat } from './record.ts';
import { nextUnknownRound } from './schedule.ts';
import { judge, type PanelVerdict } from './verdict.ts';

type On<T extends ChallengeMessage['type']> = Apply<
  ChallengeContext,
  Extract<ChallengeMessage, { type: T }>
>;

const step = stepsOf<ChallengeContext, ChallengeMessage>();

/** Moves on to a window of so many blocks, with the timer that ends it. */
const window = (
  { context, effects }: Applied<ChallengeContext>,
  { height }: Call,
  blocks: bigint,
): Applied<ChallengeContext> => {
  const deadline = height + blocks;
  return { context: { ...context, deadline }, effects: [...effects, wakeAt(deadline)] };
};

const just = (context: ChallengeContext): Applied<ChallengeContext> => ({ context, effects: [] });

const updateSeats = (
  context: ChallengeContext,
  change: (seat: Seat) => Seat,
): ChallengeContext => ({ ...context, seats: context.seats.map(change) });

const publish: On<'publish'> = (context, { payload }, { from }) => ({
  context: { ...context, payloadPublished: true },
  effects: [emit('payloadPublished', { by: from, bytes: payload.length })],
});

const awaitSeed: On<'wake'> = (context, _, call) =>
  window(just(context), call, context.terms.seedBlocks);

const unsubstantiated: On<'wake'> = (context) =>
  conclude(
    context,
    context.defendants.map(() => 'unsubstantiated'),
    'the payload was not published',
  );

const seat = (context: ChallengeContext, call: Call): Applied<ChallengeContext> => {
  const beacon = randomnessOf(context.seedRound, call) ?? context.beacon;
  const panel = seatPanel(context, beacon, call);
  const seats = 'seats' in panel ? panel.seats : [];
  const seated = { ...context, beacon, attempt: 0, seats: [...context.seats, ...seats] };
  const members = seats.map(({ provider }) => `provider:${provider}`).join(', ');
  const effects = [emit('panelDrawn', { round: context.round, members })];
  return window({ context: seated, effects }, call, context.terms.commitBlocks);
};

const cannotSit = (context: ChallengeContext) =>
  concludeVoid(context, 'too few are eligible for the panel');

const moveSeed: On<'wake'> = (context, _, call) => {
  const seedRound = nextUnknownRound(context.terms, call);
  const moved = { ...context, seedRound, seedMoved: true };
  const effects = [emit('seedMoved', { seedRound })];
  return window({ context: moved, effects }, call, context.terms.seedBlocks);
};

const commit: On<'commit'> = (context, message) => {
  const member = seatIn(context, message.seat, 'drawn');
  const { commitment } = message;
  return {
    context: updateSeats(context, (each) =>
      each === member ? { ...each, state: 'committed', commitment } : each,
    ),
    effects: [emit('committed', { seat: message.seat, provider: `provider:${member?.provider}` })],
  };
};

/** Marks those who did not commit, and takes their penalty at once (PROTOCOL §6.3). */
const markSilent = (context: ChallengeContext) => {
  const isSilent = (each: Seat) => each.round === context.round && each.state === 'drawn';
  const silent = context.seats.filter(isSilent);
  const marked = updateSeats(context, (each) =>
    isSilent(each) ? { ...each, state: 'silent' } : each,
  );
  return { silent, marked, effects: penalizeSilent(context, silent) };
};

const replaceSilent: On<'wake'> = (context, _, call) => {
  const { silent, marked, effects } = markSilent(context);
  const drawn = replaceSeats(marked, silent, call);
  const replaced = {
    ...marked,
    attempt: context.attempt + 1,
    seats: [...marked.seats, ...drawn],
  };
  const members = drawn.map(({ provider }) => `provider:${provider}`).join(', ');
  const event = emit('seatsReplaced', { round: context.round, members });
  return window(
    { context: replaced, effects: [...effects, event] },
    call,
    context.terms.commitBlocks,
  );
};

const beginReveal: On<'wake'> = (context, _, call) => {
  const { marked, effects } = markSilent(context);
  const chunkRound = nextUnknownRound(context.terms, call);
  const event = emit('revealBegins', { round: context.round, chunkRound });
  return window(
    { context: { ...marked, chunkRound }, effects: [...effects, event] },
    call,
    context.terms.revealBlocks,
  );
};

const nobodyAnswered: On<'wake'> = (context) => {
  const { marked, effects } = markSilent(context);
  const ended = concludeVoid(marked, 'no seat answered');
  return { context: ended.context, effects: [...effects, ...ended.effects] };
};

const reveal: On<'reveal'> = (context, message) => {
  const member = seatIn(context, message.seat, 'committed');
  const { outputHash, evidenceRoot } = message;
  return {
    context: updateSeats(context, (each) =>
      each === member ? { ...each, state: 'revealed', outputHash, evidenceRoot } : each,
    ),
    effects: [emit('revealed', { provider: `provider:${member?.provider}`, outputHash })],
  };
};

const openChunk: On<'openChunk'> = (context, message, call) => {
  const randomness = randomnessOf(context.chunkRound, call) ?? '';
  const bit = 1 << drawnPosition(context, message, randomness, call);
  const party = partyOf(context, message.party);
  const mark = <P extends { readonly leaves: number; readonly opened: number }>(each: P): P =>
    (each as unknown) === party
      ? { ...each, leaves: message.leaves, opened: each.opened | bit }
      : each;
  return {
    context: {
      ...context,
      defendants: context.defendants.map(mark),
      seats: context.seats.map(mark),
    },
    effects: [emit('chunkOpened', { provider: `provider:${message.party}`, index: message.index })],
  };
};

/** Undecided after the last panel of the ladder is void (PROTOCOL §6, 7). */
const verdictOf = (
  { terms }: ChallengeContext,
  defendant: Defendant,
  found: PanelVerdict,
): Verdict => {
  if (!isFullyOpened(defendant, terms.drawnChunks)) return 'unsubstantiated';
  return found === 'undecided' ? 'void' : found;
};

/** Judges each defendant; one that the panel found wrong owes for that, open or silent. */
const judgeAll = (context: ChallengeContext) => {
  const relations = exactRelations(context, panelSeats(context, panelSize(context)));
  const found = context.defendants.map((_, index) => judge(relations, index));
  const defendants = context.defendants.map((defendant, index) =>
    found[index] === 'faulty'
      ? { ...defendant, leastNlux: wrongResultSlash(context, defendant) }
      : defendant,
  );
  const verdicts = defendants.map((defendant, index) =>
    verdictOf(context, defendant, found[index] ?? 'undecided'),
  );
  return { judged: { ...context, defendants }, verdicts };
};

/**
 * The end of the reveal window. A chunk round that never came is nobody's fault: void. Who
 * committed and did not show everything is penalized.
 */
const decide: On<'wake'> = (context, _, call) => {
  if (randomnessOf(context.chunkRound, call) === undefined) {
    return concludeVoid(context, 'the beacon round that names the chunks did not come');
  }
  const isWithheld = (each: Seat) =>
    each.round === context.round &&
    (each.state === 'committed' || each.state === 'revealed') &&
    !hasAnswered(context, each);
  const withheld = context.seats.filter(isWithheld);
  const marked = updateSeats(context, (each) =>
    isWithheld(each) ? { ...each, state: 'withheld' } : each,
  );
  const { judged, verdicts } = judgeAll(marked);
  const ended = conclude(judged, verdicts, `panel ${context.round}`);
  return {
    context: ended.context,
    effects: [...penalizeWithheld(context, withheld), ...ended.effects],
  };
};

const locked: On<'locked'> = (context, { defendant, lockedNlux }) =>
  just({
    ...context,
    defendants: context.defendants.map((each, index) =>
      index === defendant ? { ...each, lockNlux: lockedNlux } : each,
    ),
  });

const slashed: On<'slashed'> = (context, { defendant }, { value }) => {
  const isRewarded = context.defendants[defendant]?.verdict === 'faulty';
  const received = {
    ...context,
    awaiting: context.awaiting - 1,
    slashedNlux: context.slashedNlux + value,
    unrewardedNlux: context.unrewardedNlux + (isRewarded ? 0n : value),
  };
  return { context: received, effects: received.awaiting === 0 ? settleMoney(received) : [] };
};

export const steps = {
  open: step('open', open),
  publish: step('publish', publish),
  awaitSeed: step('wake', awaitSeed),
  unsubstantiated: step('wake', unsubstantiated),
  seatPanel: step('submitSeed', (context, _, call) => seat(context, call)),
  seatPanelAtLast: step('wake', (context, _, call) => seat(context, call)),
  cannotSit: step('submitSeed', cannotSit),
  cannotSitAtLast: step('wake', cannotSit),
  moveSeed: step('wake', moveSeed),
  noSeed: step('wake', (context) => concludeVoid(context, 'the beacon round did not come')),
  lapse: step('wake', (context) => concludeVoid(context, 'its timers came too late')),
  commit: step('commit', commit),
  replaceSilent: step('wake', replaceSilent),
  beginReveal: step('wake', beginReveal),
  nobodyAnswered: step('wake', nobodyAnswered),
  reveal: step('reveal', reveal),
  openChunk: step('openChunk', openChunk),
  decide: step('wake', decide),
  locked: step('locked', locked),
  slashed: step('slashed', slashed),
};
