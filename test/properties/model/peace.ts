// The end of a run: faults stop, and everything that is pending settles within its bound.
import { staked } from '../../model/providers.ts';
import type { Provider } from '../../model/state.ts';
import type { Offer } from './cast.ts';
import type { ChainRun } from './chain-run.ts';
import { diligence, NO_FAULTS } from './diligence.ts';
import { Chance } from './random.ts';
import { quietly } from './set-up.ts';

const MOST_OFFERS = 60;
/** One in so many runs goes on until nothing is left. */
const ENDED_RUNS = 4;
const MOST_SWEEPS = 20;
/** So many amounts a provider may unbond at once. */
const MOST_LOTS = 16;
/** Blocks by which timers may be late, where few come in a block, for each challenge. */
const SLACK_BLOCKS = 40n;

/** Sends them all, each of which must be applied. */
const all = (chain: ChainRun, offers: readonly Offer[]): void => {
  for (let at = 0; at < offers.length; at += MOST_OFFERS) {
    const before = chain.applied;
    const part = offers.slice(at, at + MOST_OFFERS);
    quietly(chain, part);
    const applied = chain.applied - before;
    if (applied !== part.length) throw new Error(`${part.length - applied} of these was refused`);
  }
};

/** Whoever has something to get gets it, and nothing is left. */
const settleEverything = (chain: ChainRun): void => {
  const { state } = chain.model;
  const { cast } = chain;
  const offers: Offer[] = [];
  for (const [key, of] of state.requests) {
    if (of.state === 'open') {
      offers.push({ from: 'anyone', to: `request:${key}`, message: { type: 'refund' } });
    }
  }
  for (const [key, of] of state.attestations) {
    if (of.escrowNlux === 0n) continue;
    const stone = state.providers.get(of.provider)?.tombstonedAt ?? 0n;
    const isVoid = of.state === 'pending' && stone > 0n && stone < of.windowEnd;
    const isOwed = isVoid || of.state === 'faulty' || of.state === 'void';
    const to = `attestation:${key}`;
    if (!isOwed) offers.push({ from: 'anyone', to, message: { type: 'settle' } });
    else {
      const paid = new Set([...of.payers.keys(), ...(of.requesterNlux > 0n ? [of.requester] : [])]);
      for (const account of paid) {
        const from = cast.nameOf(account) ?? 'anyone';
        offers.push({ from, to, message: { type: 'refund' } });
      }
    }
  }
  for (let at = 0; at < offers.length; at += MOST_OFFERS) {
    quietly(chain, offers.slice(at, at + MOST_OFFERS));
  }
  const held = [...chain.model.state.attestations].filter(([, of]) => of.escrowNlux > 0n);
  const open = [...chain.model.state.requests].filter(([, of]) => of.state === 'open');
  const left = [...held, ...open].map(([key]) => key);
  if (left.length > 0) throw new Error(`money is left with ${left.join()}`);
};

/**
 * Everybody goes: profiles retire, providers leave them, unstake and withdraw exactly what is
 * theirs, and what is left of profiles and models is removed (I37).
 */
const endEverything = (chain: ChainRun): void => {
  const { cast } = chain;
  const { state } = chain.model;
  const named = (address: string): string => cast.nameOf(address) ?? 'anyone';
  all(
    chain,
    [...state.profiles]
      .filter(([, of]) => of.state === 'active')
      .map(([key, of]) => ({
        from: named(of.creator),
        to: `profile:${key}`,
        message: { type: 'retire' },
      })),
  );
  const places = () =>
    [...chain.model.state.providers].flatMap(([key, of]) =>
      of.served.map((place) => ({ key, ...place })),
    );
  all(
    chain,
    places()
      .filter(({ leavesAt }) => leavesAt === 0n)
      .map(({ key, profileHash }) => ({
        from: 'anyone',
        to: `provider:${key}`,
        message: { type: 'leave', profileHash },
      })),
  );
  chain.idle(places().reduce((most, { leavesAt }) => (leavesAt > most ? leavesAt : most), 0n));
  all(
    chain,
    places().map(({ key, profileHash }) => ({
      from: 'anyone',
      to: `provider:${key}`,
      message: { type: 'depart', profileHash },
    })),
  );
  // Who has as many lots as one may have unstakes the rest when they are withdrawn.
  withdrawEverything(chain);
  withdrawEverything(chain);
  const isHeld = (of: Provider): boolean => staked(of) > 0n || of.lots.length > 0;
  if ([...state.providers.values()].some(isHeld)) throw new Error('stake is left with somebody');
  removeEverything(chain);
};

const withdrawEverything = (chain: ChainRun): void => {
  const { cast, parameters } = chain;
  const { state } = chain.model;
  const toProvider = (key: string, from: string, message: Offer['message']): Offer => ({
    from,
    to: `provider:${key}`,
    message,
  });
  const isFree = (of: Provider): boolean =>
    of.freeNlux > 0n && of.state !== 'tombstoned' && of.lots.length < MOST_LOTS;
  all(
    chain,
    [...state.providers]
      .filter(([, of]) => isFree(of))
      .map(([key, of]) => {
        const message = { type: 'unstake', amountNlux: of.freeNlux };
        return toProvider(key, cast.nameOf(of.owner) ?? 'anyone', message);
      }),
  );
  chain.idle(state.height + parameters.unbondingBlocks + parameters.epochBlocks);
  all(
    chain,
    [...state.providers]
      .filter(([, of]) => of.lots.length > 0)
      .map(([key]) => toProvider(key, 'anyone', { type: 'withdraw' })),
  );
};

const removeEverything = (chain: ChainRun): void => {
  const { cast } = chain;
  const { state } = chain.model;
  const named = (address: string): string => cast.nameOf(address) ?? 'anyone';
  for (let tries = 0; state.profiles.size > 0; tries++) {
    if (tries > MOST_SWEEPS) throw new Error('a profile cannot be removed');
    quietly(
      chain,
      [...state.profiles.keys()].map((key) => ({
        from: 'anyone',
        to: `profile:${key}`,
        message: { type: 'remove' },
      })),
    );
  }
  for (const type of ['deprecate', 'remove']) {
    const models = [...state.models].filter(([, of]) => type === 'remove' || of.state === 'active');
    all(
      chain,
      models.map(([key, of]) => ({
        from: named(of.owner),
        to: `model:${key}`,
        message: { type },
      })),
    );
  }
};

/** Faults stop: everything that is pending comes to its end within its bound. */
export const peace = (chain: ChainRun, seed: number): void => {
  const chance = new Chance(seed);
  const { cast, parameters } = chain;
  const challenges = () => [...chain.model.state.challenges.values()];
  const last = challenges().reduce(
    (most, { lapsesAt }) => (lapsesAt > most ? lapsesAt : most),
    chain.model.state.height,
  );
  const bound = last + BigInt(challenges().length) + SLACK_BLOCKS;
  while (challenges().some(({ state }) => state !== 'final')) {
    const { model } = chain;
    const { height, time } = model.state;
    if (height > bound) throw new Error('a challenge does not end');
    const scene = { cast, model, chance, height: height + 1n, time: time + 1n };
    quietly(chain, diligence(scene, NO_FAULTS).slice(0, MOST_OFFERS));
  }
  const { windowBlocks, requestExpiryMaximumBlocks } = parameters;
  chain.idle(chain.model.state.height + windowBlocks + requestExpiryMaximumBlocks);
  settleEverything(chain);
  if (seed % ENDED_RUNS === 0) endEverything(chain);
  chain.node.check();
};
