import { hasKnownShape } from '../../machines/comparators/index.ts';
import { panelsOf } from '../../machines/challenge/ladder.ts';
import { slashOf } from '../../machines/challenge/money.ts';
import type { ChallengeContext } from '../../machines/challenge/record.ts';
import { endedBecause } from './ending.ts';
import { panelsIn } from './panels.ts';
import { LETTERS, type ChallengeRecord, type Timeline, type TimelinePanel } from './record.ts';
import type { Letter, TimelineParty } from './record.ts';

export * from './record.ts';

const NOBODY = '0'.repeat(40);

/** Why a defendant got its verdict: the rule of the last panel that was judged, or what else. */
const becauseOf = (
  { form, ending, payloadPublished, defendants }: ChallengeContext,
  panels: readonly TimelinePanel[],
  index: number,
): string => {
  const party: Letter = LETTERS[index] ?? 'B';
  if (ending === 'open') return '';
  if (form === 'equivocation') return `${party} signed another answer to the same claim`;
  if (!payloadPublished) return 'the payload was not published';
  if (defendants[index]?.substantiated === false) return `${party} did not show its output`;
  const isVoided = ending === 'seedMissing' || ending === 'lapsed';
  const judged = isVoided ? undefined : panels.findLast(({ stage }) => stage === 'judged');
  const last = panels.findLast(({ seats }) => seats.length > 0);
  if (judged === undefined || judged !== last) return 'no panel has decided';
  return judged.rulings[index]?.says ?? '';
};

const partiesIn = (
  context: ChallengeContext,
  panels: readonly TimelinePanel[],
): readonly TimelineParty[] => {
  const { defendants, settlement, form, slashedNlux } = context;
  const upheld = defendants.filter(({ verdict }) => verdict === 'valid').length;
  const upheldNlux = settlement?.upheldNlux ?? 0n;
  return defendants.map((defendant, index) => ({
    party: LETTERS[index] ?? 'B',
    attestation: defendant.attestation,
    provider: defendant.provider,
    owner: defendant.owner,
    outputHash: defendant.outputHash,
    lockNlux: defendant.lockNlux,
    isShown: defendant.substantiated,
    verdict: defendant.verdict,
    // An equivocation takes the whole liable stake, which is known when it has come in.
    slashNlux: form === 'equivocation' ? slashedNlux : slashOf(context, defendant),
    upheldNlux: defendant.verdict === 'valid' ? upheldNlux / BigInt(upheld) : 0n,
    because: becauseOf(context, panels, index),
  }));
};

/**
 * The life of a challenge, derived from its record alone (PROTOCOL §6): windows and who did what in
 * them, what each panel found and by which rule, and what was paid to whom. Amounts are nLUX.
 */
export const timelineOf = (record: ChallengeRecord): Timeline => {
  const { state, context } = record;
  const { form, openedAt, openedTime, announcedAt, terms, ending } = context;
  const panels = panelsIn(record);
  const isProof = form === 'equivocation';
  const size = panelsOf(context)[context.round - 1] ?? 0;
  return {
    form,
    state,
    comparator: context.comparator.type,
    opened: {
      at: openedAt,
      time: openedTime,
      challenger: context.challenger === NOBODY ? undefined : context.challenger,
      announcedAt: announcedAt < openedAt ? announcedAt : undefined,
      bondNlux: context.bondNlux,
      named: context.named,
    },
    rerunFeeNlux: context.rerunFeeNlux,
    parties: partiesIn(context, panels),
    publish: isProof
      ? undefined
      : { name: 'publish', from: openedAt, until: openedAt + terms.publishBlocks },
    isPayloadPublished: context.payloadPublished,
    asksOutputs: hasKnownShape(context.comparator),
    panels,
    ending,
    endedBecause: endedBecause(context, size),
    deadline: ending === 'open' ? context.deadline : undefined,
    slashedNlux: context.slashedNlux,
    awaiting: context.awaiting,
    settlement: context.settlement,
  };
};
