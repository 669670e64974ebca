import type { ChallengeContext, Finding } from '../../machines/challenge/record.ts';
import { relationsSince } from '../../machines/challenge/relations.ts';
import {
  agreementsOn,
  judge,
  quorumToSlash,
  quorumToUphold,
  type PanelRelations,
} from '../../machines/challenge/verdict.ts';
import { LETTERS, type Ruling } from './record.ts';

/** The largest group of seats that reject a defendant and are near one centre. */
const agreementOn = (
  relations: PanelRelations,
  defendant: number,
): Pick<Ruling, 'agree' | 'agreeWith'> => {
  const groups = agreementsOn(relations, defendant);
  const largest = Math.max(0, ...groups.map(({ seats }) => seats.length));
  const found = largest > 0 ? groups.find(({ seats }) => seats.length === largest) : undefined;
  const agreeWith = found?.centre === undefined ? 'one another' : LETTERS[found.centre];
  return { agree: largest, agreeWith: agreeWith ?? 'B' };
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
  const relations = relationsSince(context, round);
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
