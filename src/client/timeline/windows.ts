import { roundBlocks } from '../../machines/parameters/schedule.ts';
import type { ChallengeContext, Ending } from '../../machines/challenge/record.ts';
import type { ChallengeRecord, Window } from './record.ts';

/**
 * Heights of windows. The record keeps the end of the present window and the length of each, so
 * those of the panel in hand follow; of earlier panels only the time slot does, which was fixed at
 * the opening (PROTOCOL §6, 1). As in the rules a window ends by height, whenever its timer runs.
 */

export type Phase = 'publish' | 'awaitSeed' | 'commit' | 'reveal' | 'decided' | 'unknown';

/** Did any seat of the panel in hand come to the reveal? */
const someCommitted = ({ seats, round }: ChallengeContext): boolean =>
  seats.some(
    (seat) => seat.round === round && (seat.state === 'answered' || seat.state === 'withheld'),
  );

/** Endings that say in which window they came. */
const ENDED_IN: Readonly<Partial<Record<Ending, Phase>>> = {
  payloadMissing: 'publish',
  outputsMissing: 'publish',
  panelCannotSit: 'awaitSeed',
  seedMissing: 'awaitSeed',
  decided: 'decided',
};

/** The window that the deadline of an ended challenge ended. */
const lastPhase = (context: ChallengeContext): Phase => {
  if (context.ending === 'lastPanel') return someCommitted(context) ? 'reveal' : 'commit';
  return ENDED_IN[context.ending] ?? 'unknown';
};

/** The window that the record's deadline belongs to. */
export const phaseOf = ({ state, context }: ChallengeRecord): Phase => {
  if (state === 'final') return lastPhase(context);
  return state === 'appealed' ? 'decided' : (state as Phase);
};

/** The time slot of a panel: where it begins if every round before took its longest. */
export const slotOf = ({ terms, openedAt }: ChallengeContext, round: number) => {
  const rounds = BigInt(round - 1);
  const before = rounds * (roundBlocks(terms) + terms.appealBlocks);
  const from = openedAt + terms.publishBlocks + before;
  return { from, until: from + roundBlocks(terms) };
};

/** Commit windows of the panel in hand, the last of which ends at a height. */
const commitWindows = ({ terms, attempt }: ChallengeContext, end: bigint): readonly Window[] =>
  Array.from({ length: attempt + 1 }, (_, at) => {
    const until = end - BigInt(attempt - at) * terms.commitBlocks;
    return { name: 'commit', from: until - terms.commitBlocks, until };
  });

const seedWindow = (context: ChallengeContext): Window => {
  const { terms, openedAt, deadline, round, seedMoved } = context;
  const first = round === 1 ? openedAt + terms.publishBlocks : undefined;
  return { name: 'seed', from: seedMoved ? deadline - terms.seedBlocks : first, until: deadline };
};

/** Windows of the panel in hand, in order, as far as they have begun. */
export const windowsInHand = (record: ChallengeRecord): readonly Window[] => {
  const { context } = record;
  const { terms, deadline } = context;
  const { revealBlocks, appealBlocks } = terms;
  const reveal = (until: bigint): readonly Window[] => [
    ...commitWindows(context, until - revealBlocks),
    { name: 'reveal', from: until - revealBlocks, until },
  ];
  switch (phaseOf(record)) {
    case 'awaitSeed':
      return [seedWindow(context)];
    case 'commit':
      return commitWindows(context, deadline);
    case 'reveal':
      return reveal(deadline);
    case 'decided':
      return [
        ...(someCommitted(context) ? reveal(deadline - appealBlocks) : []),
        { name: 'appeal', from: deadline - appealBlocks, until: deadline },
      ];
    default:
      return [];
  }
};
