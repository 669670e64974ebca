// Faults in what a genesis and a change of parameters must keep to (PROTOCOL §6.3, §8, §9).
import type { Fault } from './fault.ts';

const PARAMETERS = 'src/machines/parameters';
const RELATIONS = `${PARAMETERS}/relations`;
const UNIT = ['test/unit/machines/parameters'];

const relations: readonly Fault[] = [
  {
    name: 'unbonding need not be twice as long as judgement: U ≥ W + D',
    file: `${RELATIONS}/windows.ts`,
    from: 'p.unbondingBlocks >= 2n * judgedWithin(p)',
    to: 'p.unbondingBlocks >= judgedWithin(p)',
    near: UNIT,
  },
  {
    name: 'evidence may be as old as unbonding takes',
    file: `${RELATIONS}/windows.ts`,
    from: 'p.evidenceAgeBlocks < p.unbondingBlocks',
    to: 'p.evidenceAgeBlocks <= p.unbondingBlocks',
    near: UNIT,
  },
  {
    name: 'evidence may expire before the last verdict',
    file: `${RELATIONS}/windows.ts`,
    from: 'p.evidenceAgeBlocks >= judgedWithin(p)',
    to: 'p.evidenceAgeBlocks >= p.windowBlocks',
    near: UNIT,
  },
  {
    name: 'the longest challenge has one appeal too few',
    file: `${PARAMETERS}/schedule.ts`,
    from: 'rounds > 0n ? rounds - 1n : 0n',
    to: 'rounds > 1n ? rounds - 2n : 0n',
    near: UNIT,
  },
  {
    name: 'the longest challenge counts each seed once though it may move',
    file: `${PARAMETERS}/schedule.ts`,
    from: '2n * terms.seedBlocks',
    to: 'terms.seedBlocks',
    near: UNIT,
  },
  {
    name: 'a bond covers a ladder but one seat of its audits',
    file: `${RELATIONS}/money.ts`,
    from: '(seatsOf(auditPanels) + 1) >> 1',
    to: 'seatsOf(auditPanels) >> 2',
    near: UNIT,
  },
  {
    name: 'the penalty of a seat may be as low as the fee for its work',
    file: `${RELATIONS}/money.ts`,
    from: 'const LEAST_PENALTY_FEES = 2;',
    to: 'const LEAST_PENALTY_FEES = 1;',
    near: UNIT,
  },
  {
    name: 'silence may be cheaper than a wrong answer',
    file: `${RELATIONS}/panels.ts`,
    from: 'dispute.unsubstantiatedBps >= topRate(dispute)',
    to: 'dispute.unsubstantiatedBps >= (dispute.wrongResultBps[0] ?? 0)',
    near: UNIT,
  },
  {
    name: 'a lock need not cover the slash of who stays silent',
    file: `${RELATIONS}/panels.ts`,
    from: 'dispute.lockBps >= highestSlash(dispute)',
    to: 'dispute.lockBps >= topRate(dispute)',
    near: UNIT,
  },
  {
    name: 'the bound on exposure forgets panels that acquit',
    file: `${PARAMETERS}/deterrence.ts`,
    from: 'subtract(subtract(ONE, convicts), acquits)',
    to: 'subtract(ONE, convicts)',
    near: UNIT,
  },
  {
    name: 'the bound on exposure leaves the share of challengers out',
    file: `${PARAMETERS}/deterrence.ts`,
    from: 'multiply(subtract(ONE, fromBps(dispute.challengerShareBps)), slash)',
    to: 'slash',
    near: UNIT,
  },
  {
    name: 'a share may be more than the whole',
    file: `${RELATIONS}/limits.ts`,
    from: '(v) => v <= 10_000n',
    to: '(v) => v <= 10_001n',
    near: UNIT,
  },
  {
    name: 'windows may shrink under challenges that are open',
    file: `${RELATIONS}/succession.ts`,
    from: 'next.evidenceAgeBlocks >= judgedWithin(current)',
    to: 'next.evidenceAgeBlocks >= judgedWithin(next)',
    near: UNIT,
  },
  {
    name: 'a genesis takes a beacon whose round comes as its window ends',
    file: 'src/genesis/check.ts',
    from: 'return waits > comes ?',
    to: 'return waits >= comes ?',
    near: ['test/unit/genesis'],
  },
  {
    name: 'mainnet may turn platforms out of date at once',
    file: 'src/genesis/check.ts',
    from: 'noticeSeconds >= MAINNET_NOTICE_SECONDS',
    to: 'noticeSeconds >= 0n',
    near: ['test/unit/genesis'],
  },
];

const changes: readonly Fault[] = [
  {
    name: 'a proposal brings the notice period that it is judged by',
    file: `${PARAMETERS}/actions.ts`,
    from: 'height + context.current.noticeBlocks',
    to: 'height + parameters.noticeBlocks',
    near: UNIT,
  },
  {
    name: 'a change is enacted a block before its notice is over',
    file: `${PARAMETERS}/guards.ts`,
    from: 'height >= pending.enactableAt',
    to: 'height + 1n >= pending.enactableAt',
    near: UNIT,
  },
  {
    name: 'anybody proposes parameters',
    file: `${PARAMETERS}/guards.ts`,
    from: "guard('propose', fromAuthority, proposesSound)",
    to: "guard('propose', proposesSound)",
    near: UNIT,
  },
  {
    name: 'a proposal is not compared with the parameters in force',
    file: `${PARAMETERS}/guards.ts`,
    from: '[...checkRelations(next), ...checkSuccession(current, next)]',
    to: '[...checkRelations(next), ...checkSuccession(next, next)]',
    near: UNIT,
  },
  {
    name: 'what was proposed under other rules is enacted without a second look',
    file: `${PARAMETERS}/guards.ts`,
    from: "guard('enact', noticeOver, staysSound)",
    to: "guard('enact', noticeOver)",
    near: UNIT,
  },
];

export const PARAMETER_FAULTS: readonly Fault[] = [...relations, ...changes];
