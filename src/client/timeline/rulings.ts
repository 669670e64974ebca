import { hasKnownShape, isTeacherForced } from '../../machines/comparators/index.ts';
import { panelsOf } from '../../machines/challenge/ladder.ts';
import type { ChallengeContext, Finding, Seat } from '../../machines/challenge/record.ts';
import {
  judge,
  quorumToSlash,
  quorumToUphold,
  type PanelRelations,
  type Stance,
} from '../../machines/challenge/verdict.ts';
import { LETTERS, type Letter, type Ruling } from './record.ts';

/** From this many seats on a rejecting seat may be the centre (PROTOCOL §6.2). */
const SEATS_FOR_OWN_CENTRE = 3;

const stanceOf = (seat: Seat, defendant: number): Stance => {
  const stance = defendant === 0 ? seat.stanceFirst : seat.stanceSecond;
  return stance === 'none' ? 'empty' : stance;
};

/** The seats of a panel that answered, by seat number. */
const answeredOf = (context: ChallengeContext, round: number): readonly (Seat | undefined)[] =>
  Array.from({ length: panelsOf(context)[round - 1] ?? 0 }, (_, at) =>
    context.seats.find(
      (seat) => seat.round === round && seat.seat === at && seat.state === 'answered',
    ),
  );

const isNear = (
  { comparator }: ChallengeContext,
  from: Seat | undefined,
  to: { readonly seat: Seat | undefined; readonly number: number },
  defendant: number,
): boolean => {
  if (from === undefined || to.seat === undefined) return false;
  if (from === to.seat) return true;
  if (comparator.type === 'exact') return from.outputHash === to.seat.outputHash;
  const isSameSize = hasKnownShape(comparator) || from.leaves === to.seat.leaves;
  const isOnTokens = isTeacherForced(comparator);
  const apart = isOnTokens && defendant === 1 ? from.apartSecond : from.apartFirst;
  return isSameSize && (apart & (1 << to.number)) === 0;
};

/** What the seats of a panel keep of how they stood to defendants and to one another. */
export const relationsIn = (context: ChallengeContext, round: number): PanelRelations => {
  const seats = answeredOf(context, round);
  const stances = context.defendants.map((_, defendant) =>
    seats.map((seat) => (seat === undefined ? 'empty' : stanceOf(seat, defendant))),
  );
  return {
    stances,
    isNearDefendant: (seat, defendant) => stances[defendant]?.[seat] === 'supports',
    isNearSeat: (seat, centre, defendant) =>
      isNear(context, seats[seat], { seat: seats[centre], number: centre }, defendant),
  };
};

interface Agreement {
  readonly agree: number;
  readonly agreeWith: Letter | 'one another';
}

/** The largest group of seats that reject a defendant and are near one centre. */
const agreementOn = (relations: PanelRelations, defendant: number): Agreement => {
  const stances = relations.stances[defendant] ?? [];
  const rejecting = [...stances.keys()].filter((seat) => stances[seat] === 'rejects');
  const around = (isNearCentre: (seat: number) => boolean) => rejecting.filter(isNearCentre).length;
  const others = [...relations.stances.keys()].filter((other) => other !== defendant);
  const groups: readonly Agreement[] = [
    ...others.map((other) => ({
      agree: around((seat) => relations.isNearDefendant(seat, other)),
      agreeWith: LETTERS[other] ?? 'B',
    })),
    ...(stances.length >= SEATS_FOR_OWN_CENTRE ? rejecting : []).map((centre) => ({
      agree: around((seat) => relations.isNearSeat(seat, centre, defendant)),
      agreeWith: 'one another' as const,
    })),
  ];
  const none: Agreement = { agree: 0, agreeWith: 'one another' };
  return groups.reduce((best, each) => (each.agree > best.agree ? each : best), none);
};

/** What was found of a defendant by a panel: recorded, or by the rule from what seats keep. */
const findingOf = (
  context: ChallengeContext,
  round: number,
  relations: PanelRelations,
  index: number,
): Finding => {
  const defendant = context.defendants[index];
  const last = Math.max(...context.seats.map((seat) => seat.round));
  if (round === last && defendant !== undefined && defendant.finding !== 'none') {
    return defendant.finding;
  }
  const appeal = context.appeals.find((each) => each.round === round);
  if (appeal !== undefined) return index === 0 ? appeal.findingFirst : appeal.findingSecond;
  return defendant?.substantiated === false ? 'unsubstantiated' : judge(relations, index);
};

const verb = (count: number, plural: string): string => (count === 1 ? `${plural}s` : plural);

const sentenceOf = (ruling: Omit<Ruling, 'says'>, isShown: boolean): string => {
  const { party, finding, seats, supports, rejects, agree, agreeWith } = ruling;
  const { needsToUphold, needsToSlash } = ruling;
  const of = `of ${seats} ${seats === 1 ? 'seat' : 'seats'}`;
  const supported = `${supports} ${of} ${verb(supports, 'support')} ${party}`;
  const rejected = `${rejects} ${of} ${verb(rejects, 'reject')} ${party} (needs ${needsToSlash})`;
  const needed = `(needs ${needsToUphold})`;
  const agreed = `${agree} of them ${verb(agree, 'agree')} with ${agreeWith} ${needed}`;
  if (finding === 'unsubstantiated') {
    return isShown ? `${party} did not open the drawn chunks` : `${party} did not show its output`;
  }
  if (finding === 'valid') return `n = ${seats}: ${supported} ${needed}`;
  if (finding === 'faulty') return `n = ${seats}: ${rejected}, ${agreed}`;
  if (rejects >= needsToSlash) return `n = ${seats}: ${rejected}, but only ${agreed}`;
  if (supports + rejects === 0) return `n = ${seats}: no seat takes a side on ${party}`;
  return `n = ${seats}: ${supported} ${needed}, ${rejected}`;
};

/** The rulings of a panel that was judged, by defendant. */
export const rulingsOf = (context: ChallengeContext, round: number): readonly Ruling[] => {
  const relations = relationsIn(context, round);
  return context.defendants.map(({ substantiated }, index) => {
    const stances = relations.stances[index] ?? [];
    const ruling = {
      party: LETTERS[index] ?? 'B',
      finding: findingOf(context, round, relations, index),
      seats: stances.length,
      supports: stances.filter((stance) => stance === 'supports').length,
      rejects: stances.filter((stance) => stance === 'rejects').length,
      needsToUphold: quorumToUphold(stances.length),
      needsToSlash: quorumToSlash(stances.length),
      ...agreementOn(relations, index),
    };
    return { ...ruling, says: sentenceOf(ruling, substantiated) };
  });
};
