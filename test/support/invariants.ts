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

/** I34, I35: a challenge that is not final has a timer; one that is has none, and no money. */
const timers = (market: Market): void => {
  for (const { state, context, wakeAt, balance } of challenges(market)) {
    if (state === 'final') {
      expect([wakeAt, balance]).toEqual([undefined, 0n]);
    } else {
      expect(wakeAt).toBe(context.deadline);
      expect(context.deadline).toBeGreaterThan(market.height);
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
  weights(market, profile);
};
