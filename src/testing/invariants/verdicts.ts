import { bpsCeil } from '../../machines/kit/integer.ts';
import { actorId } from '../../machines/kit/index.ts';
import { slashOf } from '../../machines/challenge/money.ts';
import type { Appeal, ChallengeContext } from '../../machines/challenge/record.ts';
import type { ChainView, Found } from '../view.ts';
import { type Fault, type StateInvariant, type StepInvariant, sum, unless } from './invariant.ts';

type Challenge = Found<'challenge'>;

const each = (check: (challenge: Challenge, view: ChainView) => readonly Fault[]) => {
  return (view: ChainView): readonly Fault[] =>
    view.all('challenge').flatMap((challenge) => check(challenge, view));
};

const depositsOf = (appeals: readonly Appeal[]): bigint =>
  sum(appeals.map(({ depositNlux }) => depositNlux));

/** What came in with a challenge and its appeals. */
const broughtTo = ({ bondNlux, appeals }: ChallengeContext): bigint =>
  bondNlux + depositsOf(appeals);

/** Bond and deposits rest with it until it is final; then all has gone, and adds up. */
const settlement = ({ id, record }: Challenge): readonly Fault[] => {
  const { state, balance, context } = record;
  const { settlement: of, slashedNlux } = context;
  if (state !== 'final') {
    const brought = broughtTo(context);
    return unless(
      of === undefined && balance === brought,
      () => `it holds ${balance} nLUX of ${brought}, and is not final`,
      id,
    );
  }
  const parts = of === undefined ? [] : Object.values(of);
  const given = slashedNlux + broughtTo(context);
  return unless(
    of !== undefined && balance === 0n && context.awaiting === 0 && sum(parts) === given,
    () => `${given} nLUX came in, ${sum(parts)} were given away, ${balance} are left`,
    id,
  );
};

/** The slash of each defendant, from what is stored of it alone. */
const mostSlash = (context: ChallengeContext): bigint => {
  const { wrongResultBps, unsubstantiatedBps } = context.terms;
  const highest = wrongResultBps.reduce((most, bps) => (bps > most ? bps : most), 0);
  return sum(
    context.defendants.map(({ verdict, baseNlux }) => {
      if (verdict === 'faulty') return bpsCeil(baseNlux, highest);
      return verdict === 'unsubstantiated' ? bpsCeil(baseNlux, unsubstantiatedBps) : 0n;
    }),
  );
};

const slashes = ({ id, record }: Challenge): readonly Fault[] => {
  const { context } = record;
  if (context.form === 'equivocation') return [];
  const asked = sum(context.defendants.map((defendant) => slashOf(context, defendant)));
  const most = mostSlash(context);
  return unless(
    context.slashedNlux <= asked && asked <= most,
    () => `it slashed ${context.slashedNlux} nLUX of ${asked}, and at most ${most} is due`,
    id,
  );
};

const rewards = ({ id, record: { context } }: Challenge): readonly Fault[] => {
  const { form, terms, settlement: of, slashedNlux, bondNlux, unrewardedNlux } = context;
  if (of === undefined) return [];
  const { rewardNlux } = of;
  if (form === 'equivocation') {
    return unless(
      rewardNlux <= terms.equivocationRewardNlux,
      () => `the reporter got ${rewardNlux} nLUX`,
      id,
    );
  }
  const share = BigInt(terms.challengerShareBps) * (slashedNlux - unrewardedNlux);
  const isWithin =
    rewardNlux * 10_000n <= share && rewardNlux <= bondNlux * BigInt(terms.challengerBondMultiple);
  return unless(isWithin, () => `the challenger got ${rewardNlux} nLUX of ${slashedNlux}`, id);
};

/** Re-runs are paid to who answered; who audits without cause loses the rest of the bond. */
const costs = ({ id, record: { context } }: Challenge): readonly Fault[] => {
  const { form, settlement: of, seats, defendants, rerunFeeNlux } = context;
  if (of === undefined) return [];
  const answered = BigInt(seats.filter(({ state }) => state === 'answered').length);
  const isFrivolous = form === 'audit' && defendants.some(({ verdict }) => verdict === 'valid');
  return [
    ...unless(
      of.rerunsNlux === answered * rerunFeeNlux,
      () => `${answered} seats answered, and re-runs got ${of.rerunsNlux} nLUX`,
      id,
    ),
    ...unless(
      !isFrivolous || of.bondBackNlux === 0n,
      () => `a frivolous audit got ${of.bondBackNlux} nLUX of its bond back`,
      id,
    ),
    ...unless(
      form !== 'protocolAudit' || of.rewardNlux === 0n,
      () => `an audit that nobody brought rewarded ${of.rewardNlux} nLUX`,
      id,
    ),
  ];
};

const HARMLESS: readonly string[] = ['valid', 'void', 'none'];

const harmless = ({ id, record: { context } }: Challenge): readonly Fault[] => {
  const areHarmless = context.defendants.every(({ verdict }) => HARMLESS.includes(verdict));
  return unless(
    !areHarmless || context.slashedNlux === 0n,
    () => `it slashed ${context.slashedNlux} nLUX, and nobody is faulty or unsubstantiated`,
    id,
  );
};

const proofs = ({ id, record }: Challenge, view: ChainView): readonly Fault[] => {
  const { form, comparator, defendants, ending } = record.context;
  if (form !== 'equivocation') return [];
  const [defendant] = defendants;
  const provider = view.actor(actorId('provider', defendant?.provider ?? ''));
  return unless(
    comparator.type === 'exact' && ending === 'equivocation' && provider?.state === 'tombstoned',
    () => `an equivocation under ${comparator.type} left its provider ${provider?.state}`,
    id,
  );
};

/** The end of an attestation in the state of its record. */
const ENDED = {
  none: 'disputed',
  valid: 'final',
  faulty: 'faulty',
  unsubstantiated: 'faulty',
  void: 'void',
} as const;

/** A verdict stands where its challenge gave it; nothing else gives one, and least of all a TEE. */
const verdicts = (view: ChainView): readonly Fault[] =>
  view.all('attestation').flatMap(({ id, record: { state, context } }) => {
    const { challengeId, verdict, attestationId } = context;
    if (/^0+$/.test(challengeId)) {
      return unless(verdict === 'none', () => `it is ${verdict} without a challenge`, id);
    }
    const by = actorId('challenge', challengeId);
    const challenge = view.actor(by)?.context;
    const found = challenge?.defendants.find(({ attestation }) => id.endsWith(attestation));
    const expected = found?.verdict ?? 'none';
    return unless(
      found !== undefined && verdict === expected && state === ENDED[verdict],
      () => `${attestationId} is ${state} with the verdict ${verdict}, and ${expected} was given`,
      id,
      by,
    );
  });

/** Once given, a verdict stays. */
const lasting: StepInvariant['check'] = ({ before, after }) =>
  before.all('attestation').flatMap(({ id, record: { context } }) => {
    const later = after.actor(id)?.context.verdict;
    return unless(
      context.verdict === 'none' || later === context.verdict,
      () => `its verdict ${context.verdict} became ${later}`,
      id,
    );
  });

export const verdictInvariants: readonly StateInvariant[] = [
  { id: 'I4', says: 'A slash is at most ⌈rate·base⌉ of its defendants.', check: each(slashes) },
  {
    id: 'I5',
    says: 'A challenge gives away exactly what came in, once it is final.',
    check: each(settlement),
  },
  { id: 'I8', says: 'A reward is within its share and its bonds.', check: each(rewards) },
  {
    id: 'I9',
    says: 'Re-runs are paid for answers; a frivolous audit gets nothing of its bond back.',
    check: each(costs),
  },
  { id: 'I10', says: 'Where all are valid or void nobody is slashed.', check: each(harmless) },
  {
    id: 'I13',
    says: 'An equivocation is proven under exact only, and tombstones its provider.',
    check: each(proofs),
  },
  { id: 'I21', says: 'A verdict comes from a challenge and from nothing else.', check: verdicts },
];

export const verdictSteps: readonly StepInvariant[] = [
  { id: 'I46', says: 'A verdict that was given does not change.', check: lasting },
];
