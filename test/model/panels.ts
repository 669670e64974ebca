// Who sits in a panel, and when (PROTOCOL §6, §6.1).
import { seatsNow } from './chunks.ts';
import { sure, unknownRound } from './chain.ts';
import type { World } from './chain.ts';
import { drawPanel, type Drawing } from './draws.ts';
import { conclude } from './endings.ts';
import * as ids from './ids.ts';
import { most } from './rules.ts';
import type { Challenge, Member, Seat } from './state.ts';

/** What a message works on: the challenge, its name, and the chain. */
export interface On {
  readonly world: World;
  readonly self: string;
  readonly of: Challenge;
}

export const isInWindow = ({ world, of }: On): boolean => world.state.height < of.deadline;
export const hasLapsed = ({ world, of }: On): boolean => world.state.height >= of.lapsesAt;

/** Excluded addresses, and whoever owned a provider of that address when it was opened. */
export const drawing = ({ world, self, of }: On, beacon: string): Drawing => {
  const { providers, attestations } = world.state;
  const addresses = [...new Set([...of.excluded, of.challenger])];
  const owners = addresses.flatMap((address) => {
    const provider = providers.get(address);
    return provider !== undefined && provider.registeredAt < of.openedAt ? [provider.owner] : [];
  });
  const isPayer = ({ owner, provider }: Member): boolean =>
    of.defendants.some(({ attestation }) => {
      const { payers } = sure(attestations.get(attestation));
      return payers.has(owner) || payers.has(provider);
    });
  return {
    eligible: of.eligible,
    excluded: [...addresses, ...owners, ...of.seats.map(({ owner }) => owner)],
    beacon,
    challenge: self,
    round: of.round,
    isPayer,
  };
};

export const seatOf = (of: Challenge, seat: number, { provider, owner }: Member): Seat => ({
  round: of.round,
  seat,
  attempt: of.attempt,
  provider,
  owner,
  state: 'drawn',
  commitment: ids.NO_HASH,
  outputHash: ids.NO_HASH,
  evidenceRoot: ids.NO_HASH,
  leaves: 0,
  opened: 0n,
  marks: [],
  apart: [],
  remote: [],
  stances: [],
  stray: false,
});

export const seedRoundOf = (of: Challenge): bigint => sure(of.seedRounds[of.round - 1]);

/** The seed is known: the panel sits, or it is over. */
export const seatPanel = (on: On, randomness: string): void => {
  const { of, world } = on;
  const members = drawPanel(drawing(on, randomness), {
    seats: seatsNow(of),
    ownersMultiple: of.terms.panelOwnersMultiple,
    stakeShareBps: of.terms.panelStakeShareBps,
  });
  if (members === undefined) return conclude(world, of, 'panelCannotSit');
  const deadline = world.state.height + of.terms.commitBlocks;
  Object.assign(of, { state: 'commit', beacon: randomness, attempt: 0, deadline });
  of.seats.push(...members.map((member, seat) => seatOf(of, seat, member)));
};

/** No later panel's seed may be known while it can be chosen whether that panel sits. */
export const moveNextSeed = ({ world, of }: On): void => {
  of.seedRounds[of.round] = most(sure(of.seedRounds[of.round]), unknownRound(world));
};
