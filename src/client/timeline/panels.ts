import { isOutside, outcomeOf } from '../../machines/challenge/outcome.ts';
import { noShowPenalty, seatPenalty } from '../../machines/challenge/money.ts';
import { panelsOf } from '../../machines/challenge/ladder.ts';
import type { Appeal, ChallengeContext, Seat } from '../../machines/challenge/record.ts';
import type { ChallengeRecord, PanelStage, TimelineAppeal } from './record.ts';
import type { TimelinePanel, TimelineSeat } from './record.ts';
import { rulingsOf } from './rulings.ts';
import { slotOf, windowsInHand } from './windows.ts';

const seatsIn = ({ seats }: ChallengeContext, round: number): readonly Seat[] =>
  seats.filter((seat) => seat.round === round);

/** Seats are closed when their panel is judged, so what they are says how far it came. */
const stageOf = ({ state, context }: ChallengeRecord, round: number): PanelStage => {
  const seats = seatsIn(context, round);
  const is = (...states: readonly Seat['state'][]) =>
    seats.some((seat) => states.includes(seat.state));
  if (is('answered', 'withheld')) return 'judged';
  const isInHand = round === context.round && context.ending === 'open';
  if (isInHand && (state === 'commit' || state === 'reveal')) return state;
  if (seats.length > 0) {
    const isCutShort = round === context.round && context.ending === 'lapsed';
    return isCutShort ? 'cutShort' : 'nobodyAnswered';
  }
  if (isInHand && state === 'awaitSeed') return 'awaitSeed';
  return context.ending === 'open' ? 'ahead' : 'neverSat';
};

const penaltyOf = (context: ChallengeContext, seat: Seat, hasEnded: boolean): bigint => {
  if (seat.state === 'silent') return noShowPenalty(context);
  const isPenalized = seat.state === 'withheld' || (hasEnded && isOutside(context, seat));
  return isPenalized ? seatPenalty(context) : 0n;
};

const seatIn = (context: ChallengeContext, seat: Seat): TimelineSeat => {
  const hasEnded = context.ending !== 'open';
  const isPaid = context.settlement !== undefined && seat.state === 'answered';
  return {
    seat: seat.seat,
    attempt: seat.attempt,
    provider: seat.provider,
    owner: seat.owner,
    state: seat.state,
    stances: [seat.stanceFirst, seat.stanceSecond].slice(0, context.defendants.length),
    isOutside: hasEnded && isOutside(context, seat),
    paidNlux: isPaid ? context.rerunFeeNlux : 0n,
    penaltyNlux: penaltyOf(context, seat, hasEnded),
  };
};

const appealOf = (context: ChallengeContext, appeal: Appeal): TimelineAppeal => {
  const { appellant, depositNlux } = appeal;
  if (context.ending === 'open') return { appellant, depositNlux, outcome: 'open' };
  const isLost = outcomeOf(context).lost.includes(appeal);
  return { appellant, depositNlux, outcome: isLost ? 'lost' : 'returned' };
};

/** Endings of a challenge whose panel in hand was waited for and has no seats. */
const ENDED_WAITING: ReadonlySet<string> = new Set(['panelCannotSit', 'seedMissing']);

/** The panels of a challenge in order; those that it never came to only while it is open. */
export const panelsIn = (record: ChallengeRecord): readonly TimelinePanel[] => {
  const { context } = record;
  const sizes = context.form === 'equivocation' ? [] : panelsOf(context);
  const panels = sizes.map((size, index): TimelinePanel => {
    const round = index + 1;
    const isInHand = round === context.round;
    const stage = stageOf(record, round);
    const appeal = context.appeals.find((each) => each.round === round);
    return {
      round,
      size,
      stage,
      slot: slotOf(context, round),
      seedRound: context.seedRounds[index] ?? 0n,
      chunkRound: isInHand ? context.chunkRound : 0n,
      windows: isInHand ? windowsInHand(record) : [],
      seats: seatsIn(context, round).map((seat) => seatIn(context, seat)),
      rulings: stage === 'judged' ? rulingsOf(context, round) : [],
      appeal: appeal && appealOf(context, appeal),
    };
  });
  const { ending } = context;
  const isKept = ({ round, seats }: TimelinePanel) =>
    ending === 'open' || seats.length > 0 || (round === context.round && ENDED_WAITING.has(ending));
  return panels.filter(isKept);
};
