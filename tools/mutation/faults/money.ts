// Faults in who pays whom, and in what answers for it (PROTOCOL §5, §6.3).
import type { Fault } from './fault.ts';

const CHALLENGE = 'src/machines/challenge';
const PROVIDER = 'src/machines/provider';
const ATTESTATION = 'src/machines/attestation';
const UNIT = 'test/unit/machines';

const settlements: readonly Fault[] = [
  {
    name: 'a rounding flipped: a slash is rounded down',
    file: `${CHALLENGE}/money.ts`,
    from: 'bpsCeil(baseNlux, rateOf(context))',
    to: 'bpsFloor(baseNlux, rateOf(context))',
    near: ['test/properties/disputes'],
  },
  {
    name: 'a rounding flipped: what is burned first is rounded down',
    file: `${CHALLENGE}/money.ts`,
    from: 'bpsCeil(slashedNlux, terms.slashBurnBps)',
    to: 'bpsFloor(slashedNlux, terms.slashBurnBps)',
    near: ['test/properties/disputes'],
  },
  {
    name: 'the reward of a challenger has no cap',
    file: `${CHALLENGE}/money.ts`,
    from: 'smaller(available - fromSlash, mostReward)',
    to: 'available - fromSlash',
    near: ['test/properties/disputes'],
  },
  {
    name: 'an unsubstantiated defendant brings its challenger a reward',
    file: `${CHALLENGE}/actions.ts`,
    from: '(isRewarded ? 0n : value)',
    to: '0n',
    near: [`${UNIT}/ladder/slashes.test.ts`, `${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a frivolous audit costs nothing',
    file: `${CHALLENGE}/money.ts`,
    from: "const isFrivolous = form === 'audit' && upheld > 0;",
    to: 'const isFrivolous = false;',
    near: ['test/properties/disputes', `${UNIT}/ladder/audits.test.ts`],
  },
  {
    name: 'a seat paid twice: every seat of the panel is paid, and its replacements',
    file: `${CHALLENGE}/conclude.ts`,
    from: "context.seats.filter(({ state }) => state === 'answered');",
    to: 'context.seats;',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a deposit not returned: that of an appeal that was won stays inside',
    file: `${CHALLENGE}/conclude.ts`,
    from: "        payAccount(appeal.appellant, 'appeal', appeal.depositNlux),",
    to: "        payAccount(appeal.appellant, 'appeal', 0n),",
    near: [`${UNIT}/ladder/appeals.test.ts`],
  },
  {
    name: 'the reserve of an audit goes not back to the pool',
    file: `${CHALLENGE}/conclude.ts`,
    from: "context.form === 'protocolAudit'\n      ? payAuditPool(settlement.bondBackNlux)",
    to: "context.form === 'audit'\n      ? payAuditPool(settlement.bondBackNlux)",
    near: [`${UNIT}/audit`],
  },
  {
    name: 'the challenger whose place is taken does not get its bond back',
    file: `${CHALLENGE}/open/take-over.ts`,
    from: "      ...payAccount(context.challenger, 'bond', context.bondNlux),\n",
    to: '',
    near: [`${UNIT}/take-over`],
  },
  {
    name: 'an appeal that changed a verdict is lost',
    file: `${CHALLENGE}/outcome.ts`,
    from: "VERDICT_OF[before[index] ?? 'none'] === verdict",
    to: "VERDICT_OF[before[index] ?? 'none'] !== undefined",
    near: [`${UNIT}/ladder/appeals.test.ts`],
  },
  {
    name: 'the deposit of a model that is removed is kept',
    file: 'src/machines/model/actions.ts',
    from: "[...payAccount(owner, 'deposit', depositNlux), emit(",
    to: '[emit(',
    near: [`${UNIT}/model`],
  },
];

const stakes: readonly Fault[] = [
  {
    name: 'a lock is not released',
    file: `${PROVIDER}/stake.ts`,
    from: 'lockedNlux: context.lockedNlux - lockNlux,',
    to: 'lockedNlux: context.lockedNlux,',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'locked stake stays free',
    file: `${PROVIDER}/actions.ts`,
    from: 'freeNlux: context.freeNlux - lockedNlux,\n      lockedNlux',
    to: 'freeNlux: context.freeNlux,\n      lockedNlux',
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a slash is taken twice: from the lock and again from free stake',
    file: `${PROVIDER}/stake.ts`,
    from: 'const wanted = slash.amountNlux - fromLock;',
    to: 'const wanted = slash.amountNlux;',
    near: [`${UNIT}/ladder/slashes.test.ts`],
  },
  {
    name: 'unbonding of the height of an attestation does not answer for it',
    file: `${PROVIDER}/stake.ts`,
    from: 'lot.height >= height ?',
    to: 'lot.height > height ?',
    near: [`${UNIT}/provider`, `${UNIT}/ladder/slashes.test.ts`, `${UNIT}/dispute.test.ts`],
  },
  {
    name: 'unbonding is over a block late',
    file: `${PROVIDER}/stake.ts`,
    from: 'lot.height + unbondingBlocks <= height',
    to: 'lot.height + unbondingBlocks < height',
    near: [`${UNIT}/life.test.ts`, `${UNIT}/provider`],
  },
  {
    name: 'stake is withdrawn while a challenge is open',
    file: `${PROVIDER}/guards.ts`,
    from: "mayWithdraw: guard('withdraw', noOpenChallenge, hasMaturedLot)",
    to: "mayWithdraw: guard('withdraw', hasMaturedLot)",
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'an exposure bucket chosen by inclusion, not by the end of the window',
    file: `${PROVIDER}/actions.ts`,
    from: 'addExposure(live, epochOf(windowEnd, parameters), valueNlux)',
    to: 'addExposure(live, epochOf(height, parameters), valueNlux)',
    near: [`${UNIT}/life.test.ts`, `${UNIT}/provider`],
  },
  {
    name: 'exposure counts locked stake as cover',
    file: `${PROVIDER}/guards.ts`,
    from: 'bpsFloor(context.freeNlux, parameters.exposureBps)',
    to: 'bpsFloor(activeStake(context), parameters.exposureBps)',
    near: [`${UNIT}/provider`],
  },
  {
    name: 'a tombstone leaves the weight in the sets of profiles',
    file: `${PROVIDER}/tombstone.ts`,
    from: '      ...goodbyes(context),\n',
    to: '',
    near: [`${UNIT}/provider`, `${UNIT}/equivocation`],
  },
  {
    name: 'stake that falls does not change the weight of a provider',
    file: `${PROVIDER}/actions.ts`,
    from: "slashActive: step('slash', active(slash)),",
    to: "slashActive: step('slash', slash),",
    near: [UNIT],
  },
  {
    name: 'the jail forgotten: a second missed seat is only fined',
    file: `${PROVIDER}/machine.ts`,
    from:
      "            { guard: 'isSecondNoShow', target: 'jailed', actions: 'jail' },\n" +
      "            { guard: 'penaltyFallsBelow'",
    to: "            { guard: 'penaltyFallsBelow'",
    near: [`${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a defendant is slashed as unsubstantiated every time',
    file: `${PROVIDER}/stake.ts`,
    from: 'unsubstantiatedAt > 0n &&',
    to: 'unsubstantiatedAt < 0n &&',
    near: [`${UNIT}/attacks.test.ts`, `${UNIT}/ladder/slashes.test.ts`],
  },
  {
    name: 'a key signs at the height of its end (key window)',
    file: `${PROVIDER}/keys.ts`,
    from: 'key.from <= height && height < key.until',
    to: 'key.from <= height && height <= key.until',
    near: [`${UNIT}/provider/rotation.test.ts`],
  },
];

const fees: readonly Fault[] = [
  {
    name: 'a refund twice: what was paid back is still owed to the payer',
    file: `${ATTESTATION}/fees.ts`,
    from: '...(asPayer > 0n ? [put(payers, account, undefined)] : []),',
    to: '...[],',
    near: [`${UNIT}/attestation`, `${UNIT}/life.test.ts`, `${UNIT}/dispute.test.ts`],
  },
  {
    name: 'a refund twice: the requester may take its fee again',
    file: `${ATTESTATION}/fees.ts`,
    from: 'requesterNlux: context.requesterNlux - asRequester,',
    to: 'requesterNlux: context.requesterNlux,',
    near: [`${UNIT}/life.test.ts`, `${UNIT}/attestation`],
  },
  {
    name: 'a fee is settled a block before the attestation is final',
    file: `${ATTESTATION}/fee-guards.ts`,
    from: 'height >= windowEnd ? undefined',
    to: 'height + 1n >= windowEnd ? undefined',
    near: [`${UNIT}/windows.test.ts`, `${UNIT}/life.test.ts`],
  },
  {
    name: 'base is not recomputed when somebody pays',
    file: `${ATTESTATION}/fees.ts`,
    from: 'const context = { ...paid, baseNlux: baseOf(valueOf(paid), call.parameters) };',
    to: 'const context = paid;',
    near: [`${UNIT}/attestation`, `${UNIT}/life.test.ts`],
  },
  {
    name: 'a ticket is drawn by a round that may be known when it is bought',
    file: `${ATTESTATION}/audit.ts`,
    from: 'roundAtOrAfter(source, paidAt + marginSeconds)',
    to: 'roundAtOrAfter(source, paidAt)',
    near: [`${UNIT}/attestation`, `${UNIT}/audit`],
  },
  {
    name: 'every payment of an account deposits for an audit anew',
    file: `${ATTESTATION}/fees.ts`,
    from: 'ticket === undefined ? ticketDeposit(before, call) : 0n',
    to: 'ticketDeposit(before, call)',
    near: [`${UNIT}/attestation`],
  },
];

export const MONEY_FAULTS: readonly Fault[] = [...settlements, ...stakes, ...fees];
