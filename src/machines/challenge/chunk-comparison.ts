import type { Nearness } from '../comparators/index.ts';
import { compareSeats, compareWithSeat, evidenceIsOutput } from '../comparators/index.ts';
import { isTeacherForced, NOTHING_SHOWN, type Shown } from '../comparators/index.ts';
import { assert } from '../../codec/index.ts';
import { emit, put, type Apply, type Call } from '../kit/index.ts';
import type { OpenChunk } from './chunk-opening.ts';
import { addMark } from './marks.ts';
import { chunkDrawOf } from './randomness.ts';
import { openedChunks, type ChallengeContext, type Seat } from './record.ts';
import { chunkKey, FIRST_SEAT, offsetOf, placeAfterEnd, revealedSeat } from './wanted.ts';
import { wantedChunks, wantedPosition } from './wanted.ts';

/** The chunk of a party at a place, if it has opened it in this round. */
const shownBy = (
  { comparator }: ChallengeContext,
  party: number,
  place: number,
  { read, self }: Call,
): Shown | undefined => {
  const entry = read.entry(openedChunks, self, chunkKey(party, place));
  if (entry === undefined) return undefined;
  return evidenceIsOutput(comparator) ? { ...entry, evidence: entry.output } : entry;
};

/** On whose tokens a place lies, where seats answer on each defendant's. */
const tokensOf = (context: ChallengeContext, place: number): number =>
  isTeacherForced(context.comparator) &&
  context.defendants[1]?.substantiated === true &&
  place >= offsetOf(context, 1)
    ? 1
    : 0;

const withMark = (
  context: ChallengeContext,
  defendant: number,
  place: number,
  seat: Seat,
  pair: { readonly defendant: Shown; readonly seat: Shown },
): Seat => {
  const { comparator, named } = context;
  const nearness = compareWithSeat(comparator, pair.defendant, pair.seat);
  const isNamed =
    named.includes(place - offsetOf(context, defendant)) ||
    place === placeAfterEnd(context, defendant);
  return defendant === 0
    ? { ...seat, marksFirst: addMark(seat.marksFirst, nearness, isNamed) }
    : { ...seat, marksSecond: addMark(seat.marksSecond, nearness, isNamed) };
};

/** A seat with what one chunk says of its distance from another seat of the panel. */
const withDistance = (seat: Seat, tokens: number, centre: number, nearness: Nearness): Seat => {
  const apart = nearness === 'near' ? 0 : 1 << centre;
  const remote = nearness === 'far' ? 1 << centre : 0;
  return tokens === 0
    ? { ...seat, apartFirst: seat.apartFirst | apart, remoteFirst: seat.remoteFirst | remote }
    : { ...seat, apartSecond: seat.apartSecond | apart, remoteSecond: seat.remoteSecond | remote };
};

/** A defendant's chunk against that of each seat which has opened the same place. */
const compareDefendant = (
  context: ChallengeContext,
  defendant: number,
  place: number,
  shown: Shown,
  call: Call,
): readonly Seat[] =>
  context.seats.map((seat) => {
    if (revealedSeat(context, seat.seat) !== seat) return seat;
    const other = shownBy(context, FIRST_SEAT + seat.seat, place, call);
    if (other === undefined) return seat;
    return withMark(context, defendant, place, seat, { defendant: shown, seat: other });
  });

/** A seat's chunk against those of all others; a distance may depend on which is the centre. */
const compareSeat = (
  context: ChallengeContext,
  own: Seat,
  place: number,
  shown: Shown,
  call: Call,
): readonly Seat[] => {
  const { comparator, defendants } = context;
  const tokens = tokensOf(context, place);
  let mine = own;
  for (const defendant of defendants.keys()) {
    const isAfterEnd = place === placeAfterEnd(context, defendant);
    const other = isAfterEnd ? NOTHING_SHOWN : shownBy(context, defendant, place, call);
    if (other === undefined) continue;
    mine = withMark(context, defendant, place, mine, { defendant: other, seat: shown });
  }
  const others = context.seats.map((seat) => {
    if (seat === own || revealedSeat(context, seat.seat) !== seat) return seat;
    const other = shownBy(context, FIRST_SEAT + seat.seat, place, call);
    if (other === undefined) return seat;
    mine = withDistance(mine, tokens, seat.seat, compareSeats(comparator, shown, other));
    return withDistance(seat, tokens, own.seat, compareSeats(comparator, other, shown));
  });
  return others.map((seat) => (seat === own ? mine : seat));
};

/** The bit of the chunk among those that its author has to open, and where it is compared. */
const positionOf = (context: ChallengeContext, message: OpenChunk, call: Call) => {
  const draw = chunkDrawOf(context, call);
  assert(draw !== undefined, 'the guard of the message has found the round');
  const wanted = wantedChunks(context, draw, message.party, message.leaves);
  const position = wantedPosition(wanted, message.index);
  const place = wanted[position]?.place;
  assert(place !== undefined, 'the guard of the message has found the chunk');
  return { bit: 1n << BigInt(position), place };
};

/** With `exact` the output hashes say it all; nothing has to be kept. */
const compared = (context: ChallengeContext, message: OpenChunk, place: number, call: Call) => {
  const { comparator, seats } = context;
  if (comparator.type === 'exact') return { seats, effects: [] };
  const { party, outputChunk: output, evidenceChunk } = message;
  const evidence = evidenceIsOutput(comparator) ? output : evidenceChunk;
  const own = party < FIRST_SEAT ? undefined : revealedSeat(context, party - FIRST_SEAT);
  const after =
    own === undefined
      ? compareDefendant(context, party, place, { output, evidence }, call)
      : compareSeat(context, own, place, { output, evidence }, call);
  const kept = { output, evidence: evidenceChunk };
  return { seats: after, effects: [put(openedChunks, chunkKey(party, place), kept)] };
};

/** One chunk opened: compared with all that stand at its place already (PROTOCOL §7). */
export const openChunk: Apply<ChallengeContext, OpenChunk> = (context, message, call) => {
  const { party, leaves, index } = message;
  const { bit, place } = positionOf(context, message, call);
  const { seats, effects } = compared(context, message, place, call);
  const mark = <P extends { readonly leaves: number; readonly opened: bigint }>(each: P): P => ({
    ...each,
    leaves,
    opened: each.opened | bit,
  });
  const isOwn = (seat: Seat) =>
    seat.round === context.round && seat.state === 'revealed' && seat.seat === party - FIRST_SEAT;
  return {
    context: {
      ...context,
      defendants: context.defendants.map((each, at) => (at === party ? mark(each) : each)),
      seats: seats.map((seat) => (isOwn(seat) ? mark(seat) : seat)),
    },
    effects: [...effects, emit('chunkOpened', { party, index })],
  };
};
