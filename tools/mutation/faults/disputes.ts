// Faults in what is judged, when, and by whom (PROTOCOL §6, §6.1, §6.2, §6.4, §7).
import type { Fault } from './fault.ts';

const CHALLENGE = 'src/machines/challenge';
const UNIT = 'test/unit/machines';

const openings: readonly Fault[] = [
  {
    name: 'a guard removed: a pair opens without its bond',
    file: `${CHALLENGE}/open/pair.ts`,
    from: '  hasItsName,\n  bringsBond,\n];',
    to: '  hasItsName,\n];',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'two equal answers can be challenged',
    file: `${CHALLENGE}/open/pair.ts`,
    from: "? because('same-output') : undefined;",
    to: '? undefined : undefined;',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'an attestation can be challenged at the end of its window (half-open flipped)',
    file: `${CHALLENGE}/open/checks.ts`,
    from: 'if (height >= context.windowEnd)',
    to: 'if (height > context.windowEnd)',
    near: [`${UNIT}/windows.test.ts`, UNIT],
  },
  {
    name: 'a message counts at the deadline of its window (half-open flipped)',
    file: `${CHALLENGE}/guards.ts`,
    from: 'height < deadline ? undefined',
    to: 'height <= deadline ? undefined',
    near: [`${UNIT}/windows.test.ts`, UNIT],
  },
  {
    name: 'evidence of equivocation is a block too old',
    file: `${CHALLENGE}/open/equivocation.ts`,
    from: 'attestedAt + evidenceAgeBlocks <= height',
    to: 'attestedAt + evidenceAgeBlocks < height',
    near: [`${UNIT}/equivocation`],
  },
  {
    name: 'anybody may sign the second answer of an equivocation',
    file: `${CHALLENGE}/open/equivocation.ts`,
    from: '  isNotPunished,\n  isSigned,\n',
    to: '  isNotPunished,\n',
    near: [`${UNIT}/equivocation`],
  },
  {
    name: 'whoever takes a challenge over need not bring its bond',
    file: `${CHALLENGE}/open/take-over.ts`,
    from: '  hasRoomForNamed,\n  bringsBond,\n];',
    to: '  hasRoomForNamed,\n];',
    near: [`${UNIT}/take-over`],
  },
  {
    name: 'an announcement made with the opening takes a challenge over',
    file: `${CHALLENGE}/open/take-over.ts`,
    from: 'if (height >= context.announcedAt)',
    to: 'if (height > context.announcedAt)',
    near: [`${UNIT}/take-over`],
  },
  {
    name: 'an audit of the beacon is opened whatever it drew',
    file: `${CHALLENGE}/open/audit.ts`,
    from: '[isPendingClaim, hasItsName, ticketIsDrawn, poolCanPay]',
    to: '[isPendingClaim, hasItsName, poolCanPay]',
    near: [`${UNIT}/audit`],
  },
];

const panels: readonly Fault[] = [
  {
    name: 'an exclusion forgotten: other providers of a defendant’s owner may sit',
    file: `${CHALLENGE}/open/begin.ts`,
    from: '...defendants.flatMap(({ owner, provider }) => [owner, provider]),',
    to: '...defendants.map(({ provider }) => provider),',
    near: [`${UNIT}/ladder/exclusions.test.ts`, `${UNIT}/ladder`],
  },
  {
    name: 'an exclusion forgotten: the requester may sit',
    file: `${CHALLENGE}/open/begin.ts`,
    from: '    ...opening.attestations.map(({ context }) => context.requester),\n',
    to: '',
    near: [`${UNIT}/ladder/exclusions.test.ts`, `${UNIT}/ladder`],
  },
  {
    name: 'an exclusion forgotten: payers may sit',
    file: `${CHALLENGE}/panel.ts`,
    from: '  isExcluded: (member: Member) => isPayer(context, member, call),\n',
    to: '  isExcluded: (_: Member) => false,\n',
    near: [`${UNIT}/dispute.test.ts`, `${UNIT}/ladder`],
  },
  {
    name: 'an exclusion forgotten: members of an earlier panel may sit again',
    file: `${CHALLENGE}/panel.ts`,
    from: '[...excludedOwners(context, call), ...context.seats.map(({ owner }) => owner)]',
    to: '[...excludedOwners(context, call)]',
    near: [`${UNIT}/ladder`],
  },
  {
    name: 'an owner may have two seats of a panel',
    file: 'src/machines/selection/panel.ts',
    from: '[...excludedOwners, ...found, member.owner]',
    to: '[...excludedOwners, ...found]',
    near: ['test/properties/selection'],
  },
  {
    name: 'a panel sits though payers among the eligible leave too few',
    file: 'src/machines/selection/panel.ts',
    from: 'return after.ok ? ok(members) : after;',
    to: 'return after.ok ? ok(members) : ok(members);',
    near: ['test/properties/selection', `${UNIT}/ladder`],
  },
  {
    name: 'the points of excluded members shift the draw in the wrong order',
    file: 'src/machines/selection/population.ts',
    from: 'a.from < b.from ? -1 : Number(a.from > b.from)',
    to: 'a.from < b.from ? 1 : -Number(a.from > b.from)',
    near: ['test/properties/selection'],
  },
  {
    name: 'an epoch boundary missed: panels are drawn from the set of the moment',
    file: 'src/machines/profile/set.ts',
    from: '? context.boundary : context.live;',
    to: '? context.live : context.live;',
    near: [`${UNIT}/profile`, `${UNIT}/dispute.test.ts`, `${UNIT}/ladder`],
  },
  {
    name: 'a beacon height off by one: the seed of a panel comes one slot late',
    file: `${CHALLENGE}/schedule.ts`,
    from: 'terms.publishBlocks + BigInt(round - 1) *',
    to: 'terms.publishBlocks + BigInt(round) *',
    near: [`${UNIT}/ladder/rounds.test.ts`, `${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a beacon round too early: the seed may be known when the challenge opens',
    file: 'src/machines/beacon/rounds.ts',
    from: 'ceilDiv(time - genesisTime, periodSeconds) + 1n',
    to: 'ceilDiv(time - genesisTime, periodSeconds)',
    near: [`${UNIT}/beacon`],
  },
  {
    name: 'the seed of the next panel may be known when it is appealed to',
    file: `${CHALLENGE}/schedule.ts`,
    from: 'larger(fixed, nextUnknownRound(terms, call))',
    to: 'fixed',
    near: [`${UNIT}/ladder`],
  },
];

const timers: readonly Fault[] = [
  {
    name: 'a timer lost: a window begins without the timer that ends it',
    file: `${CHALLENGE}/rounds.ts`,
    from: 'effects: [...effects, wakeAt(deadline)],',
    to: 'effects,',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a timer left: the end of a challenge does not cancel it',
    file: `${CHALLENGE}/conclude.ts`,
    from: '      wakeAt(undefined),\n',
    to: '',
    near: [UNIT],
  },
  {
    name: 'a seat may be replaced once more than there are commit windows',
    file: `${CHALLENGE}/guards.ts`,
    from: 'attempt + 1 < terms.commitWindows',
    to: 'attempt < terms.commitWindows',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'the seed moves again and again',
    file: `${CHALLENGE}/rounds.ts`,
    from: 'seedRounds, seedMoved: true }',
    to: 'seedRounds }',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'more timers of a block than the parameters allow',
    file: 'src/actors/timers.ts',
    from: 'timers.length === limit ||',
    to: 'timers.length > limit ||',
    near: ['test/unit/actors'],
  },
];

const verdicts: readonly Fault[] = [
  {
    name: 'a quorum off by one: half of the seats uphold',
    file: `${CHALLENGE}/verdict.ts`,
    from: '(seats >> 1) + 1;',
    to: '(seats >> 1);',
    near: ['test/properties/disputes'],
  },
  {
    name: 'a quorum off by one: two thirds of the seats slash',
    file: `${CHALLENGE}/verdict.ts`,
    from: '(2n * BigInt(seats)) / 3n) + 1;',
    to: '(2n * BigInt(seats)) / 3n);',
    near: ['test/properties/disputes'],
  },
  {
    name: 'a seat that did not answer counts as rejecting',
    file: `${CHALLENGE}/relations.ts`,
    from: "outputHash: string): Stance => {\n    if (seat === undefined) return 'empty';",
    to: "outputHash: string): Stance => {\n    if (seat === undefined) return 'rejects';",
    near: [`${UNIT}/ladder`],
  },
  {
    name: 'rejecting seats convict though they agree with nobody',
    file: `${CHALLENGE}/verdict.ts`,
    from: "return groupsOf(relations, defendant).length > 0 ? 'faulty' : 'undecided';",
    to: "return 'faulty';",
    near: ['test/properties/disputes'],
  },
  {
    name: 'evidence is not proved: copied outputs can be opened',
    file: `${CHALLENGE}/chunk-opening.ts`,
    from: 'return output && evidence ?',
    to: 'return output ?',
    near: [`${UNIT}/dispute.test.ts`, `${UNIT}/tolerance`],
  },
  {
    name: 'a commitment opens with another answer',
    file: `${CHALLENGE}/guards.ts`,
    from: "ownsSeat('committed'), matchesCommitment)",
    to: "ownsSeat('committed'))",
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'anybody may commit for a seat',
    file: `${CHALLENGE}/guards.ts`,
    from: "mayCommit: guard('commit', inWindow, ownsSeat('drawn'))",
    to: "mayCommit: guard('commit', inWindow)",
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'opened chunks are never freed',
    file: `${CHALLENGE}/judgement.ts`,
    from: '      ...dropChunks(context, draw),\n',
    to: '',
    near: [`${UNIT}/tolerance`],
  },
  {
    name: 'a named chunk beyond the threshold counts as a drawn one',
    file: `${CHALLENGE}/marks.ts`,
    from: 'isNamed ? marks | NAMED_FAR : marks + 1',
    to: 'marks + 1',
    near: [`${UNIT}/tolerance`],
  },
];

export const DISPUTE_FAULTS: readonly Fault[] = [...openings, ...panels, ...timers, ...verdicts];
