import { panelSeed } from '../../codec/index.ts';
import { payers } from '../attestation/record.ts';
import { beaconRounds } from '../beacon/record.ts';
import { actorId, because, BEACON, keyOf, u64Key, type Call, type Reason } from '../kit/index.ts';
import { populationOf } from '../profile/population.ts';
import { setNodes } from '../profile/record.ts';
import { drawPanel, drawSeat, type Member } from '../selection/index.ts';
import type { ChallengeContext, Seat } from './record.ts';

const NO_HASH = '0'.repeat(64);

/** Randomness of a round that the chain knows. */
export const randomnessOf = (round: bigint, { read }: Call): string | undefined =>
  read.entry(beaconRounds, BEACON, u64Key(round))?.randomness;

export const panelSize = ({ terms, round }: ChallengeContext): number =>
  terms.pairPanels[round - 1] ?? 0;

/**
 * The excluded addresses, and the owners of those among them that were providers when the challenge
 * opened: one that registers later would let its key choose whom to exclude (I25).
 */
const excludedOwners = (context: ChallengeContext, { read }: Call): readonly string[] => [
  ...context.excluded,
  ...context.excluded.flatMap((address) => {
    const provider = read.actor(actorId('provider', address))?.context;
    return provider !== undefined && provider.registeredAt < context.openedAt
      ? [provider.owner]
      : [];
  }),
];

const isPayer = (context: ChallengeContext, { owner, provider }: Member, { read }: Call) =>
  context.defendants.some(({ attestation }) =>
    [owner, provider].some(
      (address) => read.entry(payers, actorId('attestation', attestation), address) !== undefined,
    ),
  );

/** Everything a draw of this panel depends on: nothing of it changes after the opening. */
const drawing = (context: ChallengeContext, randomness: string, call: Call) => ({
  population: populationOf(context.eligible, (id) =>
    call.read.entry(setNodes, actorId('profile', context.profileHash), u64Key(id)),
  ),
  excludedOwners: [...excludedOwners(context, call), ...context.seats.map(({ owner }) => owner)],
  seed: panelSeed({
    beacon: randomness,
    challengeId: keyOf(call.self),
    round: context.round,
  }),
  isExcluded: (member: Member) => isPayer(context, member, call),
});

const newSeat = (round: number, seat: number, attempt: number, member: Member): Seat => ({
  round,
  seat,
  attempt,
  provider: member.provider,
  owner: member.owner,
  state: 'drawn',
  commitment: NO_HASH,
  outputHash: NO_HASH,
  evidenceRoot: NO_HASH,
  leaves: 0,
  opened: 0,
});

/** The seats of the present panel, or why it cannot sit (PROTOCOL §6.1). */
export const seatPanel = (
  context: ChallengeContext,
  randomness: string,
  call: Call,
): { readonly seats: readonly Seat[] } | { readonly reason: Reason } => {
  const drawn = drawPanel({
    ...drawing(context, randomness, call),
    seats: panelSize(context),
    ownersMultiple: context.terms.panelOwnersMultiple,
    stakeShareBps: context.terms.panelStakeShareBps,
  });
  return drawn.ok
    ? { seats: drawn.value.map((member, seat) => newSeat(context.round, seat, 0, member)) }
    : { reason: because(drawn.failure.code, drawn.failure.details) };
};

/** One more draw for each silent seat; a seat for which nobody is left stays empty. */
export const replaceSeats = (
  context: ChallengeContext,
  silent: readonly Seat[],
  call: Call,
): readonly Seat[] => {
  const attempt = context.attempt + 1;
  return silent.reduce<readonly Seat[]>((seats, { seat }) => {
    const so = { ...context, seats: [...context.seats, ...seats] };
    const member = drawSeat({ ...drawing(so, context.beacon, call), seat, attempt });
    return member === undefined ? seats : [...seats, newSeat(context.round, seat, attempt, member)];
  }, []);
};
