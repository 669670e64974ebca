import { emit, keyOf, wakeAt, type Applied, type Apply, type Call } from '../kit/index.ts';
import { withNamed } from './chunks.ts';
import type { ChallengeMessage } from './messages.ts';
import { seatPanel } from './panel.ts';
import { randomnessOf } from './randomness.ts';
import type { ChallengeContext } from './record.ts';
import { nextUnknownRound, seedDeadline, seedRoundOf } from './schedule.ts';
import { withNextSeedUnknown } from './schedule.ts';

type On<T extends ChallengeMessage['type']> = Apply<
  ChallengeContext,
  Extract<ChallengeMessage, { type: T }>
>;

/** Goes on to a window that ends at a height, with the timer that ends it. */
export const until = (
  { context, effects }: Applied<ChallengeContext>,
  deadline: bigint,
): Applied<ChallengeContext> => ({
  context: { ...context, deadline },
  effects: [...effects, wakeAt(deadline)],
});

const NO_HASH = '0'.repeat(64);

/** The publish window is over: who has not shown its output is not judged by any panel. */
export const awaitSeed: On<'wake'> = (context, _, call) => {
  const defendants = context.defendants.map((each) =>
    each.substantiated ? each : { ...each, finding: 'unsubstantiated' as const },
  );
  return until({ context: { ...context, defendants }, effects: [] }, seedDeadline(context, call));
};

/** The seed did not come: once, another round takes its place that nobody can know yet. */
export const moveSeed: On<'wake'> = (context, _, call) => {
  const seedRound = nextUnknownRound(context.terms, call);
  const seedRounds = context.seedRounds.with(context.round - 1, seedRound);
  return until(
    {
      context: { ...context, seedRounds, seedMoved: true },
      effects: [emit('seedMoved', { seedRound })],
    },
    call.height + context.terms.seedBlocks,
  );
};

/** Draws the panel in hand and begins its first commit window. */
export const seat = (context: ChallengeContext, call: Call): Applied<ChallengeContext> => {
  const beacon = randomnessOf(seedRoundOf(context), call) ?? context.beacon;
  const panel = seatPanel(context, beacon, call);
  const seats = 'seats' in panel ? panel.seats : [];
  const members = seats.map(({ provider }) => `provider:${provider}`).join(', ');
  return until(
    {
      context: { ...context, beacon, attempt: 0, seats: [...context.seats, ...seats] },
      effects: [emit('panelDrawn', { round: context.round, members })],
    },
    call.height + context.terms.commitBlocks,
  );
};

/** The next panel of the ladder; everything that belongs to one round begins anew. */
export const beginRound = (context: ChallengeContext, call: Call): Applied<ChallengeContext> => {
  const next = {
    ...context,
    round: context.round + 1,
    seedMoved: false,
    beacon: NO_HASH,
    attempt: 0,
    chunkRound: 0n,
  };
  const event = emit('nextPanel', { round: next.round, seedRound: seedRoundOf(next) });
  return until({ context: next, effects: [event] }, seedDeadline(next, call));
};

/** Somebody is undecided: the next panel follows by itself (PROTOCOL §6, 7). */
export const nextRound = (context: ChallengeContext, call: Call): Applied<ChallengeContext> =>
  beginRound({ ...context, seedRounds: withNextSeedUnknown(context, call) }, call);

/** All defendants are decided: anyone may ask for the next panel (PROTOCOL §6, 6). */
export const openAppeals = (
  context: ChallengeContext,
  { height }: Call,
): Applied<ChallengeContext> =>
  until({ context, effects: [] }, height + context.terms.appealBlocks);

/** One appeal is enough: the window stays what it was, and the next panel follows it. */
export const appeal: On<'appeal'> = (context, { named }, call) => ({
  context: {
    ...context,
    named: withNamed(context.named, named),
    seedRounds: withNextSeedUnknown(context, call),
    appeals: [
      ...context.appeals,
      {
        round: context.round,
        appellant: keyOf(call.from),
        depositNlux: call.value,
        findingFirst: context.defendants[0]?.finding ?? 'none',
        findingSecond: context.defendants[1]?.finding ?? 'none',
      },
    ],
  },
  effects: [emit('appealed', { by: call.from, round: context.round, depositNlux: call.value })],
});
