import { emit, put, type Applied, type Call, type Effect } from '../kit/index.ts';
import { penalizeWithheld } from './conclude.ts';
import { wrongResultSlash } from './money.ts';
import { chunkDrawOf } from './randomness.ts';
import { openedChunks, type ChallengeContext, type Defendant, type Finding } from './record.ts';
import type { Seat } from './record.ts';
import { answeredSeats, relationsOf } from './relations.ts';
import { judge, strayOf, type PanelDistances, type Stance } from './verdict.ts';
import { chunkKey, FIRST_SEAT, isFullyOpened, partyNumbers, partyOf } from './wanted.ts';
import { wantedChunks, type ChunkDraw } from './wanted.ts';

/** Frees what was kept to be compared. */
export const dropChunks = (context: ChallengeContext, draw: ChunkDraw | undefined) => {
  if (draw === undefined || context.comparator.type === 'exact') return [];
  return partyNumbers(context).flatMap((party): readonly Effect[] => {
    const found = partyOf(context, party);
    if (found === undefined) return [];
    return wantedChunks(context, draw, party, found.leaves)
      .filter((_, position) => (found.opened & (1n << BigInt(position))) !== 0n)
      .map(({ place }) => put(openedChunks, chunkKey(party, place), undefined));
  });
};

const isOfRound = ({ round }: ChallengeContext, seat: Seat): boolean => seat.round === round;

const stanceFor = (stance: Stance | undefined): Seat['stanceFirst'] =>
  stance === undefined || stance === 'empty' ? 'none' : stance;

/** Who showed everything has answered; who committed and did not has withheld. */
const closeSeats = (context: ChallengeContext, draw: ChunkDraw) =>
  context.seats.map((seat): Seat => {
    if (!isOfRound(context, seat)) return seat;
    if (seat.state === 'committed') return { ...seat, state: 'withheld' };
    if (seat.state !== 'revealed') return seat;
    const isDone = isFullyOpened(context, draw, FIRST_SEAT + seat.seat, seat);
    return { ...seat, state: isDone ? 'answered' : 'withheld' };
  });

/** What the panel says of a defendant, and what it owes for a result proven wrong. */
const findingOf = (
  context: ChallengeContext,
  draw: ChunkDraw,
  relations: PanelDistances,
  index: number,
): Pick<Defendant, 'finding' | 'leastNlux'> => {
  const defendant = context.defendants[index] as Defendant;
  const found = judge(relations, index);
  const leastNlux = found === 'faulty' ? wrongResultSlash(context, defendant) : 0n;
  const isShown = defendant.substantiated && isFullyOpened(context, draw, index, defendant);
  return { finding: isShown ? found : 'unsubstantiated', leastNlux };
};

/** Stances stay with the seats: at the end they say who was outside the final cluster. */
const withStances = (context: ChallengeContext, relations: PanelDistances): readonly Seat[] => {
  const stray = context.defendants.flatMap(({ leastNlux }, index) =>
    leastNlux > 0n ? strayOf(relations, index) : [],
  );
  const answered = answeredSeats(context);
  return context.seats.map((seat) =>
    answered.includes(seat)
      ? {
          ...seat,
          stanceFirst: stanceFor(relations.stances[0]?.[seat.seat]),
          stanceSecond: stanceFor(relations.stances[1]?.[seat.seat]),
          stray: stray.includes(seat.seat),
        }
      : seat,
  );
};

/**
 * The beacon round that names the chunks never came: nobody could open anything, so nobody is to
 * blame and nothing is decided. Who revealed has done the work and is paid.
 */
const withoutChunks = (context: ChallengeContext): ChallengeContext => ({
  ...context,
  seats: context.seats.map((seat) =>
    isOfRound(context, seat) && seat.state === 'revealed' ? { ...seat, state: 'answered' } : seat,
  ),
  defendants: context.defendants.map((each) => ({ ...each, ...undecided(each) })),
});

/** Nothing was found of those who have shown what was asked; the others stay unsubstantiated. */
export const undecided = ({ substantiated }: Defendant) => ({
  finding: (substantiated ? 'undecided' : 'unsubstantiated') as Finding,
  leastNlux: 0n,
});

/** The end of a reveal window: every defendant is judged anew by the panel in hand. */
export const judgePanel = (context: ChallengeContext, call: Call): Applied<ChallengeContext> => {
  const draw = chunkDrawOf(context, call);
  if (draw === undefined) {
    const judged = withoutChunks(context);
    return { context: judged, effects: [emit('chunkRoundMissing', { round: context.round })] };
  }
  const closed = { ...context, seats: closeSeats(context, draw) };
  const relations = relationsOf(closed, draw);
  const defendants = closed.defendants.map((defendant, index) => ({
    ...defendant,
    ...findingOf(closed, draw, relations, index),
    opened: 0n,
  }));
  const found = { ...closed, defendants };
  const judged = { ...found, seats: withStances(found, relations) };
  const withheld = judged.seats.filter(
    (seat) => isOfRound(judged, seat) && seat.state === 'withheld',
  );
  const findings = defendants.map(({ attestation, finding }) => `${attestation} ${finding}`);
  return {
    context: judged,
    effects: [
      ...dropChunks(context, draw),
      ...penalizeWithheld(context, withheld),
      emit('panelJudged', { round: context.round, findings: findings.join(', ') }),
    ],
  };
};

export const isUndecided = ({ defendants }: ChallengeContext): boolean =>
  defendants.some(({ finding }) => finding === 'undecided');
