// What attestations and challenges do to the stake of a provider (PROTOCOL §5, §6.3).
import { epochOf } from './chain.ts';
import type { World } from './chain.ts';
import { noticeEnd, settleState } from './providers.ts';
import { least, shareDown, total } from './rules.ts';
import type { Provider } from './state.ts';

/** Value that pending attestations of a provider may be worth in all (PROTOCOL §5). */
export const fitsExposure = (world: World, of: Provider, value: bigint): boolean => {
  const now = epochOf(world, world.state.height);
  const live = of.exposure.filter(({ epoch }) => epoch >= now);
  const sum = total(live.map(({ valueNlux }) => valueNlux)) + value;
  return sum <= shareDown(of.freeNlux, world.rules.exposureBps);
};

export const expose = (world: World, of: Provider, value: bigint, windowEnd: bigint): void => {
  if (value === 0n) return;
  const now = epochOf(world, world.state.height);
  const epoch = epochOf(world, windowEnd);
  const live = of.exposure.filter((bucket) => bucket.epoch >= now && bucket.epoch !== epoch);
  const same = of.exposure.find((bucket) => bucket.epoch === epoch)?.valueNlux ?? 0n;
  of.exposure = [...live, { epoch, valueNlux: same + value }].sort((a, b) =>
    Number(a.epoch - b.epoch),
  );
};

export const lock = (of: Provider, amount: bigint): bigint => {
  const locked = least(amount, of.freeNlux);
  of.freeNlux -= locked;
  of.lockedNlux += locked;
  of.openChallenges += 1;
  return locked;
};

/** A lock is released: what other slashes are owed is burned, the rest is free. */
const release = (world: World, of: Provider, amount: bigint): void => {
  const owed = least(of.debtNlux, amount);
  of.lockedNlux -= amount;
  of.debtNlux -= owed;
  of.freeNlux += amount - owed;
  world.state.burned += owed;
};

export const unlock = (world: World, of: Provider, amount: bigint): void => {
  release(world, of, amount);
  of.openChallenges -= 1;
  settleState(world, of);
};

/** From what unbonds since a height, the youngest first. */
const takeLots = (of: Provider, wanted: bigint, since: bigint): bigint => {
  let taken = 0n;
  for (const lot of [...of.lots].reverse()) {
    if (lot.height < since) continue;
    const part = least(lot.amountNlux, wanted - taken);
    lot.amountNlux -= part;
    taken += part;
  }
  of.lots = of.lots.filter(({ amountNlux }) => amountNlux > 0n);
  return taken;
};

const takeFree = (of: Provider, wanted: bigint): bigint => {
  const taken = least(of.freeNlux, wanted);
  of.freeNlux -= taken;
  return taken;
};

interface Slash {
  readonly amount: bigint;
  /** Taken even where silence is spared. */
  readonly least: bigint;
  readonly lock: bigint;
  readonly height: bigint;
  readonly isUnsubstantiated: boolean;
}

/** Lock, free stake, liable unbonding, other locks as they are released (PROTOCOL §5). */
export const slash = (world: World, of: Provider, by: Slash): bigint => {
  const { height } = world.state;
  const { unsubstantiatedOncePerBlocks } = world.rules.dispute;
  const wasSilent =
    of.unsubstantiatedAt > 0n && height < of.unsubstantiatedAt + unsubstantiatedOncePerBlocks;
  const isSpared = by.isUnsubstantiated && wasSilent;
  if (by.isUnsubstantiated && !isSpared) of.unsubstantiatedAt = height;
  const wanted = isSpared ? by.least : by.amount;
  let taken = least(wanted, by.lock);
  of.lockedNlux -= taken;
  release(world, of, by.lock - taken);
  taken += takeFree(of, wanted - taken);
  taken += takeLots(of, wanted - taken, by.height);
  of.debtNlux = least(of.debtNlux + wanted - taken, of.lockedNlux);
  of.openChallenges -= 1;
  settleState(world, of);
  return taken;
};

/** A seat that did not do its work (PROTOCOL §6.3). */
export const penalize = (
  world: World,
  of: Provider,
  amount: bigint,
  isNoShow: boolean,
  since: bigint,
): void => {
  const { height } = world.state;
  const fromFree = takeFree(of, amount);
  // What was staked when the epoch began has been drawn from, and answers for the seat.
  const boundary = epochOf(world, since) * world.rules.epochBlocks;
  world.state.burned += fromFree + takeLots(of, amount - fromFree, boundary);
  if (isNoShow) {
    const { noShowWindowBlocks, unjailBlocks } = world.rules;
    const isSecond = of.noShows > 0 && height < of.lastNoShowAt + noShowWindowBlocks;
    of.noShows = isSecond ? 2 : 1;
    of.lastNoShowAt = height;
    if (isSecond && (of.state === 'active' || of.state === 'inactive')) {
      of.state = 'jailed';
      of.jailedUntil = height + unjailBlocks;
    }
  }
  settleState(world, of);
};

/** It could not run the profile: the second time in an epoch it gives notice. */
export const decline = (world: World, of: Provider, profileHash: string): void => {
  const { height } = world.state;
  const place = of.served.find((each) => each.profileHash === profileHash);
  if (place === undefined) return;
  const { declinedAt } = place;
  const isSecond = declinedAt > 0n && epochOf(world, declinedAt) === epochOf(world, height);
  place.declinedAt = height;
  if (isSecond && place.leavesAt === 0n) place.leavesAt = noticeEnd(world);
};

/** What a proof of two answers would take now. */
export const takeable = (of: Provider, since: bigint): bigint =>
  of.freeNlux +
  total(of.lots.filter(({ height }) => height >= since).map(({ amountNlux }) => amountNlux));

export const tombstone = (world: World, of: Provider, since: bigint): bigint => {
  const taken = takeable(of, since);
  of.freeNlux = 0n;
  of.lots = of.lots.filter(({ height }) => height < since);
  of.debtNlux = of.lockedNlux;
  of.served = [];
  of.state = 'tombstoned';
  if (of.tombstonedAt === 0n) of.tombstonedAt = world.state.height;
  return taken;
};
