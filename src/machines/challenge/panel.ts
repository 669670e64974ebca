import { panelSeed } from '../../codec/index.ts';
import { payers } from '../attestation/record.ts';
import { actorId, because, keyOf, u64Key, type Call, type Reason } from '../kit/index.ts';
import { populationOf } from '../profile/population.ts';
import { setNodes } from '../profile/record.ts';
import { drawPanel, drawSeat, type Member } from '../selection/index.ts';
import { panelSize } from './ladder.ts';
import { excludedAddresses } from './reads.ts';
import type { ChallengeContext, Seat } from './record.ts';

const NO_HASH = '0'.repeat(64);

/**
 * The excluded addresses, and the owners of those among them that were providers when the challenge
 * opened: one that registers later would let its key choose whom to exclude (I25).
 */
const excludedOwners = (context: ChallengeContext, { read }: Call): readonly string[] => {
  const addresses = excludedAddresses(context);
  const owners = addresses.flatMap((address) => {
    const provider = read.actor(actorId('provider', address))?.context;
    return provider !== undefined && provider.registeredAt < context.openedAt
      ? [provider.owner]
      : [];
  });
  return [...addresses, ...owners];
};

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
  opened: 0n,
  marksFirst: 0,
  marksSecond: 0,
  apartFirst: 0,
  apartSecond: 0,
  remoteFirst: 0,
  remoteSecond: 0,
  stanceFirst: 'none',
  stanceSecond: 'none',
  stray: false,
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

/** One more draw for each seat without an answer; one for which nobody is left stays empty. */
export const replaceSeats = (
  context: ChallengeContext,
  missing: readonly Seat[],
  call: Call,
): readonly Seat[] => {
  const attempt = context.attempt + 1;
  const from = drawing(context, context.beacon, call);
  return missing.reduce<readonly Seat[]>((seats, { seat }) => {
    const taken = seats.map(({ owner }) => owner);
    const excluded = [...from.excludedOwners, ...taken];
    const member = drawSeat({ ...from, excludedOwners: excluded, seat, attempt });
    return member === undefined ? seats : [...seats, newSeat(context.round, seat, attempt, member)];
  }, []);
};
