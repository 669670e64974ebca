// A second look at the machines: what an adversary would try who had read the first lists.
import type { Fault } from './fault.ts';

const MACHINES = 'src/machines';
const UNIT = 'test/unit/machines';
const LADDER = [`${UNIT}/dispute.test.ts`, `${UNIT}/ladder`];

const requests: readonly Fault[] = [
  {
    name: 'a request is refunded a block before it expires',
    file: `${MACHINES}/request/guards.ts`,
    from: "height >= expiresAt ? undefined : because('not-expired'",
    to: "height + 1n >= expiresAt ? undefined : because('not-expired'",
    near: [`${UNIT}/request`, `${UNIT}/life.test.ts`],
  },
  {
    name: 'a request may not last as long as the parameters allow',
    file: `${MACHINES}/request/guards.ts`,
    from: 'expiresAt <= latest',
    to: 'expiresAt < latest',
    near: [`${UNIT}/request`, `${UNIT}/life.test.ts`],
  },
  {
    name: 'the value that a request declares is not covered by stake',
    file: `${MACHINES}/request/guards.ts`,
    from: 'larger(call.value, declaredValueNlux)',
    to: 'larger(call.value, call.value)',
    near: [`${UNIT}/request`, `${UNIT}/life.test.ts`],
  },
  {
    name: 'a request is fulfilled with an answer to another payload',
    file: `${MACHINES}/attestation/guards.ts`,
    from: 'context.payloadHash === payloadHash',
    to: 'context.payloadHash.length === payloadHash.length',
    near: [`${UNIT}/request`, `${UNIT}/life.test.ts`, `${UNIT}/attestation`],
  },
  {
    name: 'a timestamp just at the end of its skew is refused',
    file: `${MACHINES}/attestation/guards.ts`,
    from: 'timestamp <= latest',
    to: 'timestamp < latest',
    near: [`${UNIT}/request`, `${UNIT}/life.test.ts`, `${UNIT}/attestation`],
  },
  {
    name: 'an attestation counts as enforceable with nobody left for its last panel',
    file: `${MACHINES}/attestation/guards.ts`,
    from: 'last + 2 + drawnBefore',
    to: 'last + 2',
    near: [`${UNIT}/request`, `${UNIT}/life.test.ts`, `${UNIT}/attestation`],
  },
];

const roundings: readonly Fault[] = [
  {
    name: 'a rounding flipped: the penalty of who does not commit is rounded down',
    file: `${MACHINES}/challenge/money.ts`,
    from: 'bpsCeil(minimumStakeNlux, terms.noShowBps)',
    to: 'bpsFloor(minimumStakeNlux, terms.noShowBps)',
    near: [`${UNIT}/challenge`, 'test/properties/disputes', ...LADDER],
  },
  {
    name: 'a rounding flipped: the penalty of a seat is rounded down',
    file: `${MACHINES}/challenge/money.ts`,
    from: 'bpsCeil(minimumStakeNlux, terms.seatPenaltyBps)',
    to: 'bpsFloor(minimumStakeNlux, terms.seatPenaltyBps)',
    near: [`${UNIT}/challenge`, 'test/properties/disputes', ...LADDER],
  },
  {
    name: 'a rounding flipped: the slash of who stays silent is rounded down',
    file: `${MACHINES}/challenge/money.ts`,
    from: 'bpsCeil(baseNlux, terms.unsubstantiatedBps)',
    to: 'bpsFloor(baseNlux, terms.unsubstantiatedBps)',
    near: [`${UNIT}/challenge`, 'test/properties/disputes', ...LADDER],
  },
  {
    name: 'a rounding flipped: the reward for two answers is rounded up',
    file: `${MACHINES}/challenge/money.ts`,
    from: 'bpsFloor(slashNlux, terms.equivocationRewardBps)',
    to: 'bpsCeil(slashNlux, terms.equivocationRewardBps)',
    near: [`${UNIT}/challenge`, `${UNIT}/equivocation`],
  },
  {
    name: 'a rounding flipped: a lock is rounded down',
    file: `${MACHINES}/challenge/open/begin.ts`,
    from: 'bpsCeil(baseNlux, context.terms.lockBps)',
    to: '(baseNlux * BigInt(context.terms.lockBps)) / 10_000n',
    near: [`${UNIT}/challenge`, ...LADDER],
  },
];

const disputes: readonly Fault[] = [
  {
    name: 'the seed of a later panel cannot move once that of an earlier one has',
    file: `${MACHINES}/challenge/rounds.ts`,
    from: '    seedMoved: false,\n',
    to: '',
    near: [`${UNIT}/challenge`, ...LADDER],
  },
  {
    name: 'chunks that an appeal names are not compared',
    file: `${MACHINES}/challenge/rounds.ts`,
    from: 'named: withNamed(context.named, named),',
    to: 'named: withNamed(context.named, []),',
    near: [`${UNIT}/challenge`, `${UNIT}/tolerance`, ...LADDER],
  },
  {
    name: 'a seat that stays silent is fined again in every later window',
    file: `${MACHINES}/challenge/commit.ts`,
    from: "each.round === context.round && each.state === 'drawn';",
    to: "each.round === context.round && ['drawn', 'silent'].includes(each.state);",
    near: LADDER,
  },
  {
    name: 'a payload of the largest size cannot be published',
    file: `${MACHINES}/challenge/publication.ts`,
    from: 'if (payload.length > context.payloadBytes)',
    to: 'if (payload.length >= context.payloadBytes)',
    near: [`${UNIT}/challenge`, ...LADDER],
  },
  {
    name: 'an appeal is lost though no panel could hear it',
    file: `${MACHINES}/challenge/outcome.ts`,
    from: 'seats.some(({ round }) => round === appeal.round + 1)',
    to: 'seats.some(({ round }) => round <= appeal.round + 1)',
    near: LADDER,
  },
  {
    name: 'a panel with exactly half of the stake does not sit',
    file: `${MACHINES}/selection/panel.ts`,
    from: 'total * WHOLE_BPS >= population.total',
    to: 'total * WHOLE_BPS > population.total',
    near: ['test/properties/selection'],
  },
  {
    name: 'a draw at the beginning of an excluded interval falls into it',
    file: `${MACHINES}/selection/population.ts`,
    from: 'point >= from ? point + weight : point',
    to: 'point > from ? point + weight : point',
    near: ['test/properties/selection'],
  },
];

const ownership: readonly Fault[] = [
  {
    name: 'anybody appends a measurement to a profile',
    file: `${MACHINES}/profile/guards.ts`,
    from: "guard('appendMeasurement', fromCreator, takesMeasurement)",
    to: "guard('appendMeasurement', takesMeasurement)",
    near: [`${UNIT}/profile`, `${UNIT}/tee`],
  },
  {
    name: 'a profile is removed a block before nobody can ask for it',
    file: `${MACHINES}/profile/guards.ts`,
    from: 'return height >= at ? undefined',
    to: 'return height + 1n >= at ? undefined',
    near: [`${UNIT}/profile`],
  },
  {
    name: 'a fee for re-runs may be nothing',
    file: `${MACHINES}/profile/guards.ts`,
    from: 'fee > 0n && fee <= most',
    to: 'fee >= 0n && fee <= most',
    near: [`${UNIT}/profile`],
  },
  {
    name: 'a model is removed while it has profiles',
    file: `${MACHINES}/model/guards.ts`,
    from: "guard('remove', fromOwner, withoutProfiles)",
    to: "guard('remove', fromOwner)",
    near: [`${UNIT}/model`],
  },
  {
    name: 'whoever wants a model takes it',
    file: `${MACHINES}/model/guards.ts`,
    from: "guard('accept', isOffered)",
    to: "guard('accept')",
    near: [`${UNIT}/model`],
  },
  {
    name: 'anybody withdraws an announcement',
    file: `${MACHINES}/announcement/machine.ts`,
    from: "guard('withdraw', fromAnnouncer)",
    to: "guard('withdraw')",
    near: [`${UNIT}/announcement`],
  },
  {
    name: 'a tombstone takes what was unbonding before the answer was given',
    file: `${MACHINES}/provider/tombstone.ts`,
    from: 'takeWhole(context, height)',
    to: 'takeWhole(context, height - height)',
    near: [`${UNIT}/provider`, `${UNIT}/equivocation`],
  },
  {
    name: 'who leaves the jail is a seat away from it again',
    file: `${MACHINES}/provider/actions.ts`,
    from: 'jailedUntil: 0n, noShows: 0, lastNoShowAt: 0n }',
    to: 'jailedUntil: 0n }',
    near: [`${UNIT}/provider`, ...LADDER],
  },
];

export const RULE_FAULTS: readonly Fault[] = [...requests, ...roundings, ...disputes, ...ownership];
