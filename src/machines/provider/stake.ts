import { actorId } from '../kit/address.ts';
import { send } from '../kit/effect.ts';
import { smaller } from '../kit/integer.ts';
import type { Applied } from '../kit/step.ts';
import type { Parameters } from '../parameters/record.ts';
import type { ProviderContext } from './record.ts';

/** Free and locked: what counts as staked. Unbonding stake is liable, not staked. */
export const activeStake = ({ freeNlux, lockedNlux }: ProviderContext): bigint =>
  freeNlux + lockedNlux;

/** Sets the weight and tells the profiles that keep it in their sets (PROTOCOL §6.1). */
export const reweigh = (context: ProviderContext, weightNlux: bigint): Applied<ProviderContext> => {
  if (weightNlux === context.weightNlux) return { context, effects: [] };
  const message = { type: 'setWeight', owner: context.owner, weightNlux } as const;
  return {
    context: { ...context, weightNlux },
    effects: context.served.map(({ profileHash }) =>
      send(actorId('profile', profileHash), message),
    ),
  };
};

export interface Taken {
  readonly context: ProviderContext;
  readonly takenNlux: bigint;
}

/** Takes from lots of `height` and later, the youngest first. */
const takeFromLots = (context: ProviderContext, wantedNlux: bigint, height: bigint): Taken => {
  let left = wantedNlux;
  const lots = context.lots.toReversed().map((lot) => {
    const part = lot.height >= height ? smaller(left, lot.amountNlux) : 0n;
    left -= part;
    return { ...lot, amountNlux: lot.amountNlux - part };
  });
  const remaining = lots.toReversed().filter(({ amountNlux }) => amountNlux > 0n);
  return { context: { ...context, lots: remaining }, takenNlux: wantedNlux - left };
};

/**
 * Releases a lock: what other slashes still owe is paid out of it first (to burn), the rest is
 * free again.
 */
export const releaseLock = (context: ProviderContext, lockNlux: bigint): Taken => {
  const owed = smaller(context.debtNlux, lockNlux);
  return {
    context: {
      ...context,
      lockedNlux: context.lockedNlux - lockNlux,
      freeNlux: context.freeNlux + lockNlux - owed,
      debtNlux: context.debtNlux - owed,
    },
    takenNlux: owed,
  };
};

/** What a slash took, and what other slashes' debts took of the lock that it released. */
export interface Slashed extends Taken {
  readonly owedNlux: bigint;
}

/**
 * The order of PROTOCOL §5: the challenge's own lock, free stake, liable unbonding, then other
 * locks as they are released (a debt); never more than the stake.
 */
export const takeSlash = (
  before: ProviderContext,
  slash: { readonly amountNlux: bigint; readonly lockNlux: bigint; readonly height: bigint },
): Slashed => {
  const fromLock = smaller(slash.amountNlux, slash.lockNlux);
  const kept = { ...before, lockedNlux: before.lockedNlux - fromLock };
  const released = releaseLock(kept, slash.lockNlux - fromLock);
  const wanted = slash.amountNlux - fromLock;
  const fromFree = smaller(wanted, released.context.freeNlux);
  const paid = { ...released.context, freeNlux: released.context.freeNlux - fromFree };
  const lots = takeFromLots(paid, wanted - fromFree, slash.height);
  const takenNlux = fromLock + fromFree + lots.takenNlux;
  const owed = lots.context.debtNlux + slash.amountNlux - takenNlux;
  const debtNlux = smaller(owed, lots.context.lockedNlux);
  const context = { ...lots.context, debtNlux };
  return { context, takenNlux, owedNlux: released.takenNlux };
};

/**
 * Takes the whole stake: what is free, and lots of `height` and later. What is locked is owed, so
 * that `releaseLock` burns it, whatever other slashes were owed before (PROTOCOL §6).
 */
export const takeWhole = (context: ProviderContext, height: bigint): Taken => {
  const { freeNlux, lockedNlux, lots } = context;
  const bare = { ...context, freeNlux: 0n, debtNlux: lockedNlux };
  const unbondingNlux = lots.reduce((sum, { amountNlux }) => sum + amountNlux, 0n);
  const fromLots = takeFromLots(bare, unbondingNlux, height);
  return { context: fromLots.context, takenNlux: freeNlux + fromLots.takenNlux };
};

/** Value of attestations that may still be faulted, by the epoch their window ends in. */
export const liveExposure = (context: ProviderContext, epoch: bigint) =>
  context.exposure.filter((bucket) => bucket.epoch >= epoch);

export const exposureSum = (buckets: ProviderContext['exposure']): bigint =>
  buckets.reduce((sum, { valueNlux }) => sum + valueNlux, 0n);

/** Adds to the bucket of an epoch; buckets stay in order. */
export const addExposure = (
  buckets: ProviderContext['exposure'],
  epoch: bigint,
  valueNlux: bigint,
): ProviderContext['exposure'] => {
  const at = buckets.findIndex((bucket) => bucket.epoch >= epoch);
  if (at === -1) return [...buckets, { epoch, valueNlux }];
  const found = buckets[at];
  return found?.epoch === epoch
    ? buckets.with(at, { epoch, valueNlux: found.valueNlux + valueNlux })
    : buckets.toSpliced(at, 0, { epoch, valueNlux });
};

export const epochOf = (height: bigint, { epochBlocks }: Parameters): bigint =>
  height / epochBlocks;

/** The boundary at which the epoch of a height began: that of the sets its challenges draw from. */
export const boundaryOf = (height: bigint, parameters: Parameters): bigint =>
  epochOf(height, parameters) * parameters.epochBlocks;

/** Lots whose unbonding is over, oldest first. */
export const maturedLots = ({ lots }: ProviderContext, height: bigint, unbondingBlocks: bigint) =>
  lots.filter((lot) => lot.height + unbondingBlocks <= height);

/**
 * A seat's penalty is taken from free stake, then from what has been unbonding since the boundary
 * at which it was eligible, `since`: its whole weight in the draw is liable (PROTOCOL §6.1). What
 * is locked belongs to another cause.
 */
export const takePenalty = (
  context: ProviderContext,
  { amountNlux, since }: { readonly amountNlux: bigint; readonly since: bigint },
): Taken => {
  const fromFree = smaller(amountNlux, context.freeNlux);
  const free = { ...context, freeNlux: context.freeNlux - fromFree };
  const lots = takeFromLots(free, amountNlux - fromFree, since);
  return { context: lots.context, takenNlux: fromFree + lots.takenNlux };
};

/** Has it missed a seat within the window before this one (PROTOCOL §6.3: within a day)? */
export const isSecondNoShow = (
  { noShows, lastNoShowAt }: ProviderContext,
  height: bigint,
  { noShowWindowBlocks }: Parameters,
): boolean => noShows > 0 && height < lastNoShowAt + noShowWindowBlocks;

/** Has it been slashed as unsubstantiated within the window? Then a further one only refunds. */
export const isSpared = (
  { unsubstantiatedAt }: ProviderContext,
  height: bigint,
  { dispute }: Parameters,
): boolean =>
  unsubstantiatedAt > 0n && height < unsubstantiatedAt + dispute.unsubstantiatedOncePerBlocks;

interface Asked {
  readonly amountNlux: bigint;
  readonly leastNlux: bigint;
  readonly unsubstantiated: boolean;
}

/** What a slash takes of it (PROTOCOL §6.3): where silence is spared, the least only. */
export const dueOf = (
  context: ProviderContext,
  { amountNlux, leastNlux, unsubstantiated }: Asked,
  height: bigint,
  parameters: Parameters,
): bigint => (unsubstantiated && isSpared(context, height, parameters) ? leastNlux : amountNlux);
