import { actorId } from '../../../../src/machines/kit/index.ts';
import type { ChallengeContext } from '../../../../src/machines/challenge/record.ts';
import { idOf } from './moves.ts';
import { PEOPLE, toNlux, type SpecMarket } from './spec-market.ts';
import type { SpecChallenge, SpecProvider, SpecWorld } from './trace.ts';

/**
 * The same picture of a state of the specification and of a state of the runtime: everything that
 * the specification speaks of, in the runtime's units. Seats and defendants are named by provider,
 * since their numbers follow from hashes.
 */

const byProvider = <T extends { readonly provider: string }>(list: readonly T[]): readonly T[] =>
  list.toSorted((a, b) => (a.provider < b.provider ? -1 : 1));

const providerOfSpec = (spec: SpecProvider) => ({
  state: spec.standing,
  freeNlux: toNlux(spec.free),
  lockedNlux: toNlux(spec.locked),
  lots: spec.lots.map(({ height, amount }) => ({
    height: BigInt(height),
    amountNlux: toNlux(amount),
  })),
  debtNlux: toNlux(spec.debt),
  openChallenges: spec.openChallenges,
  noShows: spec.noShows,
  lastNoShowAt: BigInt(spec.lastNoShowAt),
  jailedUntil: BigInt(spec.jailedUntil),
  unsubstantiatedAt: BigInt(spec.unsubstantiatedAt),
});

const challengeOfSpec = (spec: SpecChallenge) => {
  const isFinal = spec.phase === 'final';
  const { settlement } = spec;
  return {
    state: spec.phase,
    form: spec.form,
    openedAt: BigInt(spec.openedAt),
    // A final challenge has no window any more; the last one stays in the record.
    deadline: isFinal ? 0n : BigInt(spec.deadline),
    payloadPublished: spec.published,
    round: spec.round,
    attempt: spec.attempt,
    seedMoved: spec.seedMoved,
    defendants: byProvider(spec.defendants).map((each) => ({
      provider: each.provider,
      lockNlux: toNlux(each.lock),
      finding: each.finding,
      leastNlux: toNlux(each.least),
      verdict: each.verdict,
    })),
    seats: byProvider(spec.seats).map(({ provider, round, attempt, state, stray }) => ({
      provider,
      round,
      attempt,
      state,
      stray,
    })),
    depositsNlux: spec.appeals.map(({ deposit }) => toNlux(deposit)),
    slashedNlux: toNlux(spec.slashed),
    ending: spec.ending,
    settlement: isFinal
      ? {
          burnedNlux: toNlux(settlement.burned),
          rerunsNlux: toNlux(settlement.reruns),
          rewardNlux: toNlux(settlement.reward),
          bondBackNlux: toNlux(settlement.bondBack),
          upheldNlux: toNlux(settlement.upheld),
          appealsBackNlux: toNlux(settlement.appealsBack),
        }
      : undefined,
  };
};

export const pictureOfSpec = (world: SpecWorld) => ({
  height: BigInt(world.height),
  providers: Object.fromEntries(
    [...world.providers].map(([name, provider]) => [name, providerOfSpec(provider)]),
  ),
  attestations: Object.fromEntries(
    [...world.attestations].map(([key, { state, height }]) => [
      key,
      { state, height: BigInt(height) },
    ]),
  ),
  challenges: world.challenges.map(challengeOfSpec),
  wallets: Object.fromEntries([...world.wallets].map(([who, units]) => [who, toNlux(units)])),
  burnedNlux: toNlux(world.burned),
  supplyChange: 0n,
});

const providerOf = (market: SpecMarket, name: string) => {
  const record = market.actor(market.provider(name));
  if (record === undefined) throw new Error(`${name} is not registered`);
  const { context, state } = record;
  const { freeNlux, lockedNlux, lots, debtNlux, openChallenges, noShows } = context;
  const { lastNoShowAt, jailedUntil, unsubstantiatedAt } = context;
  const stake = { freeNlux, lockedNlux, lots, debtNlux, openChallenges };
  return { state, ...stake, noShows, lastNoShowAt, jailedUntil, unsubstantiatedAt };
};

const partiesOf = (market: SpecMarket, { defendants, seats }: ChallengeContext) => ({
  defendants: byProvider(
    defendants.map(({ provider, lockNlux, finding, leastNlux, verdict }) => ({
      provider: market.nameOf(provider),
      lockNlux,
      finding,
      leastNlux,
      verdict,
    })),
  ),
  seats: byProvider(
    seats.map(({ provider, round, attempt, state, stray }) => ({
      provider: market.nameOf(provider),
      round,
      attempt,
      state,
      stray,
    })),
  ),
});

const challengeOf = (market: SpecMarket, spec: SpecChallenge) => {
  const record = market.actor(idOf(market, spec));
  if (record === undefined) throw new Error('a challenge of the specification is not open');
  const { context, state } = record;
  const { form, openedAt, payloadPublished, round, attempt, seedMoved } = context;
  const { slashedNlux, ending, settlement } = context;
  return {
    state,
    form,
    openedAt,
    deadline: state === 'final' ? 0n : context.deadline,
    payloadPublished,
    round,
    attempt,
    seedMoved,
    ...partiesOf(market, context),
    depositsNlux: context.appeals.map(({ depositNlux }) => depositNlux),
    slashedNlux,
    ending,
    settlement,
  };
};

/** Of the runtime, what `pictureOfSpec` shows of the specification. */
export const pictureOf = (market: SpecMarket, world: SpecWorld) => ({
  height: market.height,
  providers: Object.fromEntries(market.providers.map((name) => [name, providerOf(market, name)])),
  attestations: Object.fromEntries(
    [...world.attestations.keys()].map((key) => {
      const [name = '', claim = ''] = key.split('/');
      const { slot } = market.attestationAt(name, Number(claim));
      const record = market.actor(actorId('attestation', slot));
      return [key, { state: record?.state, height: record?.context.height }];
    }),
  ),
  challenges: world.challenges.map((spec) => challengeOf(market, spec)),
  wallets: Object.fromEntries([
    ...market.providers.map((name) => [name, market.gainOf(market.ownerName(name))] as const),
    ...Object.entries(PEOPLE).map(([role, name]) => [role, market.gainOf(name)] as const),
  ]),
  burnedNlux: market.burnedNlux,
  supplyChange: market.supplyChange,
});
