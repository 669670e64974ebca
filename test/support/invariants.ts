import { expect } from 'vitest';
import type { ActorId } from '../../src/machines/kit/index.ts';
import type { RecordOf } from '../../src/actors/index.ts';
import type { Market } from './market.ts';

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

const providers = (market: Market) => market.all('provider') as readonly RecordOf<'provider'>[];
const challenges = (market: Market) => market.all('challenge') as readonly RecordOf<'challenge'>[];

/** I1: balances add up to the supply, and each provider's to its parts. */
const money = (market: Market, supply: bigint): void => {
  expect(market.supply()).toBe(supply);
  for (const { balance, context } of providers(market)) {
    const lots = sum(context.lots.map(({ amountNlux }) => amountNlux));
    expect(balance).toBe(context.freeNlux + context.lockedNlux + lots);
    expect(context.debtNlux).toBeLessThanOrEqual(context.lockedNlux);
  }
  for (const { balance, context } of market.all(
    'attestation',
  ) as readonly RecordOf<'attestation'>[]) {
    expect(balance).toBe(context.escrowNlux);
  }
};

/** I3: what is locked is what open challenges have locked. */
const locks = (market: Market): void => {
  const open = challenges(market).filter(({ state }) => state !== 'final');
  for (const name of market.providers) {
    const record = market.actor(market.provider(name));
    if (record === undefined) continue;
    const held = open.flatMap(({ context }) =>
      context.defendants.filter(({ provider }) => provider === market.address(name)),
    );
    expect(record.context.lockedNlux).toBe(sum(held.map(({ lockNlux }) => lockNlux)));
    expect(record.context.openChallenges).toBe(held.length);
  }
};

/** What came in with a challenge and its appeals. */
const broughtTo = ({ context }: RecordOf<'challenge'>): bigint =>
  context.bondNlux + sum(context.appeals.map(({ depositNlux }) => depositNlux));

/**
 * I34, I35: a challenge that is not final has a timer, and the money that came with it; one that is
 * has neither. Timers are late only where a block had more than it may deliver (I54).
 */
const timers = (market: Market): void => {
  const isLate = market.lastBegin?.carriedOver === true;
  for (const challenge of challenges(market)) {
    const { state, context, wakeAt, balance } = challenge;
    if (state === 'final') {
      expect([wakeAt, balance]).toEqual([undefined, 0n]);
    } else {
      expect([wakeAt, balance]).toEqual([context.deadline, broughtTo(challenge)]);
      if (!isLate) expect(context.deadline).toBeGreaterThan(market.height);
    }
  }
};

/** I5, I8: a settlement gives away exactly what came in; rewards are within their bounds. */
const settlements = (market: Market): void => {
  for (const challenge of challenges(market)) {
    const { state, context } = challenge;
    const { form, terms, settlement, slashedNlux, bondNlux } = context;
    expect(settlement !== undefined).toBe(state === 'final');
    if (settlement === undefined) continue;
    const parts = Object.values(settlement);
    expect(parts.every((part) => part >= 0n)).toBe(true);
    expect(sum(parts)).toBe(slashedNlux + broughtTo(challenge));
    expect(context.awaiting).toBe(0);
    expect(context.defendants.every(({ verdict }) => verdict !== 'none')).toBe(true);
    const { rewardNlux } = settlement;
    if (form === 'equivocation') {
      const shareBps = BigInt(terms.equivocationRewardBps);
      expect(rewardNlux).toBeLessThanOrEqual(terms.equivocationRewardNlux);
      expect(rewardNlux * 10_000n).toBeLessThanOrEqual(slashedNlux * shareBps);
    } else {
      const shareBps = BigInt(terms.challengerShareBps);
      expect(rewardNlux * 10_000n).toBeLessThanOrEqual(slashedNlux * shareBps);
      expect(rewardNlux).toBeLessThanOrEqual(bondNlux * BigInt(terms.challengerBondMultiple));
    }
  }
};

/** I22: nobody sits twice in a challenge, one seat per owner, and no party among them. */
const seating = (market: Market): void => {
  for (const { context } of challenges(market)) {
    const owners = context.seats.map(({ owner }) => owner);
    expect(new Set(owners).size).toBe(owners.length);
    const excluded = [...context.excluded, context.challenger];
    for (const { owner, provider } of context.seats) {
      expect(excluded.includes(owner) || excluded.includes(provider)).toBe(false);
    }
  }
};

/** The stake set of a profile is exactly its members' announced weights. */
const weights = (market: Market, profile: ActorId<'profile'>): void => {
  const record = market.actor(profile);
  if (record === undefined) return;
  const serving = providers(market).filter(({ context }) =>
    context.served.some(({ profileHash }) => `profile:${profileHash}` === profile),
  );
  expect(record.context.members).toBe(serving.length);
  const total = sum(serving.map(({ context }) => context.weightNlux));
  expect(record.context.live.weightNlux).toBe(total);
  for (const { state, context } of providers(market)) {
    const staked = context.freeNlux + context.lockedNlux;
    expect(context.weightNlux).toBe(state === 'active' ? staked : 0n);
    if (state === 'active') {
      expect(staked).toBeGreaterThanOrEqual(market.parameters.minimumStakeNlux);
    }
  }
};

/** Every safety invariant that can be seen in a state. */
export const expectSound = (market: Market, supply: bigint, profile: ActorId<'profile'>): void => {
  money(market, supply);
  locks(market);
  timers(market);
  settlements(market);
  seating(market);
  weights(market, profile);
};
